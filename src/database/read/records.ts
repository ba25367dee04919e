// Records by what identifies them, and what stands beside every record: its head and its parts. Each is one statement
// for all that are asked for at once; the answers stand in the order of the questions.
import sql, { join, type Sql } from "sql-template-tag";
import type { Session } from "../database";
import { groupBy } from "../../kernel/group";
import type { Catalogue } from "../declare/catalogue";
import { columnNamed, type RecordType } from "../declare/record-type";
import { at, sqlType } from "../sql";
import { isRestricted, rowsAs, selectRow, valueOf } from "./columns";
import type { ReadContext } from "./context";
import { rowOf, type RecordRow, type RowOf, type SelectedRow } from "./row";

/** The head of a record that is there. */
export interface Head {
  id: string;
  type: string;
  revision: string;
  createdAt: string;
  updatedAt: string;
  /** the record that may write this one; null for the Secretariat alone */
  authority: string | null;
}

export interface ExternalIdKey {
  scheme: string;
  value: string;
}

export interface RecordName {
  language: string | null;
  name: string;
}

export interface RecordSource {
  title: string;
  url: string | null;
  retrievedAt: string | null;
  license: string | null;
}

/** Those that are there and that the caller may see. */
export async function recordsById<Model>(
  session: Session,
  context: ReadContext,
  type: RecordType<Model>,
  ids: readonly string[],
): Promise<(RowOf<Model> | undefined)[]> {
  const found = await select(session, context, type, sql`t.id = ANY (${ids}::uuid[])`);
  const byId = new Map(found.map((row) => [row.id, rowOf(type, row)]));
  return ids.map((id) => byId.get(id));
}

/** By the values of a unique column as text: a slug, a code, a number. */
export async function recordsByUnique(
  session: Session,
  context: ReadContext,
  type: RecordType,
  column: string,
  values: readonly string[],
): Promise<(RecordRow | undefined)[]> {
  const found = await select(session, context, type, isOneOf(type, column, values));
  const byValue = new Map(found.map((row) => [String(row[column]), rowOf(type, row)]));
  const missing = values.filter((value) => !byValue.has(value));
  if (type.mergeable && column === "slug" && missing.length > 0) {
    for (const [slug, row] of await recordsByFormerSlug(session, context, type, missing)) byValue.set(slug, row);
  }
  return values.map((value) => byValue.get(value));
}

/** The records that stand for merged ones, by the slugs that those had. */
async function recordsByFormerSlug(
  session: Session,
  context: ReadContext,
  type: RecordType,
  slugs: readonly string[],
): Promise<[string, RecordRow][]> {
  const rows = await session.query<SelectedRow & { formerSlug: string }>(sql`
    SELECT f.slug AS "formerSlug", ${selectRow(type, "t", context)}
    FROM former_slug f JOIN ${rowsAs(type, "t", context)} ON t.id = f.record_id
    WHERE f.type = ${type.name} AND f.slug = ANY (${slugs}::text[])`);
  return rows.map((row) => [row.formerSlug, rowOf(type, row)]);
}

// Compared in the column's own type, so that its index is used; a number that does not fit is found nowhere.
function isOneOf(type: RecordType, column: string, values: readonly string[]): Sql {
  const cast = columnNamed(type, column).codec.sqlType;
  return sql`${at("t", column)} = ANY (${values}::${sqlType(cast)}[])`;
}

function select(session: Session, context: ReadContext, type: RecordType, where: Sql): Promise<SelectedRow[]> {
  return session.query(sql`SELECT ${selectRow(type, "t", context)} FROM ${rowsAs(type, "t", context)} WHERE ${where}`);
}

/** True for heads of records that the caller may see: one that is hidden is found nowhere along the way to it. */
function visibleHead(context: ReadContext, catalogue: Catalogue, alias: string): Sql {
  const restricted = catalogue.records.filter((type) => isRestricted(type, context));
  const conditions = restricted.map(
    (type) =>
      sql`(${at(alias, "type")} <> ${type.name}::text OR EXISTS (SELECT FROM ${rowsAs(type, "r", context)} WHERE r.id = ${at(alias, "id")}))`,
  );
  return conditions.length === 0 ? sql`true` : join(conditions, " AND ");
}

/** A derived value of records that were read already; null for those that the caller does not see. */
export async function derivedById<Value = unknown>(
  session: Session,
  context: ReadContext,
  type: RecordType,
  name: string,
  ids: readonly string[],
): Promise<(Value | null)[]> {
  const rows = await session.query<{ id: string; value: Value | null }>(sql`
    SELECT t.id, ${valueOf(type, name, "t", context)} AS value
    FROM ${rowsAs(type, "t", context)} WHERE t.id = ANY (${ids}::uuid[])`);
  const byId = new Map(rows.map((row) => [row.id, row.value]));
  return ids.map((id) => byId.get(id) ?? null);
}

// A chain of merges is followed to its end; merging into oneself is refused by a constraint, and a ring would need a
// deleted record at its end, which is then not found. The depth bounds it all the same.
export const MERGES_FOLLOWED = 16;

/** The heads of rows that were read already, also of one that was deleted since. */
export async function headsOfRows(session: Session, ids: readonly string[]): Promise<Head[]> {
  const rows = await session.query<Head>(sql`
    SELECT id, type, revision, created_at AS "createdAt", updated_at AS "updatedAt", authority
    FROM record WHERE id = ANY (${ids}::uuid[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const head = byId.get(id);
    if (head === undefined) throw new Error(`the record ${id} has no head`);
    return head;
  });
}

/** The heads of records that are there now and that the caller may see, each reached through the merges that its id went through. */
export async function headsById(
  session: Session,
  context: ReadContext,
  catalogue: Catalogue,
  ids: readonly string[],
): Promise<(Head | undefined)[]> {
  const rows = await session.query<Head & { asked: string }>(sql`
    WITH RECURSIVE reached AS (
      SELECT id AS asked, id, merged_into, 0 AS depth FROM record WHERE id = ANY (${ids}::uuid[])
      UNION ALL
      SELECT reached.asked, record.id, record.merged_into, reached.depth + 1
      FROM reached JOIN record ON record.id = reached.merged_into
      WHERE reached.depth < ${MERGES_FOLLOWED}
    )
    SELECT reached.asked, h.id, h.type, h.revision, h.created_at AS "createdAt", h.updated_at AS "updatedAt", h.authority
    FROM reached JOIN record h USING (id)
    WHERE h.operation = 'UPSERT' AND ${visibleHead(context, catalogue, "h")}`);
  const byAsked = new Map(rows.map((row) => [row.asked, row]));
  return ids.map((id) => byAsked.get(id));
}

/** The records that external ids lead to. */
export async function ownersOfExternalIds(
  session: Session,
  context: ReadContext,
  catalogue: Catalogue,
  keys: readonly ExternalIdKey[],
): Promise<(string | undefined)[]> {
  const rows = await session.query<ExternalIdKey & { recordId: string }>(sql`
    SELECT x.scheme, x.value, x.record_id AS "recordId" FROM external_id x
    JOIN unnest(${keys.map((key) => key.scheme)}::text[], ${keys.map((key) => key.value)}::text[]) AS k(scheme, value)
    USING (scheme, value)
    JOIN record h ON h.id = x.record_id AND ${visibleHead(context, catalogue, "h")}`);
  return keys.map(({ scheme, value }) => rows.find((row) => row.scheme === scheme && row.value === value)?.recordId);
}

export async function namesByRecordId(session: Session, ids: readonly string[]): Promise<RecordName[][]> {
  const rows = await session.query<RecordName & { recordId: string }>(sql`
    SELECT record_id AS "recordId", language, name FROM record_name
    WHERE record_id = ANY (${ids}::uuid[]) ORDER BY language COLLATE "C" NULLS LAST, fold(name) COLLATE "C", id`);
  return inOrderOf(ids, rows);
}

export async function externalIdsByRecordId(session: Session, ids: readonly string[]): Promise<ExternalIdKey[][]> {
  const rows = await session.query<ExternalIdKey & { recordId: string }>(sql`
    SELECT record_id AS "recordId", scheme, value FROM external_id
    WHERE record_id = ANY (${ids}::uuid[]) ORDER BY scheme COLLATE "C", value COLLATE "C"`);
  return inOrderOf(ids, rows);
}

export async function sourcesByRecordId(session: Session, ids: readonly string[]): Promise<RecordSource[][]> {
  const rows = await session.query<RecordSource & { recordId: string }>(sql`
    SELECT record_id AS "recordId", title, url, retrieved_at AS "retrievedAt", license FROM record_source
    WHERE record_id = ANY (${ids}::uuid[]) ORDER BY title COLLATE "C"`);
  return inOrderOf(ids, rows);
}

function inOrderOf<Row extends { recordId: string }>(ids: readonly string[], rows: readonly Row[]): Row[][] {
  const byRecordId = new Map<string, Row[]>(ids.map((id) => [id, []]));
  for (const row of rows) byRecordId.get(row.recordId)?.push(row);
  return ids.map((id) => byRecordId.get(id) ?? []);
}

/** The records that the heads belong to, one statement for each type among them. */
export async function recordsOfHeads(
  session: Session,
  context: ReadContext,
  catalogue: Catalogue,
  heads: readonly (Head | undefined)[],
): Promise<(RecordRow | undefined)[]> {
  const byType = groupBy(
    heads.filter((head) => head !== undefined),
    (head) => head.type,
  );
  const rows = new Map<string, RecordRow>();
  for (const [typeName, ofType] of byType) {
    const found = await recordsById(
      session,
      context,
      catalogue.getByName(typeName),
      ofType.map((head) => head.id),
    );
    for (const row of found) if (row !== undefined) rows.set(row.id, row);
  }
  return heads.map((head) => (head === undefined ? undefined : rows.get(head.id)));
}
