// The filled databases that test files copy, made and dropped in a process of its own, because that takes the whole program:
// node template-databases.mjs fill-embedded <installation> <data directory> <dump file>, or fill-server | drop-from-server <installation>
// <database>, on the server in DATABASE_URL.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { onServer } from "../../../bench/on-server.mjs";

const require = createRequire(import.meta.url);
const [action, installation, ...targets] = process.argv.slice(2);
const compiled = (file) => require(join(installation, "dist", file));

async function fill(database) {
  require("reflect-metadata");
  const { DATA_FOLDER, MIGRATIONS_FOLDER } = compiled("installation.js");
  await compiled("database/migrate.js").migrate(database, MIGRATIONS_FOLDER);
  const { catalogue } = compiled("catalogue.js");
  await compiled("database/load/load.js").loadDataset(database, catalogue, DATA_FOLDER, () => undefined);
  await database.close();
}

async function fillEmbedded(dataDirectory, dumpFile) {
  await fill(await compiled("database/embedded-backend.js").openEmbeddedBackend({ dataDirectory }));
  const pglite = await PGlite.create({ dataDir: join(dataDirectory, "postgres") });
  // What was written until now is not needed to open it.
  await pglite.exec("SET wal_recycle = off; SELECT pg_switch_wal(); CHECKPOINT");
  const dump = await pglite.dumpDataDir("none");
  await pglite.close();
  writeFileSync(dumpFile, Buffer.from(await dump.arrayBuffer()));
}

async function fillOnServer(name) {
  await onServer(process.env.DATABASE_URL, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(process.env.DATABASE_URL);
  url.pathname = `/${name}`;
  const { openServerBackend } = compiled("database/server-backend.js");
  await fill(await openServerBackend({ url: url.href, poolSize: 2, statementTimeoutMs: 0 }));
}

async function dropFromServer(name) {
  if (process.env.DATABASE_URL)
    await onServer(process.env.DATABASE_URL, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

const actions = { "fill-embedded": fillEmbedded, "fill-server": fillOnServer, "drop-from-server": dropFromServer };
await actions[action](...targets);
