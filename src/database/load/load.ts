// Loads a dataset in one transaction: all or nothing, and nothing at all where nothing is new.
import sql from "sql-template-tag";
import type { Database, Session } from "../database";
import type { Catalogue } from "../declare/catalogue";
import type { RecordType } from "../declare/record-type";
import { readRevision, type RevisionState } from "../read/revision";
import { tableAs } from "../sql";
import { DatasetProblem } from "./csv";
import { readDataset, type Dataset } from "./dataset";
import { BadDataset, GuardedWrites } from "./guarded-writes";
import { keyTextOf, typesNamedInFiles } from "./keys";
import { formerSlugs, withoutMerged } from "./merged";
import { writeNames, writeOwnedRows } from "./write-owned-rows";
import { writeRecords } from "./write-records";

export interface LoadReport {
  /** how many rows were read of each file, and as what: two types may come from one file */
  rows: { file: string; plural: string; count: number }[];
  /** the revision after the load, and whether it is a new one */
  revision: string;
  changed: boolean;
}

export type OnProgress = (file: string, rowsDone: number, rowsTotal: number) => void;

/**
 * @param actor who loads, for the log
 * @throws BadDataset
 */
export async function loadDataset(
  database: Database,
  catalogue: Catalogue,
  folder: string,
  onProgress: OnProgress,
  actor = "dataset",
): Promise<LoadReport> {
  const stored = await storedKeys(database, catalogue);
  const dataset = readDataset(folder, catalogue, (type) => stored.get(type) ?? new Set());
  if (dataset.types.length === 0 && dataset.names.length === 0 && dataset.problems.length === 0) {
    throw new BadDataset([new DatasetProblem(folder, 1, "folder", "holds none of the dataset's files")]);
  }
  if (dataset.problems.length > 0) throw new BadDataset(dataset.problems);
  const { before, after } = await database.write(actor, async (session) => {
    // The files were checked before the lock was taken: a record that is gone since would leave references empty.
    const now = await storedKeys(session, catalogue);
    for (const [type, keys] of stored) refuseVanished(type, keys, now.get(type) ?? new Set());
    return writeDataset(session, withoutMerged(dataset, await formerSlugs(session, catalogue)), onProgress);
  });
  const files = [...dataset.types, ...dataset.names];
  return {
    rows: files.map(({ file, type, rows }) => ({ file, plural: type.plural, count: rows.length })),
    revision: after.revision,
    changed: after.revision !== before.revision,
  };
}

function refuseVanished(type: RecordType, before: ReadonlySet<string>, now: ReadonlySet<string>): void {
  for (const key of before) {
    if (now.has(key)) continue;
    const why = `${type.name} ${key} was deleted while the files were read: load them again`;
    throw new BadDataset([new DatasetProblem(type.dataset?.file ?? type.table, 1, "file", why)]);
  }
}

async function storedKeys(session: Session, catalogue: Catalogue): Promise<Map<RecordType, Set<string>>> {
  const keys = new Map<RecordType, Set<string>>();
  for (const type of typesNamedInFiles(catalogue)) {
    const rows = await session.query<{ key: string | null }>(
      sql`SELECT ${keyTextOf(type, "stored")} AS key FROM ${tableAs(type.table, "stored")}`,
    );
    const former = type.mergeable
      ? await session.query<{ slug: string }>(sql`SELECT slug FROM former_slug WHERE type = ${type.name}`)
      : [];
    keys.set(type, new Set([...rows.flatMap((row) => row.key ?? []), ...former.map(({ slug }) => slug)]));
  }
  return keys;
}

async function writeDataset(
  session: Session,
  dataset: Dataset,
  onProgress: OnProgress,
): Promise<{ before: RevisionState; after: RevisionState }> {
  const before = await readRevision(session);
  const writes = new GuardedWrites(session);
  for (const loaded of dataset.types) {
    await writeRecords(writes, loaded, (done) => onProgress(loaded.file, done, loaded.rows.length));
    await writeOwnedRows(writes, loaded);
  }
  for (const loaded of dataset.names) {
    await writeNames(writes, loaded);
    onProgress(loaded.file, loaded.rows.length, loaded.rows.length);
  }
  if (writes.problems.length > 0) throw new BadDataset(writes.problems);
  return { before, after: await readRevision(session) };
}
