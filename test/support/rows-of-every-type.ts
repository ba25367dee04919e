// A few rows of what the dataset has none of: organizations, practices, parts of networks and organizations in
// projects, priorities of meetings, objectives and beneficiaries. The same rows each time, beside those of the dataset.
import type { Database } from "../../src/database/database";
import { CALLS_AND_REPORTS } from "./rows-of-calls-and-reports";
import { OPPORTUNITIES_AND_EXPERTS } from "./rows-of-opportunities-and-experts";

export async function addRowsOfEmptyTypes(database: Database): Promise<void> {
  await database.write("test", async (session) => {
    await session.execute(ORGANIZATIONS);
    await session.execute(MEETINGS_AND_PROJECTS);
    await session.execute(PARTICIPATIONS);
    await session.execute(PRACTICES);
    await session.execute(CALLS_AND_REPORTS);
    await session.execute(OPPORTUNITIES_AND_EXPERTS);
  });
}

const ORGANIZATIONS = `
  INSERT INTO organization (slug, name, sector, city_id, website)
  SELECT o.slug, o.name, o.sector::sector, (SELECT id FROM city WHERE slug = o.city), o.website
  FROM (VALUES
    ('book-institute', 'Book Institute', 'PUBLIC', 'krakow', 'https://book-institute.example.org/'),
    ('craft-guild', 'Ålesund Craft Guild', 'CIVIL_SOCIETY', 'krakow', NULL),
    ('film-works', 'Film Works Ltd', 'PRIVATE', 'york', 'https://film-works.example.org/'),
    ('open-university', 'Open University of Design', 'ACADEMIA', NULL, NULL),
    ('travelling-stage', 'Travelling Stage', 'CIVIL_SOCIETY', NULL, 'https://stage.example.org/')
  ) o (slug, name, sector, city, website);`;

// Two projects were formed at meetings, one of them has all that a project can have, and one has next to nothing.
const MEETINGS_AND_PROJECTS = `
  UPDATE meeting SET priorities = ARRAY['Culture in local plans', 'Exchange of artists'] WHERE number = 12;
  INSERT INTO meeting (title, year, starts_on, ends_on, place, country_id, priorities) VALUES
    ('Meeting of priorities', 2097, '2097-06-01', '2097-06-03', 'Kraków', (SELECT id FROM country WHERE code = 'PL'),
     ARRAY['Exchange of artists', 'Young people', 'A, {quoted} "priority"']),
    ('Meeting of nothing', 2098, NULL, NULL, NULL, NULL, '{}');
  INSERT INTO meeting_host (record_id, city_id)
  SELECT m.id, c.id FROM meeting m, city c WHERE m.year = 2097 AND c.slug IN ('krakow', 'york');
  INSERT INTO project (slug, title, summary, status, kind, starts_on, ends_on, website, themes, areas_of_action,
    objectives, beneficiaries, meeting_id, confidence, note)
  VALUES
    ('synthetic-exchange', 'Synthetic Exchange', 'Artists travel.', 'ACTIVE', 'exchange', '2097-07', '2098',
     'https://exchange.example.org/', ARRAY['Theme one', 'Theme two'], ARRAY['EXCHANGE_PROGRAMMES', 'PILOT_PARTNERSHIPS'],
     ARRAY['INTERNATIONAL_COOPERATION', 'CREATIVITY_HUBS'], ARRAY['YOUTH', 'CREATORS', 'WOMEN'],
     (SELECT id FROM meeting WHERE year = 2097), 'HIGH', 'Of the tests.'),
    ('synthetic-plan', 'Synthetic Plan', NULL, 'CANCELLED', NULL, NULL, NULL, NULL, '{}', '{}',
     ARRAY['CREATIVITY_HUBS'], ARRAY['CREATORS'], (SELECT id FROM meeting WHERE number = 12), NULL, NULL),
    ('synthetic-void', 'Synthetic Void', NULL, 'PROPOSED', NULL, NULL, NULL, NULL, '{}', '{}', '{}', '{}', NULL, NULL, NULL);
  INSERT INTO project_goal (record_id, goal_id)
  SELECT p.id, g.id FROM project p, sustainable_development_goal g
  WHERE p.slug = 'synthetic-exchange' AND g.number IN (5, 11);
  INSERT INTO project_creative_field (record_id, creative_field_id)
  SELECT p.id, f.id FROM project p, creative_field f
  WHERE p.slug = 'synthetic-exchange' AND f.slug IN ('film', 'music');`;

const PARTICIPATIONS = `
  INSERT INTO project_participation (project_id, partner_id, role, status, since, until)
  SELECT (SELECT id FROM project WHERE slug = w.project),
    coalesce((SELECT id FROM network WHERE slug = w.partner), (SELECT id FROM organization WHERE slug = w.partner),
      (SELECT id FROM city WHERE slug = w.partner)),
    w.role::participation_role, w.status::participation_status, w.since, w.until
  FROM (VALUES
    ('city-to-city-2020', 'gnlc', 'PARTNER', 'ACCEPTED', '2020-03', '2021'),
    ('city-to-city-2021', 'gnlc', 'PARTNER', 'LEFT', '2021', '2021-06-30'),
    ('city-to-city-2020', 'book-institute', 'PARTNER', 'ACCEPTED', '2020', NULL),
    ('code-poster-2010', 'open-university', 'PARTNER', 'DECLINED', NULL, NULL),
    ('synthetic-exchange', 'book-institute', 'LEAD', 'ACCEPTED', '2097-07', NULL),
    ('synthetic-exchange', 'film-works', 'PARTNER', 'INVITED', NULL, NULL),
    ('synthetic-exchange', 'gnlc', 'PARTNER', 'INVITED', NULL, NULL),
    ('synthetic-exchange', 'krakow', 'PARTNER', 'ACCEPTED', '2097-08-15', '2098'),
    ('busan-residency-2018', 'gnlc', 'PARTNER', 'ACCEPTED', '2018', NULL),
    ('busan-residency-2018', 'film-works', 'PARTNER', 'ACCEPTED', '2018-05', '2019-06'),
    ('synthetic-plan', 'york', 'PARTNER', 'LEFT', '2015', '2016-02')
  ) w (project, partner, role, status, since, until);`;

// Practices of each state: two that the Secretariat put there, two that cities submitted and that were accepted, and of
// those that were not, one each.
const PRACTICES = `
  INSERT INTO practice_collection (slug, title, year, published_at_id)
  VALUES ('synthetic-collection', 'Synthetic Collection', 2097, (SELECT id FROM meeting WHERE year = 2097));
  INSERT INTO practice (slug, title, summary, collection_id, areas_of_action, year, url, state, submitted_by_id)
  SELECT p.slug, p.title, p.summary, (SELECT id FROM practice_collection WHERE slug = p.collection), p.areas::text[],
    p.year, p.url, p.state::practice_state, (SELECT id FROM city WHERE slug = p.submitter)
  FROM (VALUES
    ('libraries-on-wheels', 'Libraries on Wheels', 'Books come to every village.', 'lab-2030',
     '{EXPERIENCE_SHARING,COMMUNICATION_AND_AWARENESS}', 2018, 'https://wheels.example.org/', 'ACCEPTED', 'krakow'),
    ('night-of-crafts', 'Night of Crafts', NULL, 'lab-2030', '{EXPERIENCE_SHARING}', NULL, NULL, 'ACCEPTED', NULL),
    ('open-studios', 'Ópen Studios', 'Studios open their doors.', 'synthetic-collection', '{}', 2019, NULL, 'ACCEPTED',
     'lyon'),
    ('quiet-practice', 'Quiet Practice', NULL, 'synthetic-collection', '{POLICIES_AND_MEASURES}', 2018, NULL, 'ACCEPTED',
     NULL),
    ('secret-library', 'Secret Library', 'Not for all eyes.', 'lab-2030', '{EXPERIENCE_SHARING}', 2026,
     'https://secret.example.org/', 'SUBMITTED', 'krakow'),
    ('declined-practice', 'Declined Practice', NULL, 'synthetic-collection', '{}', 2025, NULL, 'DECLINED', 'york')
  ) p (slug, title, summary, collection, areas, year, url, state, submitter);
  INSERT INTO practice_city (record_id, city_id)
  SELECT p.id, c.id FROM (VALUES
    ('libraries-on-wheels', 'krakow'), ('libraries-on-wheels', 'york'), ('night-of-crafts', 'krakow'), ('open-studios', 'lyon'),
    ('secret-library', 'krakow'), ('secret-library', 'york'), ('declined-practice', 'lyon')
  ) w (practice, city) JOIN practice p ON p.slug = w.practice JOIN city c ON c.slug = w.city;
  INSERT INTO practice_goal (record_id, goal_id)
  SELECT p.id, g.id FROM (VALUES
    ('libraries-on-wheels', 4), ('libraries-on-wheels', 11), ('open-studios', 11), ('secret-library', 4),
    ('declined-practice', 16)
  ) w (practice, number)
  JOIN practice p ON p.slug = w.practice JOIN sustainable_development_goal g ON g.number = w.number;`;
