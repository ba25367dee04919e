// How members stood with their monitoring reports on a day, by what was handed in until then: the rule of reporting_of() (see its
// migration, and docs/decisions/0010), which knows one day alone, today. On today the two agree.
import sql, { type Sql } from "sql-template-tag";
import { rowsAs } from "../database/read/columns";
import type { ReadContext } from "../database/read/context";
import { ANONYMOUS } from "../kernel/viewer";
import { monitoringReport } from "../registry/monitoring-report.record";

/** The reports that everybody may see. Whoever asks, nothing else goes into figures, so that no draft shows in them. */
export function publicReports(alias: string, read: ReadContext): Sql {
  return rowsAs(monitoringReport, alias, { ...read, viewer: ANONYMOUS });
}

/** Handed in until the day. Of today and later all that is recorded counts. @param report the alias of the report */
export function handedInBy(report: Sql, day: Sql, { today }: ReadContext): Sql {
  return sql`(${day} >= ${today}::date OR (${report}.submitted_at AT TIME ZONE 'UTC')::date <= ${day})`;
}

/**
 * One row (city_id, next_due, status) for each member of that day; to stand in FROM under an alias.
 * Drafts do not count, nor do reports of an earlier membership.
 */
export function reportingOn(day: Sql, read: ReadContext): Sql {
  // OFFSET 0 keeps a row whole: what it computes is else computed again in each place that uses it. All memberships are read at
  // once, since looking for that of one city costs as much as a page of them.
  return sql`(
    SELECT member.city_id, due.next AS next_due,
      CASE WHEN newest.due_on IS NULL THEN 'UNKNOWN' WHEN due.next < ${day} THEN 'OVERDUE' ELSE 'UP_TO_DATE' END AS status
    FROM (
      SELECT h.city_id, first_day(h.since) AS since, (extract(year FROM ${day}) - extract(year FROM first_day(h.since)))::int / 4 * 4 AS years
      FROM home_membership h WHERE in_force(h.since, h.until, ${day})
      OFFSET 0
    ) member
    LEFT JOIN LATERAL (
      SELECT r.due_on FROM ${publicReports("r", read)}
      WHERE r.city_id = member.city_id AND r.due_on > member.since AND ${handedInBy(sql`r`, day, read)}
      ORDER BY r.due_on DESC LIMIT 1
    ) newest ON true
    CROSS JOIN LATERAL (
      SELECT (CASE
        WHEN newest.due_on IS NOT NULL THEN newest.due_on + interval '4 years'
        WHEN member.years > 0 AND member.since + make_interval(years => member.years) >= ${day}
          THEN member.since + make_interval(years => member.years)
        ELSE member.since + make_interval(years => member.years + 4)
      END)::date AS next
      OFFSET 0
    ) due)`;
}
