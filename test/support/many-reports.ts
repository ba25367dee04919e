// Many calls with applications, and many reports with planned actions, around the parents of many-projects.ts and
// many-rows.ts, to be inserted after those. Drafts of other cities stand before and behind what everybody sees.
import type { Database } from "../../src/database/database";
import { BUSY, BUSY_GOAL, PROJECTS } from "./many-projects";
import { MANY_CALL } from "./many-rows";

/** The topmost day on which the busy city's report is due that plans as much as there are projects. */
const BUSY_REPORT = "1400-01-01";

/** The drafts of other cities before all reports and actions but those of the busy report; as many stand behind. */
export const HIDDEN = PROJECTS / 2;

/** The applications of the busy city. */
export const BUSY_APPLICATIONS = 20;

/** @param count how many applications of one call and of one city, and how many reports of each sort */
export async function insertManyReports(database: Database, count = PROJECTS): Promise<void> {
  await database.execute(applicationsSql(count));
  await database.execute(reportsSql(count));
  await database.execute("ANALYZE");
}

// All cities answer two calls, and the busy one answers some others: few, because a city applies once to a call.
const applicationsSql = (count: number): string => `
  INSERT INTO application_call (slug, year, title, opens_on, closes_on)
  SELECT 'many-' || n, 1900 + n % 200, 'Many ' || n, date '2000-01-01' + n, date '2000-02-01' + n
  FROM generate_series(1, ${count}) n;
  INSERT INTO application (call_id, city_id, creative_field_id, status, submitted_at)
  SELECT l.id, c.id, (SELECT id FROM creative_field WHERE slug = '${BUSY}'), 'SUBMITTED', '2026-01-01'
  FROM generate_series(1, ${count}) n
  JOIN application_call l ON l.slug IN ('${MANY_CALL}', 'other-${MANY_CALL}', CASE WHEN n <= ${BUSY_APPLICATIONS} THEN 'many-' || n END)
  JOIN city c ON c.slug = CASE WHEN l.slug LIKE 'many-%' THEN '${BUSY}' ELSE 'many-' || n END
  ORDER BY n;`;

// Every second report of the busy city is a draft. Those of the other one are not, and the drafts of some more cities
// stand before and behind all of them.
const reportsSql = (count: number): string => `
  INSERT INTO monitoring_report (city_id, due_on, status, submitted_at, period_start, period_end)
  SELECT c.id, r.due_on, r.status::report_status, CASE r.status WHEN 'SUBMITTED' THEN '2026-01-01'::timestamptz END,
    r.due_on - 1, r.due_on
  FROM (
    SELECT n, '${BUSY}' AS slug, date '1500-01-01' + n AS due_on, CASE n % 2 WHEN 0 THEN 'DRAFT' ELSE 'SUBMITTED' END AS status
    FROM generate_series(1, ${2 * count}) n
    UNION ALL SELECT n, 'other-busy-one', date '1500-01-01' + n, 'SUBMITTED' FROM generate_series(1, ${count}) n
    UNION ALL SELECT n, 'many-' || 1 + n % 20, date '1450-01-01' + n, 'DRAFT' FROM generate_series(1, ${count / 2}) n
    UNION ALL SELECT n, 'many-' || 1 + n % 20, date '2150-01-01' + n, 'DRAFT' FROM generate_series(1, ${count / 2}) n
    UNION ALL SELECT 0, '${BUSY}', '${BUSY_REPORT}', 'SUBMITTED'
  ) r JOIN city c USING (slug) ORDER BY n;
  INSERT INTO planned_action (report_id, city_id, report_status, title, area_of_action, objective)
  SELECT r.id, r.city_id, r.status, 'Action ' || r.due_on + (n - 1), 'EXCHANGE_PROGRAMMES', 'CREATIVITY_HUBS'
  FROM monitoring_report r JOIN city c ON c.id = r.city_id
  CROSS JOIN LATERAL generate_series(1, CASE r.due_on WHEN '${BUSY_REPORT}' THEN ${count / 4} ELSE 1 END) n
  ORDER BY r.due_on, r.id, n;
  INSERT INTO planned_action_goal (record_id, goal_id)
  SELECT a.id, g.id FROM planned_action a JOIN city c ON c.id = a.city_id CROSS JOIN sustainable_development_goal g
  WHERE c.slug = '${BUSY}' AND g.number IN (${BUSY_GOAL}, 1) ORDER BY a.title, a.id;`;
