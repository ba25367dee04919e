// A database for a test file: filled with the reference dataset, its own, and thrown away afterwards. Which home it is
// in is the run's choice: embedded, or with CCG_TEST_SERVER a PostgreSQL server.
import { randomBytes } from "node:crypto";
import { cpSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import type { Database } from "../../src/database/database";
import { openEmbeddedHome } from "../../src/database/embedded-home";
import { beginEpochIfRestored } from "../../src/database/epoch";
import { openServerHome } from "../../src/database/server-home";

export const testServer = process.env.CCG_TEST_SERVER;

/** What the run's global setup left for its test files; one for each run, so that two runs on one server keep out of each other's way. */
export const TEMPLATE_DATABASE = (process.env.CCG_TEST_TEMPLATE_DATABASE ??= `ccg_test_template_${process.pid}`);
export const RUN_FOLDER_VARIABLE = "CCG_TEST_RUN_FOLDER";

/** Of the folder of the run: the sources as they were at its beginning, compiled. */
export const compiledIn = (folder: string): string => join(folder, "dist");
/** The data directory of the filled database, and a dump of it. */
export const templateDirectoryIn = (folder: string): string => join(folder, "data");
/** The thread of the embedded database, which runs compiled files, wherever the rest comes from. */
export const threadFileIn = (folder: string): string =>
  join(compiledIn(folder), "database", "embedded", "thread-entry.js");
export const templateFileIn = (folder: string): string => join(folder, "template.tar");

/** @throws where Jest was started without the global setup */
export function runFolder(): string {
  const folder = process.env[RUN_FOLDER_VARIABLE];
  if (folder === undefined) throw new Error("the tests' global setup did not run");
  return folder;
}

/** A filled data directory for a process of the embedded home to start with. */
export function copyTemplateTo(dataDirectory: string): void {
  cpSync(templateDirectoryIn(runFolder()), dataDirectory, { recursive: true });
}

export interface TestDatabase {
  database: Database;
  /** where a second connection finds it; undefined for the embedded home */
  url: string | undefined;
  close: () => Promise<void>;
}

export async function openTestDatabase(): Promise<TestDatabase> {
  return testServer === undefined ? openEmbeddedCopy() : openServerCopy(testServer);
}

async function openEmbeddedCopy(): Promise<TestDatabase> {
  const startFrom = new Blob([await readFile(templateFileIn(runFolder()))]);
  const database = await openEmbeddedHome({ startFrom, threadFile: threadFileIn(runFolder()) });
  return { database, url: undefined, close: () => database.close() };
}

async function openServerCopy(server: string): Promise<TestDatabase> {
  const name = `ccg_test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const url = databaseUrl(server, name);
  const database = await openServerHome({ url, poolSize: 10, statementTimeoutMs: 30_000 });
  // It is a copy, whose epoch begins with whoever comes first: not in the midst of a test.
  await beginEpochIfRestored(database);
  return {
    database,
    url,
    close: async () => {
      await database.close();
      await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
