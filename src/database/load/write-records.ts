// The rows of one file as records: inserted, or changed where they differ, by the key that the dataset knows them by.
import sql, { join, type Sql } from "sql-template-tag";
import { columnNamed, type RecordType } from "../declare/record-type";
import { columnIdentifier, identifier, sqlType } from "../sql";
import { DatasetProblem } from "./csv";
import type { LoadedRow, LoadedType } from "./dataset";
import { BadDataset, type GuardedWrites } from "./guarded-writes";
import { byKey, keyType, singleKey } from "./keys";

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

// A file may have a column of its own for what is copied, and is then checked against the database.
function copiesToFill(type: RecordType): string[] {
  return Object.keys(type.copied).filter((column) => !Object.hasOwn(type.dataset?.columns ?? {}, column));
}

function recordsSql(type: RecordType, rows: readonly LoadedRow[]): Sql {
  const given = Object.keys(type.dataset?.columns ?? {});
  const columns = [...given, ...copiesToFill(type)];
  const data = JSON.stringify(rows.map((row) => row.values));
  const targets = columns.map((column) => columnIdentifier(column));
  const changing = columns
    .filter((column) => !type.dataset?.key.includes(column))
    .map((column) => columnIdentifier(column));
  const conflict = join(
    (type.dataset?.key ?? []).map((column) => columnIdentifier(column)),
    ", ",
  );
  const table = identifier(type.table);
  return sql`
    INSERT INTO ${table} AS stored (${join(targets, ", ")})
    SELECT ${join(
      columns.map((column) => selected(type, column)),
      ", ",
    )}
    FROM jsonb_to_recordset(${data}::jsonb) AS x(${join(
      given.map((column) => givenColumn(type, column)),
      ", ",
    )})
    ON CONFLICT (${conflict}) DO ${
      changing.length === 0
        ? sql`NOTHING`
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

// A copy is of what stands there now, whatever stood there when the row was loaded before.
function selected(type: RecordType, column: string): Sql {
  const isGiven = Object.hasOwn(type.dataset?.columns ?? {}, column);
  const { of, column: wanted } = (isGiven ? undefined : type.copied[column]) ?? { of: column, column: "id" };
  const target = type.references[of]?.to();
  return target === undefined ? sql`x.${identifier(column)}` : byKey(target, sql`x.${identifier(of)}`, wanted);
}

export function givenColumn(type: RecordType, column: string): Sql {
  const target = type.references[column]?.to();
  const stored = target === undefined ? columnNamed(type, column).codec.sqlType : keyType(target);
  return sql`${identifier(column)} ${sqlType(stored)}`;
}

// The id of a row's record, found by the same key that the row was written by.
export function ownerSql(type: RecordType): Sql {
  const keys = type.dataset?.key ?? [];
  const tests = keys.map(
    (column) => sql`owner.${columnIdentifier(column)} IS NOT DISTINCT FROM ${selected(type, column)}`,
  );
  return sql`JOIN ${identifier(type.table)} owner ON ${join(tests, " AND ")}`;
}
