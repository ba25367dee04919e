// Many agreements, opportunities with responses, experts with missions and publications, around the parents of
// many-projects.ts, to be inserted after those. Drafts of other cities stand before and behind what everybody sees, and
// what the busy network answered behind all that it may not see.
import type { Database } from "../../src/database/database";
import { BUSY, BUSY_GOAL, PROJECTS } from "./many-projects";

/** The agreements of the busy network: few, because the partners that it has by them are sorted. */
export const AGREEMENTS = PROJECTS / 10;

/** Those who gave to the busy publication: few, so that whoever gave something gave to several ones on the average. */
export const CONTRIBUTORS = 250;

/** @param count how many rows a busy parent has of each sort */
export async function insertManyOpportunities(database: Database, count = PROJECTS): Promise<void> {
  await database.execute(agreementsSql(count));
  await database.execute(opportunitiesSql(count));
  await database.execute(responsesSql(count));
  await database.execute(expertsSql(count));
  await database.execute(publicationsSql(count));
  await database.execute("ANALYZE");
}

// All other agreements are between the other networks.
const agreementsSql = (count: number): string => `
  INSERT INTO network_agreement (slug, title, kind, since)
  SELECT 'many-' || n, 'Many ' || n, 'PARTNERSHIP', CASE WHEN n % 7 > 0 THEN (2000 + n % 20)::text END
  FROM generate_series(1, ${count}) n;
  INSERT INTO network_agreement_party (record_id, network_id)
  SELECT a.id, w.id FROM generate_series(1, ${count}) n
  JOIN network_agreement a ON a.slug = 'many-' || n
  JOIN network w ON w.slug IN (CASE WHEN n % 10 = 0 THEN '${BUSY}' ELSE 'many-1' END, 'many-' || 2 + n % 9)
  ORDER BY n;`;

const opportunitiesSql = (count: number): string => `
  INSERT INTO opportunity (slug, title, description, posted_by_id, opens_on, state)
  SELECT CASE n WHEN 0 THEN o.prefix ELSE o.prefix || n END, 'Many ' || n, 'None.', p.id, o.opens_on, o.state::opportunity_state
  FROM (
    SELECT n, 'of-city-' AS prefix, '${BUSY}' AS poster, 'City' AS type, date '1500-01-01' + n AS opens_on,
      CASE n % 2 WHEN 0 THEN 'DRAFT' ELSE 'PUBLISHED' END AS state FROM generate_series(1, ${2 * count}) n
    UNION ALL SELECT n, 'of-network-', '${BUSY}', 'Network', date '1500-01-01' + n, 'PUBLISHED' FROM generate_series(1, ${count}) n
    UNION ALL SELECT n, 'of-organization-', '${BUSY}', 'Organization', date '1500-01-01' + n, 'PUBLISHED' FROM generate_series(1, ${count}) n
    UNION ALL SELECT n, 'early-', 'many-' || 1 + n % 20, 'City', date '1450-01-01' + n, 'DRAFT' FROM generate_series(1, ${count / 2}) n
    UNION ALL SELECT n, 'late-', 'many-' || 1 + n % 20, 'City', date '2150-01-01' + n, 'DRAFT' FROM generate_series(1, ${count / 2}) n
    UNION ALL SELECT 0, '${BUSY}', '${BUSY}', 'City', '1600-01-01', 'PUBLISHED'
    UNION ALL SELECT 0, 'other-busy-one', 'other-busy-one', 'City', '1600-01-01', 'PUBLISHED'
  ) o JOIN LATERAL (
    SELECT id FROM city WHERE slug = o.poster AND o.type = 'City'
    UNION ALL SELECT id FROM network WHERE slug = o.poster AND o.type = 'Network'
    UNION ALL SELECT id FROM organization WHERE slug = o.poster AND o.type = 'Organization'
  ) p ON true ORDER BY n;
  INSERT INTO opportunity_creative_field (record_id, creative_field_id)
  SELECT o.id, f.id FROM opportunity o, creative_field f
  WHERE o.slug LIKE 'of-city-%' AND f.slug IN ('${BUSY}', 'other-busy-one') ORDER BY o.opens_on, o.id;
  INSERT INTO opportunity_goal (record_id, goal_id)
  SELECT o.id, g.id FROM opportunity o, sustainable_development_goal g
  WHERE o.slug LIKE 'of-city-%' AND g.number IN (${BUSY_GOAL}, 1) ORDER BY o.opens_on, o.id;`;

// All cities answer two opportunities, one of each busy city; later the busy network and another one answer all those
// of the busy organization.
const responsesSql = (count: number): string => `
  INSERT INTO opportunity_response (opportunity_id, responder_id, posted_by_id, message, state, responded_at)
  SELECT o.id, r.id, o.posted_by_id, 'We would.', 'OPEN', r.at
  FROM (
    SELECT c.id, o.slug, timestamptz '2000-01-01' + n * interval '1 hour' AS at
    FROM generate_series(1, ${count}) n JOIN city c ON c.slug = 'many-' || n
    CROSS JOIN (VALUES ('${BUSY}'), ('other-busy-one')) AS o(slug)
    UNION ALL
    SELECT w.id, 'of-organization-' || n, timestamptz '2020-01-01' + n * interval '1 hour'
    FROM generate_series(1, ${count}) n JOIN network w ON w.slug IN ('${BUSY}', 'many-1')
  ) r JOIN opportunity o USING (slug) ORDER BY r.at;`;

const expertsSql = (count: number): string => `
  INSERT INTO expert (slug, name, city_id)
  SELECT CASE n WHEN 0 THEN '${BUSY}' ELSE 'many-' || n END, 'Many ' || n, c.id
  FROM generate_series(0, ${2 * count}) n
  JOIN city c ON c.slug = CASE n % 2 WHEN 0 THEN '${BUSY}' ELSE 'other-busy-one' END;
  INSERT INTO expert_creative_field (record_id, creative_field_id)
  SELECT e.id, f.id FROM expert e, creative_field f WHERE f.slug IN ('${BUSY}', 'other-busy-one') ORDER BY e.slug;
  INSERT INTO expert_mission (expert_id, host_city_id, topic, state, starts_on)
  SELECT e.id, c.id, 'Many ' || n, 'COMPLETED', CASE WHEN n % 10 > 0 THEN (date '1500-01-01' + n)::text END
  FROM generate_series(1, ${2 * count}) n
  JOIN city c ON c.slug = CASE n % 2 WHEN 0 THEN '${BUSY}' ELSE 'other-busy-one' END
  JOIN expert e ON e.slug = CASE WHEN n % 4 < 2 THEN '${BUSY}' ELSE 'many-' || 1 + n % 20 END ORDER BY n;`;

// The busy city gave two things to each publication.
const publicationsSql = (count: number): string => `
  INSERT INTO publication (slug, title, kind)
  SELECT CASE n WHEN 0 THEN '${BUSY}' ELSE 'many-' || n END, 'Many ' || n, 'STUDY' FROM generate_series(0, ${count}) n;
  INSERT INTO publication_contribution (publication_id, contributor_id, kind)
  SELECT p.id, w.id, w.given::contribution_kind
  FROM generate_series(1, ${count}) n JOIN publication p ON p.slug = 'many-' || n
  CROSS JOIN (
    SELECT id, given FROM city, (VALUES ('AUTHOR'), ('FUNDING')) AS k(given) WHERE slug = '${BUSY}'
    UNION ALL SELECT id, 'EDITOR' FROM network WHERE slug = '${BUSY}'
    UNION ALL SELECT id, 'EDITOR' FROM organization WHERE slug = '${BUSY}'
  ) w ORDER BY n;
  INSERT INTO publication_contribution (publication_id, contributor_id, kind)
  SELECT (SELECT id FROM publication WHERE slug = '${BUSY}'), c.id, 'CASE_STUDY'
  FROM generate_series(1, ${Math.min(count, CONTRIBUTORS)}) n JOIN city c ON c.slug = 'many-' || n ORDER BY n;`;
