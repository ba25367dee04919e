// Where the files stand that come with the program, and how a database is opened, migrated and filled.
import { join } from "node:path";
import { catalogue } from "./catalogue";
import type { Configuration } from "./configuration";
import type { Database } from "./database/database";
import { openEmbeddedHome } from "./database/embedded-home";
import { loadDataset, type OnProgress } from "./database/load/load";
import { migrate } from "./database/migrate";
import { readRevision } from "./database/read/revision";
import { openServerHome } from "./database/server-home";

// Both src/ and dist/ stand directly below the root.
const root = join(__dirname, "..");
export const DATA_FOLDER = join(root, "data");
export const MIGRATIONS_FOLDER = join(root, "prisma", "migrations");
export const GRAPHIQL_FOLDER = join(root, "dist", "graphiql");
export const EXAMPLES_FOLDER = join(root, "examples");

export interface Opened {
  database: Database;
  /** migrations that were applied now */
  migrations: string[];
  /** the embedded database was empty and holds the reference dataset now */
  filled: boolean;
}

/**
 * The configured database, migrated. An empty embedded one is filled with the reference dataset; a server is the
 * operator's, who loads it with `ccg load`.
 * @throws DatabaseProblem with what the operator must mend
 */
export async function openDatabase(
  configuration: Configuration,
  onProgress: OnProgress = () => undefined,
): Promise<Opened> {
  if (configuration.databaseUrl !== undefined) {
    const migrations = await migrateServer(configuration.databaseUrl);
    const database = await openServerHome({
      url: configuration.databaseUrl,
      poolSize: configuration.poolSize,
      statementTimeoutMs: configuration.statementTimeoutMs,
    });
    return { database, migrations, filled: false };
  }
  const database = await openEmbeddedHome({ dataDirectory: configuration.dataDirectory });
  try {
    const migrations = await migrate(database, MIGRATIONS_FOLDER);
    const filled = (await readRevision(database)).revision === "0";
    if (filled) await loadDataset(database, catalogue, DATA_FOLDER, onProgress);
    return { database, migrations, filled };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A server's database for work that may take long: no statement timeout. */
export async function openServerForMaintenance(url: string): Promise<Database> {
  return openServerHome({ url, poolSize: 2, statementTimeoutMs: 0 });
}

async function migrateServer(url: string): Promise<string[]> {
  const database = await openServerForMaintenance(url);
  try {
    return await migrate(database, MIGRATIONS_FOLDER);
  } finally {
    await database.close();
  }
}
