// What must hold of the log, the heads and the rows of all types together, whatever came at once and whatever was killed.
import sql, { join, raw } from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import type { Session } from "../../src/database/database";

/** Revisions without a gap up to the counter, entries numbered through, the newest entry in the head, a row for each head. */
export async function expectWholeLog(session: Session): Promise<void> {
  const [counts] = await session.query<Record<string, string>>(sql`
    SELECT (SELECT revision FROM revision_counter) AS counter, count(DISTINCT revision) AS revisions,
      coalesce(max(revision), 0) AS newest FROM change_log`);
  expect(counts).toEqual({ counter: counts?.counter, revisions: counts?.counter, newest: counts?.counter });

  const misnumbered = await session.query(sql`
    SELECT revision FROM change_log GROUP BY revision
    HAVING max(ordinal) <> count(*) - 1 OR min(ordinal) <> 0 OR count(DISTINCT actor) > 1`);
  expect(misnumbered).toEqual([]);

  const untrueHeads = await session.query(sql`
    SELECT h.id, h.type FROM record h LEFT JOIN LATERAL (
      SELECT * FROM change_log l WHERE l.record_id = h.id ORDER BY revision DESC, ordinal DESC LIMIT 1) newest ON true
    WHERE (h.revision, h.operation, h.type, h.updated_at)
      IS DISTINCT FROM (newest.revision, newest.operation, newest.type, newest.committed_at)`);
  expect(untrueHeads).toEqual([]);

  const rows = catalogue.records.map(
    (type) => sql`SELECT id, ${type.name}::text AS type FROM ${raw(`"${type.table}"`)}`,
  );
  const unlike = await session.query(sql`
    SELECT id, type, kept.id IS NULL AS "noRow" FROM (${join(rows, " UNION ALL ")}) kept
    FULL JOIN (SELECT id, type FROM record WHERE operation = 'UPSERT') head USING (id, type)
    WHERE kept.id IS NULL OR head.id IS NULL`);
  expect(unlike).toEqual([]);
}
