// Rows into tables in few statements. Ids are made by the database, before the rows: so a row can be referred to by its
// number, and no answer needs to come back in order.
import sql, { join, type Sql } from "sql-template-tag";
import type { Session } from "../../src/database/database";
import { columnNamed, type RecordType } from "../../src/database/declare/record-type";
import { columnIdentifier, identifier, sqlType } from "../../src/database/sql";

/** The source of each synthetic record that has a slug, a number or a year of its own. */
export const SYNTHETIC_SOURCE = "Synthetic data of the Creative Cities Graph: not real";

export type Values = Readonly<Record<string, unknown>>;

/**
 * Records of one type, in one statement. @param rows all with the same columns and references as the first of them,
 * references by UUID; some thousands at most
 */
export async function insertRecords(session: Session, type: RecordType, rows: readonly Values[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const targets = columns.map((column) => columnIdentifier(column));
  const given = columns.map((column) => sql`${identifier(column)} ${sqlType(typeOf(type, column))}`);
  await session.query(sql`
    INSERT INTO ${identifier(type.table)} (${join(targets, ", ")})
    SELECT ${join(
      columns.map((column) => sql`x.${identifier(column)}`),
      ", ",
    )} FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(${join(given, ", ")})`);
}

function typeOf(type: RecordType, column: string): string {
  return column === "id" || Object.hasOwn(type.references, column) ? "uuid" : columnNamed(type, column).codec.sqlType;
}

/**
 * The same with the mark. Memberships, designations, missions and parts in projects go without: each belongs to records that
 * have it, and for a million of them a million sources would say nothing more.
 * @returns their ids, in the order of the rows
 */
export async function insertMarked(session: Session, type: RecordType, rows: readonly Values[]): Promise<string[]> {
  const ids = await newIds(session, rows.length);
  await insertRecords(
    session,
    type,
    rows.map((row, i) => ({ id: ids[i], ...row })),
  );
  await session.query(
    sql`INSERT INTO record_source (record_id, title) SELECT id, ${SYNTHETIC_SOURCE} FROM unnest(${ids}::uuid[]) AS id`,
  );
  return ids;
}

async function newIds(session: Session, count: number): Promise<string[]> {
  const rows = await session.query<{ id: string }>(
    sql`SELECT new_record_id() AS id FROM generate_series(1, ${count}::int4)`,
  );
  return rows.map(({ id }) => id);
}

/** A link from a record to another, both by UUID. */
export type Link = readonly [string, string];

/** @param table one of rows that only link records. @param column the one that names the other record */
export async function insertLinks(
  session: Session,
  table: string,
  column: string,
  links: readonly Link[],
): Promise<void> {
  if (links.length === 0) return;
  const [owners, others] = [links.map(([owner]) => owner), links.map(([, other]) => other)];
  await session.query(insertedLinks(identifier(table), identifier(column), owners, others));
}

function insertedLinks(table: Sql, column: Sql, owners: readonly string[], others: readonly string[]): Sql {
  return sql`
    INSERT INTO ${table} (record_id, ${column})
    SELECT * FROM unnest(${owners}::uuid[], ${others}::uuid[])`;
}
