// Parents with many children around projects and practices: a project with partners of every type, a city, a network
// and an organization that take part in all projects, a city, a goal, a creative field, a country, a meeting and a
// collection of which all the others are. As much of another city, goal and so on stands around them.
import type { Database } from "../../src/database/database";

export const PROJECTS = 2_000;
/** The slugs of the parents of many. */
export const BUSY = "busy-one";
export const BUSY_COUNTRY = "YY";
export const BUSY_YEAR = 2_100;
export const BUSY_GOAL = 17;

// Few networks, because what is asked of the home network reads them all. And fewer partners than projects: the planner
// takes every partner for an average one, and for one or two rows it rather sorts than follows an index.
const NETWORKS = 10;
const PARTNERS_AT_MOST = 250;
/** The partners of the busy project, of all types. */
export const BUSY_PARTNERS = 2 * PARTNERS_AT_MOST + NETWORKS;

/** @param count how many projects, organizations, practices, meetings and cities */
export async function insertManyProjects(database: Database, count = PROJECTS): Promise<void> {
  await database.execute(PARENTS);
  await database.execute(childrenSql(count));
  await database.execute(edgesSql(count));
  await database.execute("ANALYZE");
}

const PARENTS = `
  INSERT INTO country (code, name, region, global_south)
  VALUES ('${BUSY_COUNTRY}', 'Borduria', 'AFRICA', false), ('XX', 'Syldavia', 'AFRICA', false);
  INSERT INTO creative_field (slug, name, description)
  VALUES ('${BUSY}', 'Busy', 'None.'), ('other-busy-one', 'Other busy', 'None.');
  INSERT INTO meeting (title, year) VALUES ('Busy meeting', ${BUSY_YEAR}), ('Other busy meeting', ${BUSY_YEAR + 1});
  INSERT INTO practice_collection (slug, title) VALUES ('${BUSY}', 'Busy'), ('other-busy-one', 'Other busy');
  INSERT INTO city (slug, name, kind, country_id)
  SELECT slug, slug, 'city', (SELECT id FROM country WHERE code = '${BUSY_COUNTRY}')
  FROM unnest(ARRAY['${BUSY}', 'other-busy-one']) AS slug;
  INSERT INTO network (slug, name, kind) VALUES ('${BUSY}', 'Busy', 'CITY_NETWORK');
  INSERT INTO organization (slug, name, sector) VALUES ('${BUSY}', 'Busy', 'ACADEMIA');
  INSERT INTO project (slug, title, status) VALUES ('${BUSY}', 'Busy', 'ACTIVE');`;

// Every second row is of the other parent.
const ofBoth = (table: string, key: string, busy: string, other: string): string =>
  `(SELECT id FROM ${table} WHERE ${key} = CASE WHEN n % 2 = 0 THEN ${busy} ELSE ${other} END)`;

const childrenSql = (count: number): string => `
  INSERT INTO city (slug, name, kind, country_id)
  SELECT 'many-' || n, 'Many ' || n, 'city', (SELECT id FROM country WHERE code = 'XX') FROM generate_series(1, ${count}) n;
  INSERT INTO network (slug, name, kind)
  SELECT 'many-' || n, 'Many ' || n, 'COALITION' FROM generate_series(1, ${NETWORKS}) n;
  INSERT INTO organization (slug, name, sector, city_id)
  SELECT 'many-' || n, 'Many ' || n, 'PUBLIC', ${ofBoth("city", "slug", `'${BUSY}'`, "'other-busy-one'")}
  FROM generate_series(1, ${2 * count}) n;
  INSERT INTO meeting (number, title, year, country_id)
  SELECT 1000 + n, 'Many ' || n, 2101 + n % 20, ${ofBoth("country", "code", `'${BUSY_COUNTRY}'`, "'XX'")}
  FROM generate_series(1, ${2 * count}) n;
  INSERT INTO project (slug, title, status, themes, objectives, meeting_id)
  SELECT 'many-' || n, 'Many ' || n, 'ACTIVE', ARRAY['Theme', 'Theme ' || n], ARRAY['CREATIVITY_HUBS'],
    ${ofBoth("meeting", "title", "'Busy meeting'", "'Other busy meeting'")}
  FROM generate_series(1, ${2 * count}) n;
  INSERT INTO practice (slug, title, state, areas_of_action, collection_id)
  SELECT 'many-' || n, 'Many ' || n, 'ACCEPTED', ARRAY['PILOT_PARTNERSHIPS'],
    ${ofBoth("practice_collection", "slug", `'${BUSY}'`, "'other-busy-one'")}
  FROM generate_series(1, ${2 * count}) n;`;

// The partners of the busy project stand before all others, one of each type after the other, on days of their own;
// of some partners it is not known since when they take part.
const edgesSql = (count: number, partners = Math.min(count, PARTNERS_AT_MOST)): string => `
  INSERT INTO meeting_host (record_id, city_id)
  SELECT m.id, c.id FROM meeting m JOIN city c ON c.slug = 'many-' || m.number - 1000;
  INSERT INTO project_participation (project_id, partner_id, role, status, since)
  SELECT (SELECT id FROM project WHERE slug = '${BUSY}'), p.id, 'PARTNER', 'ACCEPTED',
    CASE WHEN p.n % 10 > 0 THEN to_char(date '1500-01-01' + 3 * p.n + p.kind, 'YYYY-MM-DD') END
  FROM (
    SELECT n, 1 AS kind, c.id FROM generate_series(1, ${partners}) n JOIN city c ON c.slug = 'many-' || n UNION ALL
    SELECT n, 2, w.id FROM generate_series(1, ${NETWORKS}) n JOIN network w ON w.slug = 'many-' || n UNION ALL
    SELECT n, 3, o.id FROM generate_series(1, ${partners}) n JOIN organization o ON o.slug = 'many-' || n
  ) p ORDER BY p.n, p.kind;
  INSERT INTO project_participation (project_id, partner_id, role, status, since)
  SELECT p.id, w.id, w.role::participation_role, 'ACCEPTED', CASE WHEN p.n % 10 > 0 THEN (2000 + p.n % 20)::text END
  FROM (SELECT id, row_number() OVER (ORDER BY slug) AS n FROM project WHERE slug LIKE 'many-%') p
  CROSS JOIN (
    SELECT id, 'LEAD' AS role FROM city WHERE slug = '${BUSY}' UNION ALL
    SELECT id, 'PARTNER' FROM city WHERE slug = 'other-busy-one' UNION ALL
    SELECT id, 'PARTNER' FROM network WHERE slug = '${BUSY}' UNION ALL
    SELECT id, 'PARTNER' FROM organization WHERE slug = '${BUSY}'
  ) w
  ORDER BY p.n;
  INSERT INTO project_creative_field (record_id, creative_field_id)
  SELECT p.id, f.id FROM project p, creative_field f
  WHERE p.slug LIKE 'many-%' AND f.slug IN ('${BUSY}', 'other-busy-one') ORDER BY p.slug;
  INSERT INTO project_goal (record_id, goal_id)
  SELECT p.id, g.id FROM project p, sustainable_development_goal g
  WHERE p.slug LIKE 'many-%' AND g.number IN (${BUSY_GOAL}, 1) ORDER BY p.slug;
  INSERT INTO practice_city (record_id, city_id)
  SELECT p.id, c.id FROM practice p, city c
  WHERE p.slug LIKE 'many-%' AND c.slug IN ('${BUSY}', 'other-busy-one') ORDER BY p.slug;
  INSERT INTO practice_goal (record_id, goal_id)
  SELECT p.id, g.id FROM practice p, sustainable_development_goal g
  WHERE p.slug LIKE 'many-%' AND g.number IN (${BUSY_GOAL}, 1) ORDER BY p.slug;`;
