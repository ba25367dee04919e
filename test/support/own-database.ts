// An embedded database on a data directory of a test's own, which outlives its thread.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBackend, type EmbeddedDatabase } from "../../src/database/embedded-backend";
import { copyTemplateTo } from "./test-database";

export interface OwnDatabase {
  database: EmbeddedDatabase;
  directory: string;
  close: () => Promise<void>;
}

/** Filled with the reference dataset. @param statementTimeoutMs 0 is none */
export async function openOwnDatabase(statementTimeoutMs: number): Promise<OwnDatabase> {
  const directory = mkdtempSync(join(tmpdir(), "ccg-own-"));
  copyTemplateTo(directory);
  const database = await openEmbeddedBackend({
    dataDirectory: directory,
    statementTimeoutMs,
  });
  return {
    database,
    directory,
    close: async () => {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
