// Once a run: a migrated database with the reference dataset, from which every test file takes a copy.
import "reflect-metadata";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { catalogue } from "../../src/catalogue";
import type { Database } from "../../src/database/database";
import { openEmbeddedHome } from "../../src/database/embedded-home";
import { loadDataset } from "../../src/database/load/load";
import { migrate } from "../../src/database/migrate";
import { openServerHome } from "../../src/database/server-home";
import { DATA_FOLDER, MIGRATIONS_FOLDER } from "../../src/installation";
import {
  compiledIn,
  databaseUrl,
  onServer,
  RUN_FOLDER_VARIABLE,
  TEMPLATE_DATABASE,
  templateDirectoryIn,
  templateFileIn,
  testServer,
} from "./home";

export default async function setUp(): Promise<void> {
  // Threads run compiled files, wherever the rest comes from.
  execFileSync("npm", ["run", "--silent", "build:server"], { stdio: "inherit" });
  const folder = await mkdtemp(join(tmpdir(), "ccg-test-"));
  process.env[RUN_FOLDER_VARIABLE] = folder;
  // Gates build anew while others copy it, and start threads from it.
  await cp("dist", compiledIn(folder), { recursive: true });
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  if (testServer === undefined) await makeTemplateFile(folder);
  else await makeTemplateDatabase(testServer);
  // The declarations left type-graphql's store on the global object, which Jest shares with test files that it runs in
  // this very process: they would find another copy's types in it.
  Reflect.deleteProperty(globalThis, "TypeGraphQLMetadataStorage");
}

async function fill(database: Database): Promise<void> {
  await migrate(database, MIGRATIONS_FOLDER);
  await loadDataset(database, catalogue, DATA_FOLDER, () => undefined);
}

async function makeTemplateFile(folder: string): Promise<void> {
  const dataDirectory = templateDirectoryIn(folder);
  const database = await openEmbeddedHome({ dataDirectory });
  await fill(database);
  await database.close();
  const pglite = await PGlite.create({ dataDir: join(dataDirectory, "postgres") });
  const dump = await pglite.dumpDataDir("none");
  await pglite.close();
  await writeFile(templateFileIn(folder), Buffer.from(await dump.arrayBuffer()));
}

async function makeTemplateDatabase(server: string): Promise<void> {
  await onServer(server, `DROP DATABASE IF EXISTS ${TEMPLATE_DATABASE} WITH (FORCE)`);
  await onServer(server, `CREATE DATABASE ${TEMPLATE_DATABASE} ENCODING 'UTF8' TEMPLATE template0`);
  const database = await openServerHome({
    url: databaseUrl(server, TEMPLATE_DATABASE),
    poolSize: 2,
    statementTimeoutMs: 0,
  });
  await fill(database);
  await database.close();
}
