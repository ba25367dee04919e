// Where the files stand that come with the program, and how a database is opened, migrated and filled.
import { join } from "node:path";
import { catalogue } from "./catalogue";
import type { Configuration } from "./configuration";
import type { Database } from "./database/database";
import { keepWitness } from "./database/data-directory-witness";
import { openEmbeddedBackend, type EmbeddedDatabase } from "./database/embedded-backend";
import { beginEpochIfRestored } from "./database/epoch";
import { loadDataset } from "./database/load/load";
import { migrate } from "./database/migrate";
import { readRevision } from "./database/read/revision";
import { openServerBackend } from "./database/server-backend";

// Both src/ and dist/ stand directly below the root.
const root = join(__dirname, "..");
export const DATA_FOLDER = join(root, "data");
/** An invented set in the form of the dataset, and the source that marks each of its records. */
export const EXAMPLE_DATA_FOLDER = join(DATA_FOLDER, "example");
export const EXAMPLE_SOURCE = "Example data of the Creative Cities Graph: not real";
export const MIGRATIONS_FOLDER = join(root, "prisma", "migrations");
export const GRAPHIQL_FOLDER = join(root, "dist", "graphiql");
/** The worker thread that computes over the whole graph of collaboration, as `npm run build:server` compiles it. */
export const GRAPH_WORKER_FILE = join(root, "dist", "collaboration", "background", "worker", "entry.js");
export const EXAMPLES_FOLDER = join(root, "examples");

export interface Opened {
  database: Database;
  /** migrations that were applied now */
  migrations: string[];
  /** the database is a restored copy, whose revisions count anew, as far as that can be told */
  newEpoch: boolean;
  /** the embedded database was empty and holds the reference dataset now */
  filled: boolean;
}

/**
 * The configured database, migrated. An empty embedded one is filled with the reference dataset; a server is the
 * operator's, who loads it with `ccg load`.
 * @throws DatabaseProblem with what the operator must mend
 */
export async function openDatabase(configuration: Configuration): Promise<Opened> {
  const { database, ...opened } = await openMigrated(configuration, configuration.statementTimeoutMs);
  const filled = "unlimited" in database && (await fillIfEmpty(database));
  return { ...opened, database, filled };
}

/** The same for a command that may take long: no statement timeout, and nothing filled. */
export async function openForMaintenance(configuration: Configuration): Promise<Database> {
  return (await openMigrated(configuration, 0)).database;
}

interface OpenedMigrated extends Omit<Opened, "database" | "filled"> {
  database: Database | EmbeddedDatabase;
}

async function openMigrated(configuration: Configuration, statementTimeoutMs: number): Promise<OpenedMigrated> {
  const { databaseUrl, dataDirectory, poolSize } = configuration;
  const database =
    databaseUrl === undefined
      ? await openEmbeddedBackend({ dataDirectory, statementTimeoutMs })
      : await openServerBackend({ url: databaseUrl, poolSize, statementTimeoutMs });
  return closedOnError(database, async () => {
    const migrations = await migrate(database, MIGRATIONS_FOLDER);
    const isRestored = await beginEpochIfRestored(database);
    if (databaseUrl !== undefined) return { database, migrations, newEpoch: isRestored };
    const witnessed = await keepWitness(database, dataDirectory);
    return { database: witnessed.database, migrations, newEpoch: isRestored || witnessed.newEpoch };
  });
}

async function fillIfEmpty(database: EmbeddedDatabase): Promise<boolean> {
  return closedOnError(database, async () => {
    const isEmpty = (await readRevision(database)).revision === "0";
    if (isEmpty) await loadDataset(database.unlimited, catalogue, DATA_FOLDER, () => undefined);
    return isEmpty;
  });
}

async function closedOnError<T>(database: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await database.close();
    throw error;
  }
}
