// The rows of one file as records: inserted, or changed where they differ, by the key that the dataset knows them by.
import sql, { join, raw, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import { databaseType } from "../declare/column";
import { columnNamed, type RecordType } from "../declare/record-type";
import { DatasetProblem } from "./csv";
import { singleKey, type LoadedRow, type LoadedType } from "./dataset";
import { BadDataset, type GuardedWrites } from "./guarded-writes";

export async function writeRecords(
  writes: GuardedWrites,
  loaded: LoadedType,
  report: (rowsDone: number) => void,
): Promise<void> {
  let done = 0;
  for (const layer of layers(loaded)) {
    await writes.write(loaded.file, layer, (rows) => recordsSql(loaded.type, rows));
    done += layer.length;
    report(done);
  }
}

/** Rows whose parents of the same type come in an earlier layer: an insert finds only what stood before it. */
function layers({ type, file, rows }: LoadedType): LoadedRow[][] {
  const own = Object.entries(type.references).find(([, reference]) => reference.to() === type)?.[0];
  if (own === undefined) return [rows];
  const key = singleKey(type);
  const result: LoadedRow[][] = [];
  let left = rows;
  while (left.length > 0) {
    const waiting = new Set(left.map((row) => row.values[key]));
    const isReady = (row: LoadedRow): boolean => !waiting.has(row.values[own] ?? null);
    const ready = left.filter(isReady);
    if (ready.length === 0) {
      throw new BadDataset(left.map((row) => new DatasetProblem(file, row.line, own, "leads back to the row itself")));
    }
    result.push(ready);
    left = left.filter((row) => !isReady(row));
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
      columns.map((column) => selectedKey(type, column)),
      ", ",
    )}
    FROM jsonb_to_recordset(${data}::jsonb) AS x(${join(
      columns.map((column) => givenColumn(type, column)),
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

function selectedKey(type: RecordType, column: string): Sql {
  const reference = type.references[column];
  if (reference === undefined) return raw(`x."${column}"`);
  const target = reference.to();
  return raw(`(SELECT r.id FROM "${target.table}" r WHERE r."${snakeCase(singleKey(target))}" = x."${column}")`);
}

export function givenColumn(type: RecordType, column: string): Sql {
  const reference = type.references[column];
  const declared =
    reference === undefined ? columnNamed(type, column) : columnNamed(reference.to(), singleKey(reference.to()));
  return raw(`"${column}" ${databaseType(declared)}`);
}

// The id of a row's record, found by the same key that the row was written by.
export function ownerSql(type: RecordType): Sql {
  const keys = type.dataset?.key ?? [];
  const tests = keys.map(
    (column) => sql`owner.${raw(`"${snakeCase(column)}"`)} IS NOT DISTINCT FROM ${selectedKey(type, column)}`,
  );
  return sql`JOIN ${raw(`"${type.table}"`)} owner ON ${join(tests, " AND ")}`;
}
