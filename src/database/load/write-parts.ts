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

/** A part with the key of the record that it belongs to, and the line that it stands in. */
interface PartRow {
  line: number;
  key: Readonly<Record<string, unknown>>;
  part: object;
}

export async function writeParts(writes: GuardedWrites, loaded: LoadedType): Promise<void> {
  const externalIds = partsOf(loaded, (row) => row.externalIds);
  // A registry has one key for a record: a corrected one takes the place of the one before.
  await writes.write(
    loaded.file,
    externalIds,
    (rows) => sql`
      DELETE FROM external_id old USING ${withOwners(loaded, rows, sql`scheme text, value text`)}
      WHERE old.record_id = owner.id AND old.scheme = part.scheme AND old.value <> part.value`,
  );
  await writes.write(
    loaded.file,
    externalIds,
    (rows) => sql`
      INSERT INTO external_id (record_id, scheme, value)
      SELECT owner.id, part.scheme, part.value FROM ${withOwners(loaded, rows, sql`scheme text, value text`)}
      ON CONFLICT (scheme, value) DO NOTHING`,
  );
  await nameTakenExternalIds(writes, loaded, externalIds);
  await writes.write(
    loaded.file,
    partsOf(loaded, (row) => row.sources),
    (rows) => sql`
      INSERT INTO record_source AS stored (record_id, title, license)
      SELECT owner.id, part.title, part.license FROM ${withOwners(loaded, rows, sql`title text, license text`)}
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
    partsOf(loaded, (row) => (row.links[link.header] ?? []).map((other) => ({ other }))),
    (rows) => sql`
      INSERT INTO ${identifier(link.table)} (record_id, ${column})
      SELECT owner.id, other.id FROM ${withOwners(loaded, rows, sql`other text`)}
      JOIN ${identifier(to.table)} other ON other.${columnIdentifier(singleKey(to))}::text = part.other
      ON CONFLICT (record_id, ${column}) DO NOTHING`,
  );
}

function partsOf({ type, rows }: LoadedType, parts: (row: LoadedRow) => readonly object[]): PartRow[] {
  return rows.flatMap((row) => {
    const key = Object.fromEntries((type.dataset?.key ?? []).map((column) => [column, row.values[column]]));
    return parts(row).map((part) => ({ line: row.line, key, part }));
  });
}

/** The parts as rows `part`, each with its line in `given` and beside the `owner` that its key names. */
function withOwners({ type }: LoadedType, rows: readonly PartRow[], columns: Sql): Sql {
  const keyColumns = join(
    (type.dataset?.key ?? []).map((column) => givenColumn(type, column)),
    ", ",
  );
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(line int, key jsonb, part jsonb)
      CROSS JOIN jsonb_to_record(given.key) AS x(${keyColumns})
      CROSS JOIN jsonb_to_record(given.part) AS part(${columns}) ${ownerSql(type)}`;
}

async function nameTakenExternalIds(writes: GuardedWrites, loaded: LoadedType, externalIds: PartRow[]): Promise<void> {
  const taken = await writes.session.query<{ line: number; scheme: string; value: string }>(sql`
    SELECT given.line, part.scheme, part.value FROM ${withOwners(loaded, externalIds, sql`scheme text, value text`)}
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
