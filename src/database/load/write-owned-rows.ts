// What stands beside the records of a file: external ids, sources, and names in other languages.
import sql, { join, type Sql } from "sql-template-tag";
import type { LinkSource } from "../declare/dataset-file";
import type { RecordType } from "../declare/record-type";
import { columnIdentifier, identifier } from "../sql";
import { DatasetProblem } from "./csv";
import type { LoadedNames, LoadedRow, LoadedType } from "./dataset";
import type { GuardedWrites } from "./guarded-writes";
import { singleKey } from "./keys";
import { givenColumn, ownerSql } from "./write-records";

/** An owned row with the key of the record that it belongs to, and the line that it stands in. */
interface LoadedOwnedRow {
  line: number;
  key: Readonly<Record<string, unknown>>;
  owned: object;
}

export async function writeOwnedRows(writes: GuardedWrites, loaded: LoadedType): Promise<void> {
  const externalIds = ownedRowsOf(loaded, (row) => row.externalIds);
  // A registry has one key for a record: a corrected one takes the place of the one before.
  await writes.write(
    loaded.file,
    externalIds,
    (rows) => sql`
      DELETE FROM external_id old USING ${withOwners(loaded, rows, sql`scheme text, value text`)}
      WHERE old.record_id = owner.id AND old.scheme = owned.scheme AND old.value <> owned.value`,
  );
  await writes.write(
    loaded.file,
    externalIds,
    (rows) => sql`
      INSERT INTO external_id (record_id, scheme, value)
      SELECT owner.id, owned.scheme, owned.value FROM ${withOwners(loaded, rows, sql`scheme text, value text`)}
      ON CONFLICT (scheme, value) DO NOTHING`,
  );
  await nameTakenExternalIds(writes, loaded, externalIds);
  await writes.write(
    loaded.file,
    ownedRowsOf(loaded, (row) => row.sources),
    (rows) => sql`
      INSERT INTO record_source AS stored (record_id, title, license)
      SELECT owner.id, owned.title, owned.license FROM ${withOwners(loaded, rows, sql`title text, license text`)}
      ON CONFLICT (record_id, title) DO UPDATE SET license = excluded.license
      WHERE stored.license IS DISTINCT FROM excluded.license`,
  );
  for (const link of loaded.type.dataset?.links ?? []) await writeLinks(writes, loaded, link);
}

// Links are added and never taken away, as everything that is loaded.
async function writeLinks(writes: GuardedWrites, loaded: LoadedType, link: LinkSource<RecordType>): Promise<void> {
  const to = link.to();
  const column = columnIdentifier(link.column);
  await writes.write(
    loaded.file,
    ownedRowsOf(loaded, (row) => (row.links[link.header] ?? []).map((other) => ({ other }))),
    (rows) => sql`
      INSERT INTO ${identifier(link.table)} (record_id, ${column})
      SELECT owner.id, other.id FROM ${withOwners(loaded, rows, sql`other text`)}
      JOIN ${identifier(to.table)} other ON other.${columnIdentifier(singleKey(to))}::text = owned.other
      ON CONFLICT (record_id, ${column}) DO NOTHING`,
  );
}

function ownedRowsOf({ type, rows }: LoadedType, ownedOf: (row: LoadedRow) => readonly object[]): LoadedOwnedRow[] {
  return rows.flatMap((row) => {
    const key = Object.fromEntries((type.dataset?.key ?? []).map((column) => [column, row.values[column]]));
    return ownedOf(row).map((owned) => ({ line: row.line, key, owned }));
  });
}

/** Owned rows as rows `owned`, each with its line in `given` and beside the `owner` that its key names. */
function withOwners({ type }: LoadedType, rows: readonly LoadedOwnedRow[], columns: Sql): Sql {
  const keyColumns = join(
    (type.dataset?.key ?? []).map((column) => givenColumn(type, column)),
    ", ",
  );
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(line int, key jsonb, owned jsonb)
      CROSS JOIN jsonb_to_record(given.key) AS x(${keyColumns})
      CROSS JOIN jsonb_to_record(given.owned) AS owned(${columns}) ${ownerSql(type)}`;
}

async function nameTakenExternalIds(
  writes: GuardedWrites,
  loaded: LoadedType,
  externalIds: LoadedOwnedRow[],
): Promise<void> {
  const taken = await writes.session.query<{ line: number; scheme: string; value: string }>(sql`
    SELECT given.line, owned.scheme, owned.value FROM ${withOwners(loaded, externalIds, sql`scheme text, value text`)}
    JOIN external_id stored USING (scheme, value) WHERE stored.record_id <> owner.id ORDER BY given.line`);
  for (const { line, scheme, value } of taken) {
    writes.problems.push(
      new DatasetProblem(loaded.file, line, scheme, `${value} is the key of another record already`),
    );
  }
}

export async function writeNames(writes: GuardedWrites, { type, file, rows }: LoadedNames): Promise<void> {
  const key = columnIdentifier(singleKey(type));
  await writes.write(
    file,
    rows,
    (some) => sql`
      INSERT INTO record_name (record_id, language, name)
      SELECT owner.id, x.language, x.name
      FROM jsonb_to_recordset(${JSON.stringify(some)}::jsonb) AS x(owner text, language text, name text)
      JOIN ${identifier(type.table)} owner ON owner.${key}::text = x.owner
      ON CONFLICT (record_id, language, name) DO NOTHING`,
  );
}
