// A part of the migrations in a folder of its own, for tests of what a later one makes of what is there.
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MIGRATIONS_FOLDER } from "../../src/installation";
import { newFolder } from "./dataset-folder";

/** Those whose names pass the test. */
export function migrationsUpTo(isWanted: (name: string) => boolean): string {
  const folder = newFolder();
  const names = readdirSync(MIGRATIONS_FOLDER).filter((name) => name === "migration_lock.toml" || isWanted(name));
  for (const name of names) cpSync(join(MIGRATIONS_FOLDER, name), join(folder, name), { recursive: true });
  return folder;
}
