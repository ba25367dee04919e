// What refers to a record, by the declarations: rows whose reference columns name it, and links of others to it.
import sql, { empty, join, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import type { Session } from "../database";
import type { Catalogue } from "../declare/catalogue";
import type { RecordType } from "../declare/record-type";
import { linksTo } from "../declare/links";
import { rowsAs } from "../read/columns";
import type { ReadContext } from "../read/context";
import { at, identifier } from "../sql";

/** A place that may refer to records of a type. */
export interface ReferringPlace {
  /** the type of the records that refer */
  by: RecordType;
  /** the table and the column that name the record, and the column that names who refers */
  table: string;
  column: string;
  owner: string;
  /** the referring record is a part of what it refers to, and is deleted with it */
  goesAlong: boolean;
}

export function placesReferringTo(catalogue: Catalogue, type: RecordType): ReferringPlace[] {
  const references = catalogue.records.flatMap((by) =>
    Object.entries(by.references)
      .filter(([, reference]) => (reference.anyOf?.members() ?? [reference.to()]).includes(type))
      .map(([column, reference]) => ({
        by,
        table: by.table,
        column: snakeCase(column),
        owner: "id",
        goesAlong: reference.goesAlong ?? false,
      })),
  );
  const links = linksTo(catalogue, type).map((link) => ({
    by: link.from,
    table: link.join.table,
    column: snakeCase(link.join.toColumn),
    owner: "record_id",
    goesAlong: false,
  }));
  return [...references, ...links];
}

export interface Referrers {
  /** the UUIDs of the first hundred that the caller may see */
  shown: string[];
  /** how many there are of each type, those that the caller may not see left out */
  counts: Map<RecordType, number>;
  /** whether there are some that the caller may not see */
  others: boolean;
}

const SHOWN_AT_MOST = 100;

export async function referrersOf(
  session: Session,
  context: ReadContext,
  catalogue: Catalogue,
  type: RecordType,
  id: string,
): Promise<Referrers> {
  const found: Referrers = { shown: [], counts: new Map(), others: false };
  for (const place of placesReferringTo(catalogue, type)) {
    if (place.goesAlong) continue;
    const [counted] = await session.query<{ seen: string; unseen: string; ids: string[] }>(sql`
      WITH r AS (SELECT DISTINCT * FROM (${referringRows(place, id, context)}) x)
      SELECT count(*) FILTER (WHERE seen) AS seen, count(*) FILTER (WHERE NOT seen) AS unseen,
        ARRAY(SELECT id::text FROM r WHERE seen ORDER BY id LIMIT ${SHOWN_AT_MOST - found.shown.length}) AS ids
      FROM r`);
    const seen = Number(counted?.seen);
    if (seen > 0) found.counts.set(place.by, (found.counts.get(place.by) ?? 0) + seen);
    found.shown.push(...(counted?.ids ?? []));
    found.others ||= Number(counted?.unseen) > 0;
  }
  return found;
}

/** The schemes of the external ids that a record has, and the records that are deleted with it. */
export async function schemesGone(
  session: Session,
  catalogue: Catalogue,
  type: RecordType,
  id: string,
): Promise<string[]> {
  const along = placesReferringTo(catalogue, type).filter(({ goesAlong }) => goesAlong);
  const ids = along.map(
    ({ table, column }) =>
      sql` UNION ALL SELECT id FROM ${identifier(table)} WHERE ${identifier(column)} = ${id}::uuid`,
  );
  const rows = await session.query<{ scheme: string }>(sql`
    SELECT DISTINCT scheme FROM external_id WHERE record_id IN (SELECT ${id}::uuid${join([empty, ...ids], "")})`);
  return rows.map(({ scheme }) => scheme);
}

/** Deletes the parts of a record that are records themselves. Where others refer to one of them, the database refuses. */
export async function deleteParts(session: Session, catalogue: Catalogue, type: RecordType, id: string): Promise<void> {
  for (const { table, column, goesAlong } of placesReferringTo(catalogue, type)) {
    if (!goesAlong) continue;
    await session.query(sql`DELETE FROM ${identifier(table)} WHERE ${identifier(column)} = ${id}::uuid`);
  }
}

function referringRows(place: ReferringPlace, id: string, context: ReadContext): Sql {
  const owner = at("place", place.owner);
  return sql`
    SELECT ${owner} AS id,
      EXISTS (SELECT FROM ${rowsAs(place.by, "s", context)} WHERE s.id = ${owner}) AS seen
    FROM ${identifier(place.table)} place WHERE ${at("place", place.column)} = ${id}::uuid`;
}
