// A database for a test file: filled with the reference dataset, its own, and thrown away afterwards. Which backend it is
// in is told by the Jest project that the test file runs in: embedded, or the PostgreSQL server in DATABASE_URL.
import { randomBytes } from "node:crypto";
import { cpSync } from "node:fs";
import { Client } from "pg";
import type { Database } from "../../src/database/database";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { beginEpochIfRestored } from "../../src/database/epoch";
import { openServerBackend } from "../../src/database/server-backend";
import { runFolder, templateDirectoryIn, TEMPLATE_DATABASE } from "./jest/run-folder";

export { TEMPLATE_DATABASE };

declare global {
  // Of the Jest project that the test file runs in: see jest.config.js.
  var TEST_SERVER: string | undefined;
  // Of its environment: see jest/environment.ts.
  var templateDump: () => Blob;
}

/** The URL of the server; undefined where tests run on embedded databases. */
export const testServer = globalThis.TEST_SERVER;

/** A filled data directory for a process of the embedded backend to start with. */
export function copyTemplateTo(dataDirectory: string): void {
  cpSync(templateDirectoryIn(runFolder()), dataDirectory, { recursive: true });
}

export interface TestDatabase {
  database: Database;
  /** where a second connection finds it; undefined for the embedded backend */
  url: string | undefined;
  close: () => Promise<void>;
}

export async function openTestDatabase(): Promise<TestDatabase> {
  return testServer === undefined ? openEmbeddedCopy() : openServerCopy(testServer);
}

async function openEmbeddedCopy(): Promise<TestDatabase> {
  const database = await openEmbeddedBackend({ startFrom: templateDump() });
  return { database, url: undefined, close: () => database.close() };
}

async function openServerCopy(server: string): Promise<TestDatabase> {
  const name = `ccg_test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const url = databaseUrl(server, name);
  const database = await openServerBackend({ url, poolSize: 10, statementTimeoutMs: 30_000 });
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
