// Writes a dataset in one transaction: all or nothing, and nothing at all where nothing is new. Each file is a few
// statements; what the database refuses is asked for again row by row, to name the rows.
import sql, { join, raw, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import type { Database, Session } from "../database";
import type { Catalogue } from "../declare/catalogue";
import { databaseType } from "../declare/column";
import { columnNamed, type RecordType } from "../declare/record-type";
import { readRevision } from "../read/revision";
import { DatasetProblem } from "./csv";
import { readDataset, singleKey, type Dataset, type LoadedNames, type LoadedRow, type LoadedType } from "./dataset";

export interface LoadReport {
  /** rows read, by file */
  rows: Record<string, number>;
  /** the revision after the load, and whether it is a new one */
  revision: string;
  changed: boolean;
}

export type OnProgress = (file: string, rowsDone: number, rowsTotal: number) => void;

/** Everything that is wrong with a dataset; nothing was written. */
export class BadDataset extends Error {
  constructor(readonly problems: readonly DatasetProblem[]) {
    super(problems.map(String).join("\n"));
    this.name = "BadDataset";
  }
}

const ROWS_A_STATEMENT = 2_000;

/** @throws BadDataset */
export async function loadDataset(
  database: Database,
  catalogue: Catalogue,
  folder: string,
  onProgress: OnProgress,
): Promise<LoadReport> {
  const stored = await storedKeys(database, catalogue);
  const dataset = readDataset(folder, catalogue, (type) => stored.get(type) ?? new Set());
  if (dataset.types.length === 0 && dataset.names.length === 0 && dataset.problems.length === 0) {
    throw new BadDataset([new DatasetProblem(folder, 1, "folder", "holds none of the dataset's files")]);
  }
  if (dataset.problems.length > 0) throw new BadDataset(dataset.problems);
  const before = await readRevision(database);
  await database.write("dataset", (session) => writeDataset(session, dataset, onProgress));
  const after = await readRevision(database);
  const files = [...dataset.types, ...dataset.names];
  return {
    rows: Object.fromEntries(files.map(({ file, rows }) => [file, rows.length])),
    revision: after.revision,
    changed: after.revision !== before.revision,
  };
}

async function storedKeys(session: Session, catalogue: Catalogue): Promise<Map<RecordType, Set<string>>> {
  const keys = new Map<RecordType, Set<string>>();
  for (const type of catalogue.records) {
    if (type.dataset?.key.length !== 1) continue;
    const column = raw(`"${snakeCase(singleKey(type))}"`);
    const rows = await session.query<{ key: string }>(
      sql`SELECT ${column}::text AS key FROM ${raw(`"${type.table}"`)}`,
    );
    keys.set(type, new Set(rows.map((row) => row.key)));
  }
  return keys;
}

async function writeDataset(session: Session, dataset: Dataset, onProgress: OnProgress): Promise<void> {
  for (const loaded of dataset.types) {
    const report = (done: number): void => onProgress(loaded.file, done, loaded.rows.length);
    await writeRecords(session, loaded, report);
    await writeParts(session, loaded);
  }
  for (const loaded of dataset.names) {
    await inChunks(loaded.rows, (rows) => guarded(session, loaded.file, rows, (some) => namesSql(loaded, some)));
    onProgress(loaded.file, loaded.rows.length, loaded.rows.length);
  }
}

async function writeRecords(session: Session, loaded: LoadedType, report: (done: number) => void): Promise<void> {
  let done = 0;
  for (const layer of layers(loaded)) {
    await inChunks(layer, async (rows) => {
      await guarded(session, loaded.file, rows, (some) => recordsSql(loaded.type, some));
      done += rows.length;
      report(done);
    });
  }
}

/** Rows whose parents of the same type come in an earlier layer: an insert finds only what stood before it. */
function layers({ type, rows }: LoadedType): LoadedRow[][] {
  const own = Object.entries(type.references).find(([, reference]) => reference.to() === type)?.[0];
  if (own === undefined) return [rows];
  const key = singleKey(type);
  const result: LoadedRow[][] = [];
  let left = rows;
  while (left.length > 0) {
    const waiting = new Set(left.map((row) => row.values[key]));
    const ready = left.filter((row) => row.values[own] === row.values[key] || !waiting.has(row.values[own] ?? null));
    // A ring of parents has no first: the database takes it in one statement without its references, or refuses it.
    result.push(ready.length > 0 ? ready : left);
    left = ready.length > 0 ? left.filter((row) => !ready.includes(row)) : [];
  }
  return result;
}

function recordsSql(type: RecordType, rows: readonly LoadedRow[]): Sql {
  const columns = Object.keys(type.dataset?.columns ?? {});
  const data = JSON.stringify(rows.map((row) => row.values));
  const targets = columns.map((column) => raw(`"${snakeCase(column)}"`));
  const changing = columns
    .filter((column) => !type.dataset?.key.includes(column))
    .map((column) => raw(`"${snakeCase(column)}"`));
  const conflict = join(
    (type.dataset?.key ?? []).map((column) => raw(`"${snakeCase(column)}"`)),
    ", ",
  );
  const table = raw(`"${type.table}"`);
  return sql`
    INSERT INTO ${table} AS stored (${join(targets, ", ")})
    SELECT ${join(
      columns.map((column) => selected(type, column)),
      ", ",
    )}
    FROM jsonb_to_recordset(${data}::jsonb) AS x(${join(
      columns.map((column) => given(type, column)),
      ", ",
    )})
    ON CONFLICT (${conflict}) DO ${
      changing.length === 0
        ? raw("NOTHING")
        : sql`UPDATE SET ${join(
            changing.map((column) => sql`${column} = excluded.${column}`),
            ", ",
          )}
          WHERE (${join(
            changing.map((column) => sql`stored.${column}`),
            ", ",
          )}) IS DISTINCT FROM (${join(
            changing.map((column) => sql`excluded.${column}`),
            ", ",
          )})`
    }`;
}

function selected(type: RecordType, column: string): Sql {
  const reference = type.references[column];
  if (reference === undefined) return raw(`x."${column}"`);
  const target = reference.to();
  return raw(`(SELECT r.id FROM "${target.table}" r WHERE r."${snakeCase(singleKey(target))}" = x."${column}")`);
}

function given(type: RecordType, column: string): Sql {
  const reference = type.references[column];
  const declared =
    reference === undefined ? columnNamed(type, column) : columnNamed(reference.to(), singleKey(reference.to()));
  return raw(`"${column}" ${databaseType(declared)}`);
}

// The id of a row's record, found by the same key that the row was written by.
function ownerSql(type: RecordType): Sql {
  const keys = type.dataset?.key ?? [];
  const tests = keys.map(
    (column) => sql`o.${raw(`"${snakeCase(column)}"`)} IS NOT DISTINCT FROM ${selected(type, column)}`,
  );
  return sql`JOIN ${raw(`"${type.table}"`)} o ON ${join(tests, " AND ")}`;
}

async function writeParts(session: Session, { type, file, rows }: LoadedType): Promise<void> {
  const keys = type.dataset?.key ?? [];
  const keyColumns = join(
    keys.map((column) => given(type, column)),
    ", ",
  );
  const keysOf = (row: LoadedRow): object => Object.fromEntries(keys.map((key) => [key, row.values[key]]));
  const parts = <Part extends object>(of: (row: LoadedRow) => readonly Part[]): (Part & { line: number })[] =>
    rows.flatMap((row) => of(row).map((part) => ({ ...keysOf(row), ...part, line: row.line })));

  await inChunks(
    parts((row) => row.externalIds),
    (some) =>
      guarded(
        session,
        file,
        some,
        (given) => sql`
      INSERT INTO external_id (record_id, scheme, value)
      SELECT o.id, x.scheme, x.value FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS x(${keyColumns}, scheme text, value text)
      ${ownerSql(type)}
      ON CONFLICT (scheme, value) DO NOTHING`,
      ),
  );
  await refuseTakenExternalIds(
    session,
    type,
    file,
    parts((row) => row.externalIds),
    keyColumns,
  );
  await inChunks(
    parts((row) => row.sources),
    (some) =>
      guarded(
        session,
        file,
        some,
        (given) => sql`
      INSERT INTO record_source AS stored (record_id, title, license)
      SELECT o.id, x.title, x.license FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS x(${keyColumns}, title text, license text)
      ${ownerSql(type)}
      ON CONFLICT (record_id, title) DO UPDATE SET license = excluded.license
      WHERE stored.license IS DISTINCT FROM excluded.license`,
      ),
  );
}

async function refuseTakenExternalIds(
  session: Session,
  type: RecordType,
  file: string,
  keys: readonly (object & { line: number })[],
  keyColumns: Sql,
): Promise<void> {
  const taken = await session.query<{ line: number; scheme: string; value: string }>(sql`
    SELECT x.line, x.scheme, x.value
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS x(${keyColumns}, scheme text, value text, line int)
    ${ownerSql(type)}
    JOIN external_id stored USING (scheme, value) WHERE stored.record_id <> o.id ORDER BY x.line`);
  if (taken.length === 0) return;
  throw new BadDataset(
    taken.map(
      ({ line, scheme, value }) =>
        new DatasetProblem(file, line, scheme, `${value} is the key of another record already`),
    ),
  );
}

function namesSql({ type }: LoadedNames, rows: readonly object[]): Sql {
  return sql`
    INSERT INTO record_name (record_id, language, name)
    SELECT o.id, x.language, x.name FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(owner text, language text, name text)
    JOIN ${raw(`"${type.table}"`)} o ON o.${raw(`"${snakeCase(singleKey(type))}"`)} = x.owner
    ON CONFLICT (record_id, language, name) DO NOTHING`;
}

async function inChunks<Row>(rows: readonly Row[], write: (some: readonly Row[]) => Promise<void>): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_A_STATEMENT) await write(rows.slice(i, i + ROWS_A_STATEMENT));
}

// A statement that breaks a constraint says so of one row only, and not of which: each row is then tried alone, and
// all that fail are named. The transaction ends with the error either way.
async function guarded<Row extends { line: number }>(
  session: Session,
  file: string,
  rows: readonly Row[],
  statement: (rows: readonly Row[]) => Sql,
): Promise<void> {
  await session.execute("SAVEPOINT rows");
  try {
    await session.query(statement(rows));
    await session.execute("RELEASE SAVEPOINT rows");
  } catch (error) {
    if (!isConstraintViolation(error)) throw error;
    await session.execute("ROLLBACK TO SAVEPOINT rows");
    const problems: DatasetProblem[] = [];
    for (const row of rows) {
      await session.execute("SAVEPOINT one_row");
      try {
        await session.query(statement([row]));
      } catch (refusal) {
        if (!isConstraintViolation(refusal)) throw refusal;
        await session.execute("ROLLBACK TO SAVEPOINT one_row");
        problems.push(
          new DatasetProblem(file, row.line, refusal.constraint ?? "row", refusal.detail ?? refusal.message),
        );
      }
    }
    throw problems.length > 0 ? new BadDataset(problems) : error;
  }
}

interface ConstraintViolation extends Error {
  code: string;
  constraint?: string;
  detail?: string;
}

// SQLSTATE class 23, and 22008 for a day that does not exist (PostgreSQL, appendix A).
function isConstraintViolation(error: unknown): error is ConstraintViolation {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code.startsWith("23") || code === "22008";
}
