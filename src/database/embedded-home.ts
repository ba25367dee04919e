// The database inside this process: PGlite in a data directory. One session: statements and transactions queue.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { lockDataDirectory } from "./data-directory-lock";
import { DatabaseProblem, type Database, type Session } from "./database";
import { WIRE_PARSERS } from "./wire-types";

export interface EmbeddedSettings {
  /** undefined keeps everything in memory, for tests */
  dataDirectory?: string;
  /** a dump to start from (PGlite's dumpDataDir), for tests */
  startFrom?: Blob;
}

// PGlite parses more types by default than we name (arrays, for one): what WIRE_PARSERS lacks keeps its default there,
// and no statement of ours returns such a value.
const parsers = { ...WIRE_PARSERS };

export async function openEmbeddedHome(settings: EmbeddedSettings): Promise<Database> {
  const { dataDirectory } = settings;
  const unlock = dataDirectory === undefined ? undefined : await takeDirectory(dataDirectory);
  let pglite: PGlite;
  try {
    pglite = await PGlite.create({
      ...(dataDirectory === undefined ? {} : { dataDir: join(dataDirectory, "postgres") }),
      ...(settings.startFrom === undefined ? {} : { loadDataDir: settings.startFrom }),
      extensions: { btree_gist, fuzzystrmatch, pg_trgm, unaccent },
      parsers,
    });
  } catch (cause) {
    await unlock?.();
    throw new DatabaseProblem(`the embedded database in ${dataDirectory ?? "memory"} does not open: ${String(cause)}`, {
      cause,
    });
  }

  const adapter = new PrismaPGlite(pglite);
  const database: Database = {
    home: "embedded",
    adapter,
    reserve: sessionOn(pglite),
    onBehalfOf: () => database,
    ...sessionOn(pglite),
    write: (actor, work) =>
      pglite.transaction(async (transaction) => {
        await transaction.query("SELECT begin_write($1)", [actor]);
        return work(sessionOn(transaction));
      }),
    // The data directory's lock already keeps every other process away, and nobody asks yet: one session is enough.
    exclusively: async (_key, work) => {
      await pglite.exec("BEGIN");
      try {
        const result = await work({ ...sessionOn(pglite), adapter });
        await pglite.exec("COMMIT");
        return result;
      } catch (error) {
        await pglite.exec("ROLLBACK");
        throw error;
      }
    },
    listen: async (channel, listener) => {
      const stop = await pglite.listen(channel, listener.onMessage);
      listener.onListening();
      return () => stop();
    },
    close: async () => {
      await pglite.close();
      await unlock?.();
    },
  };
  return database;
}

async function takeDirectory(dataDirectory: string): Promise<() => Promise<void>> {
  try {
    await mkdir(dataDirectory, { recursive: true });
  } catch (cause) {
    throw new DatabaseProblem(`DATA_DIR ${dataDirectory} cannot be made: ${String(cause)}`, { cause });
  }
  return lockDataDirectory(dataDirectory);
}

function sessionOn(on: PGlite | Transaction): Session {
  return {
    query: async <Row extends object>(statement: { text: string; values: unknown[] }) =>
      (await on.query<Row>(statement.text, statement.values)).rows,
    execute: async (script) => {
      await on.exec(script);
    },
  };
}
