// What stands beside the records of a file: external ids, sources, and names in other languages.
import sql, { join, raw, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import type { Session } from "../database";
import type { RecordType } from "../declare/record-type";
import { DatasetProblem } from "./csv";
import { singleKey, type LoadedNames, type LoadedRow, type LoadedType } from "./dataset";
import { BadDataset, guarded, inChunks } from "./guarded-writes";
import { givenColumn, ownerSql } from "./write-records";

export async function writeParts(session: Session, { type, file, rows }: LoadedType): Promise<void> {
  const keys = type.dataset?.key ?? [];
  const keyColumns = join(
    keys.map((column) => givenColumn(type, column)),
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

export async function writeNames(session: Session, loaded: LoadedNames): Promise<void> {
  await inChunks(loaded.rows, (rows) => guarded(session, loaded.file, rows, (some) => namesSql(loaded, some)));
}

function namesSql({ type }: LoadedNames, rows: readonly object[]): Sql {
  return sql`
    INSERT INTO record_name (record_id, language, name)
    SELECT o.id, x.language, x.name FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(owner text, language text, name text)
    JOIN ${raw(`"${type.table}"`)} o ON o.${raw(`"${snakeCase(singleKey(type))}"`)} = x.owner
    ON CONFLICT (record_id, language, name) DO NOTHING`;
}
