// Who put a part of a record there: the log knows, because the names of keys are never given again.
import sql from "sql-template-tag";
import type { Session } from "../database";

/**
 * Those of a record's sources that keys of one party put there as they stand now.
 * @param titles the titles of sources that the record has
 * @param party the UUID of a city, a network or an organization; what was merged into it counts as it
 */
export async function sourcesOf(
  session: Session,
  recordId: string,
  titles: readonly string[],
  party: string,
): Promise<Set<string>> {
  const rows = await session.query<{ title: string }>(sql`
    SELECT t.title FROM unnest(${titles}::text[]) AS t(title)
    CROSS JOIN LATERAL (
      SELECT l.actor FROM change_log l
      WHERE l.record_id = ${recordId}::uuid AND l.changes #> '{sources,1}' @> jsonb_build_array(jsonb_build_object('title', t.title))
      ORDER BY l.revision DESC, l.ordinal DESC LIMIT 1
    ) last
    JOIN api_key k ON k.name = last.actor
    JOIN record r ON r.id = k.scope
    WHERE ${party}::uuid IN (r.id, r.merged_into)`);
  return new Set(rows.map(({ title }) => title));
}
