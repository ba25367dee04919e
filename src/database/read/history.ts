// The log of records, newest first: what was changed from what to what, by whom, at which revision.
import sql, { type Sql } from "sql-template-tag";
import { cursorBinding } from "../../kernel/cursors";
import { groupBy } from "../../kernel/group";
import type { Session } from "../database";
import { beyondOrAt, pageOf, sliceSql, type List, type Page, type Slice } from "./keyset";
import { keysSql, orderSql, type SortKey } from "./order";

/** One entry of the log. Database names stand for fields, and database ids for records: see graph/history-field.ts. */
export interface LogEntry {
  /** the record's type */
  type: string;
  revision: string;
  operation: "UPSERT" | "DELETE";
  actor: string;
  committedAt: string;
  /** each changed field, before and after; null for "not there" */
  changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

const newestFirst = (expression: Sql, type: string, accepts: SortKey["accepts"]): SortKey => ({
  expression,
  type,
  nullable: false,
  direction: "DESC",
  nulls: "LAST",
  accepts,
});

const LOG: List = {
  binding: cursorBinding(["history"]),
  keys: [
    newestFirst(sql`l.revision`, "int8", (value) => typeof value === "string" && /^\d{1,18}$/.test(value)),
    newestFirst(sql`l.ordinal`, "int4", (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31),
  ],
  where: sql`l.record_id = p.id`,
};

/** One page of the log for each record, in the order of the records. */
export async function historyPages(
  session: Session,
  recordIds: readonly string[],
  slice: Slice,
): Promise<Page<LogEntry>[]> {
  const read = sliceSql(LOG, slice);
  const rows = await session.query<Record<string, unknown> & { parent: string }>(sql`
    SELECT p.id AS parent, x.* FROM unnest(${recordIds}::uuid[]) AS p(id) CROSS JOIN LATERAL (
      SELECT l.type, l.revision, l.operation, l.actor, l.committed_at AS "committedAt", l.changes, ${keysSql(LOG.keys)}
      FROM change_log l WHERE ${LOG.where} AND ${read.bounds} ORDER BY ${orderSql(read.keys)} LIMIT ${read.limit + 1}) x`);
  const byRecord = groupBy(rows, (row) => row.parent);
  return recordIds.map((id) =>
    pageOf(byRecord.get(id) ?? [], LOG, read, (row) => ({ node: row as unknown as LogEntry, edge: {} })),
  );
}

export async function historyCounts(session: Session, recordIds: readonly string[]): Promise<number[]> {
  const rows = await session.query<{ recordId: string; count: string }>(sql`
    SELECT record_id AS "recordId", count(*) AS count FROM change_log
    WHERE record_id = ANY (${recordIds}::uuid[]) GROUP BY record_id`);
  const byRecord = new Map(rows.map((row) => [row.recordId, Number(row.count)]));
  return recordIds.map((id) => byRecord.get(id) ?? 0);
}

/** The records that have entries on the far side of a cursor. */
export async function historyBeyond(
  session: Session,
  recordIds: readonly string[],
  cursor: string,
  side: "before" | "after",
): Promise<boolean[]> {
  const rows = await session.query<{ parent: string }>(sql`
    SELECT p.id AS parent FROM unnest(${recordIds}::uuid[]) AS p(id)
    CROSS JOIN LATERAL (SELECT FROM change_log l WHERE ${LOG.where} AND ${beyondOrAt(LOG, cursor, side)}) x`);
  const found = new Set(rows.map((row) => row.parent));
  return recordIds.map((id) => found.has(id));
}
