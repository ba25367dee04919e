// Parents with many children, as no real one has: a country with 5,000 cities, all designated in one creative field in
// one round from one call, and all members of one network. As many designations of another round, older and newer ones,
// and as many members of another network, stand around them in the order of dates.
import type { Database } from "../../src/database/database";

export const MANY = 5_000;
export const MANY_COUNTRY = "ZZ";
export const MANY_FIELD = "synthetic-field";
export const MANY_ROUND = 2099;
export const MANY_NETWORK = "synthetic-network";
export const MANY_CALL = "synthetic-call";

export async function insertManyRows(database: Database): Promise<void> {
  await database.execute(`
    INSERT INTO country (code, name, region, global_south) VALUES ('${MANY_COUNTRY}', 'Zubrowka', 'AFRICA', false);
    INSERT INTO creative_field (slug, name, description)
    VALUES ('${MANY_FIELD}', 'Synthetics', 'None.'), ('other-synthetic-field', 'Other synthetics', 'None.');
    INSERT INTO designation_round (year, decided_on, new_cities, cities_after)
    VALUES (${MANY_ROUND}, '2025-10-31', 0, 0), (${MANY_ROUND - 1}, '2025-10-31', 0, 0);
    INSERT INTO application_call (slug, year, title, opens_on, closes_on)
    VALUES ('${MANY_CALL}', 2100, 'Synthetic call', '2024-12-01', '2025-03-01'),
      ('other-${MANY_CALL}', 2100, 'Other synthetic call', '2024-12-01', '2025-03-01');
    INSERT INTO city (slug, name, kind, country_id)
    SELECT 'synthetic-' || n, 'Synthetic ' || n, 'city', (SELECT id FROM country WHERE code = '${MANY_COUNTRY}')
    FROM generate_series(1, ${MANY}) n;
    INSERT INTO designation (city_id, creative_field_id, round_id, call_id, designated_on)
    SELECT c.id, f.id, r.id, l.id, CASE r.year
      WHEN ${MANY_ROUND} THEN 2000 + c.n % 20
      ELSE CASE WHEN c.n % 2 = 0 THEN 1980 ELSE 2022 END
    END
    FROM (SELECT id, row_number() OVER (ORDER BY slug) AS n FROM city WHERE slug LIKE 'synthetic-%') c
    CROSS JOIN (
      VALUES (${MANY_ROUND}, '${MANY_FIELD}', '${MANY_CALL}'), (${MANY_ROUND - 1}, 'other-synthetic-field', 'other-${MANY_CALL}')
    ) AS way(year, slug, call)
    JOIN creative_field f USING (slug)
    JOIN designation_round r USING (year)
    JOIN application_call l ON l.slug = way.call;
    INSERT INTO network (slug, name, kind)
    VALUES ('${MANY_NETWORK}', 'Synthetic network', 'CITY_NETWORK'), ('other-network', 'Other network', 'CITY_NETWORK');
    INSERT INTO network_membership (network_id, city_id, role, since)
    SELECT w.id, c.id, 'MEMBER', CASE
      WHEN w.slug <> '${MANY_NETWORK}' THEN CASE WHEN c.n % 2 = 0 THEN '1980' ELSE '2022' END
      WHEN c.n % 10 > 0 THEN (2000 + c.n % 20)::text
    END
    FROM (SELECT id, row_number() OVER (ORDER BY slug) AS n FROM city WHERE slug LIKE 'synthetic-%') c
    JOIN network w ON w.slug IN ('${MANY_NETWORK}', 'other-network');
    ANALYZE;
  `);
}
