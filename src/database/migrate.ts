// Brings a database to the newest migration, whichever process comes first, in both backends and with the same files
// that `prisma migrate deploy` understands.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import sql from "sql-template-tag";
import { DatabaseProblem, type Database, type Session } from "./database";
import { openSchemaEngine } from "./schema-engine";

// Our own key: the engine takes Prisma's (72707369) besides, for ten seconds at most, so that `prisma migrate deploy` and
// this never meet. Ours lets any number of starting processes wait their turn.
const MIGRATION_LOCK = 72707370;

/**
 * All missing migrations in one transaction, so that a start that is killed, or a migration that fails, changes nothing.
 * @param migrationsDirectory the folder prisma/migrations
 * @returns the names of the migrations that were applied now
 * @throws DatabaseProblem where the database is newer than the program, or somebody else's
 */
export async function migrate(database: Database, migrationsDirectory: string): Promise<string[]> {
  const migrations = readMigrations(migrationsDirectory);
  return database.exclusively(MIGRATION_LOCK, async (alone) => {
    await refuseForeignHistory(alone, migrations);
    const engine = await openSchemaEngine(alone.adapter);
    try {
      const applied = await engine.applyMigrations({
        migrationsList: migrations,
        filters: { externalTables: [], externalEnums: [] },
      });
      return applied.appliedMigrationNames;
    } catch (cause) {
      throw new DatabaseProblem(`the database could not be migrated: ${messageOf(cause)}`, { cause });
    } finally {
      engine.free();
    }
  });
}

export function readMigrations(directory: string): MigrationList {
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: directory,
    lockfile: { path: "migration_lock.toml", content: readFileSync(join(directory, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(directory, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

async function refuseForeignHistory(session: Session, migrations: MigrationList): Promise<void> {
  const [found] = await session.query<{ history: string | null; tables: number }>(sql`
    SELECT to_regclass('public._prisma_migrations')::text AS history,
      (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables`);
  if (found?.history === null) {
    if (found.tables > 0) {
      throw new DatabaseProblem("the database has tables but none of ours: give the server a database of its own");
    }
    return;
  }
  const rows = await session.query<{ name: string }>(sql`
    SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`);
  const known = new Set(migrations.migrationDirectories.map((directory) => directory.path));
  const unknown = rows.filter((row) => !known.has(row.name)).map((row) => row.name);
  if (unknown.length > 0) {
    throw new DatabaseProblem(
      `the database is newer than this program: it has the migrations ${unknown.join(", ")}. Start the newer program, or use another database`,
    );
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
