// Rows of agreements, opportunities, experts and publications, beside those of the dataset and of the other empty types.

const AGREEMENTS = `
  INSERT INTO network_agreement (slug, title, kind, since, until) VALUES
    ('synthetic-memorandum', 'Synthetic Memorandum', 'MEMORANDUM', '2016-05', NULL),
    ('synthetic-partnership', 'Synthetic Partnership', 'PARTNERSHIP', '2020-01-15', '2097'),
    ('old-programme', 'Øld Joint Programme', 'JOINT_PROGRAMME', '2015', '2018-12-31'),
    ('undated-affiliation', 'Undated Affiliation', 'AFFILIATION', NULL, NULL),
    ('coming-memorandum', 'Coming Memorandum', 'MEMORANDUM', '2097-01-01', NULL);
  INSERT INTO network_agreement_party (record_id, network_id)
  SELECT a.id, n.id FROM (VALUES
    ('synthetic-memorandum', 'gnlc'), ('synthetic-memorandum', 'uccn'),
    ('synthetic-partnership', 'gnlc'), ('synthetic-partnership', 'uccn'),
    ('old-programme', 'gnlc'), ('old-programme', 'uccn'), ('old-programme', 'iccar'),
    ('undated-affiliation', 'gnlc'), ('undated-affiliation', 'iccar'),
    ('coming-memorandum', 'iccar'), ('coming-memorandum', 'uccn')
  ) w (agreement, network) JOIN network_agreement a ON a.slug = w.agreement JOIN network n ON n.slug = w.network;`;

/** The id of a city, a network or an organization by its slug. */
const partner = (slug: string): string =>
  `coalesce((SELECT id FROM network WHERE slug = ${slug}), (SELECT id FROM organization WHERE slug = ${slug}), (SELECT id FROM city WHERE slug = ${slug}))`;

// One of each state, on both sides of their dates, by each type of poster; two drafts, of which one has grown a project.
const OPPORTUNITIES = `
  INSERT INTO opportunity (slug, title, description, posted_by_id, seeking, areas_of_action, opens_on, closes_on, state)
  SELECT o.slug, o.title, o.description, ${partner("o.poster")}, o.seeking::text[], o.areas::text[], o.opens_on::date,
    o.closes_on::date, o.state::opportunity_state
  FROM (VALUES
    ('open-residency', 'Open Residency', 'A room for three months.', 'krakow',
     '{PARTNER_CITIES,ARTISTS_AND_CREATORS,HOSTS_FOR_RESIDENCIES}', '{EXCHANGE_PROGRAMMES,PILOT_PARTNERSHIPS}',
     '2026-01-01', NULL, 'PUBLISHED'),
    ('shared-stage', 'Shåred Stage', 'A stage for two festivals.', 'krakow', '{VENUES,FUNDING}', '{}', '2026-01-01',
     '2097-12-31', 'PUBLISHED'),
    ('closed-call', 'Closed Call', 'It is over.', 'gnlc', '{PARTNER_NETWORKS,EXPERTISE}', '{EXPERIENCE_SHARING}',
     '2025-01-10', '2025-03-31', 'PUBLISHED'),
    ('coming-exchange', 'Coming Exchange', 'Writers travel.', 'book-institute', '{PARTNER_ORGANIZATIONS}',
     '{EXCHANGE_PROGRAMMES}', '2097-01-01', '2097-06-30', 'PUBLISHED'),
    ('matched-offer', 'Matched Offer', 'It found its partners.', 'york', '{PARTNER_CITIES}', '{PILOT_PARTNERSHIPS}',
     '2026-02-01', '2026-05-01', 'MATCHED'),
    ('withdrawn-offer', 'Withdrawn Offer', 'It was taken back.', 'krakow', '{}', '{}', '2026-03-01', NULL, 'WITHDRAWN'),
    ('network-week', 'Network Week', 'A week of all our members.', 'gnlc', '{}', '{}', '2026-01-15', '2026-12-31',
     'PUBLISHED'),
    ('training-places', 'Training Places', 'Ten places for trainers.', 'film-works', '{EXPERTISE}', '{}', '2026-03-02',
     NULL, 'PUBLISHED'),
    ('draft-offer', 'Draft Offer', 'Not for all eyes.', 'krakow', '{FUNDING}', '{}', '2026-04-01', NULL, 'DRAFT'),
    ('draft-of-plan', 'Draft of a Plan', 'Not for all eyes either.', 'film-works', '{}', '{STUDIES_AND_EVALUATION}',
     '2025-05-01', '2025-05-31', 'DRAFT')
  ) o (slug, title, description, poster, seeking, areas, opens_on, closes_on, state);
  INSERT INTO opportunity_creative_field (record_id, creative_field_id)
  SELECT o.id, f.id FROM (VALUES
    ('open-residency', 'film'), ('open-residency', 'music'), ('shared-stage', 'music'), ('draft-offer', 'music')
  ) w (opportunity, field) JOIN opportunity o ON o.slug = w.opportunity JOIN creative_field f ON f.slug = w.field;
  INSERT INTO opportunity_goal (record_id, goal_id)
  SELECT o.id, g.id FROM (VALUES
    ('open-residency', 8), ('open-residency', 11), ('closed-call', 11), ('draft-of-plan', 11)
  ) w (opportunity, number) JOIN opportunity o ON o.slug = w.opportunity
  JOIN sustainable_development_goal g ON g.number = w.number;
  UPDATE project SET opportunity_id = (SELECT id FROM opportunity WHERE slug = 'matched-offer')
  WHERE slug = 'synthetic-exchange';
  UPDATE project SET opportunity_id = (SELECT id FROM opportunity WHERE slug = 'draft-of-plan')
  WHERE slug = 'synthetic-plan';
  INSERT INTO opportunity_response (opportunity_id, responder_id, posted_by_id, message, state, responded_at)
  SELECT o.id, ${partner("w.responder")}, o.posted_by_id, w.message, w.state::response_state, w.at::timestamptz
  FROM (VALUES
    ('open-residency', 'york', 'We would come.', 'OPEN', '2026-02-03T10:00:00.123Z'),
    ('open-residency', 'gnlc', 'Our members would come.', 'ACCEPTED', '2026-02-03T09:00:00Z'),
    ('open-residency', 'book-institute', 'We would send a writer.', 'DECLINED', '2026-02-05T00:00:00Z'),
    ('open-residency', 'film-works', 'We would film it.', 'OPEN', '2026-02-06T12:30:00Z'),
    ('shared-stage', 'gnlc', 'We know of a stage.', 'OPEN', '2026-02-07T12:30:00Z'),
    ('network-week', 'lyon', 'We join in.', 'ACCEPTED', '2026-02-08T00:00:00Z'),
    ('coming-exchange', 'york', 'As soon as it begins.', 'OPEN', '2026-02-09T00:00:00Z'),
    ('training-places', 'krakow', 'Two of ours would come.', 'OPEN', '2026-03-03T00:00:00Z'),
    ('closed-call', 'krakow', 'We know how.', 'WITHDRAWN', '2025-03-31T23:59:59.999Z'),
    ('matched-offer', 'krakow', 'Let us do it together.', 'ACCEPTED', '2026-02-05T00:00:00Z')
  ) w (opportunity, responder, message, state, at) JOIN opportunity o ON o.slug = w.opportunity;`;

const EXPERTS = `
  INSERT INTO expert (slug, name, expertise, languages, city_id, contact)
  SELECT e.slug, e.name, e.expertise::text[], e.languages::text[], (SELECT id FROM city WHERE slug = e.city), e.contact
  FROM (VALUES
    ('ada-example', 'Ada Example', '{"Reading promotion","Library networks"}', '{en,pt-BR,zh-Hant-TW}', 'krakow',
     'ada@example.org'),
    ('bela-example', 'Béla Example', '{}', '{}', 'krakow', NULL),
    ('cem-example', 'Cem Example', '{"Film festivals"}', '{tr}', NULL, 'https://cem.example.org/'),
    ('dina-example', 'Dina Example', '{"Reading promotion"}', '{en}', 'york', NULL)
  ) e (slug, name, expertise, languages, city, contact);
  INSERT INTO expert_creative_field (record_id, creative_field_id)
  SELECT e.id, f.id FROM (VALUES ('ada-example', 'film'), ('ada-example', 'music'), ('cem-example', 'film')) w (expert, field)
  JOIN expert e ON e.slug = w.expert JOIN creative_field f ON f.slug = w.field;
  INSERT INTO expert_mission (expert_id, host_city_id, topic, starts_on, ends_on, state)
  SELECT e.id, c.id, w.topic, w.starts_on, w.ends_on, w.state::mission_state FROM (VALUES
    ('ada-example', 'york', 'A plan for libraries', '2019', '2019-06', 'COMPLETED'),
    ('ada-example', 'lyon', 'Réading in hospitals', '2018-05-03', '2018-05-10', 'CANCELLED'),
    ('ada-example', 'york', 'A second visit', NULL, NULL, 'REQUESTED'),
    ('cem-example', 'york', 'A festival of its own', '2097-02', NULL, 'AGREED'),
    ('cem-example', 'santos', 'Films in every school', '2097-03', NULL, 'REQUESTED'),
    ('dina-example', 'lyon', 'Readers of tomorrow', NULL, NULL, 'DECLINED')
  ) w (expert, city, topic, starts_on, ends_on, state) JOIN expert e ON e.slug = w.expert JOIN city c ON c.slug = w.city;`;

const PUBLICATIONS = `
  INSERT INTO publication (slug, title, year, url, kind) VALUES
    ('synthetic-report', 'Synthetic Report', 2097, 'https://report.example.org/', 'REPORT'),
    ('synthetic-guide', 'Synthetic Guide', 2016, NULL, 'GUIDE'),
    ('synthetic-cases', 'Sýnthetic Cases', NULL, 'https://cases.example.org/', 'CASE_STUDY_COLLECTION'),
    ('quiet-brochure', 'Quiet Brochure', NULL, NULL, 'BROCHURE');
  INSERT INTO publication_contribution (publication_id, contributor_id, kind, title)
  SELECT p.id, ${partner("w.contributor")}, w.kind::contribution_kind, w.title FROM (VALUES
    ('synthetic-report', 'krakow', 'CASE_STUDY', 'Books in every street'),
    ('synthetic-report', 'krakow', 'FUNDING', NULL),
    ('synthetic-report', 'gnlc', 'EDITOR', NULL),
    ('synthetic-report', 'book-institute', 'AUTHOR', 'The second chapter'),
    ('synthetic-guide', 'krakow', 'AUTHOR', NULL),
    ('synthetic-guide', 'iccar', 'FUNDING', NULL),
    ('synthetic-guide', 'film-works', 'TRANSLATION', NULL),
    ('synthetic-cases', 'york', 'CASE_STUDY', 'A festival of its own')
  ) w (publication, contributor, kind, title) JOIN publication p ON p.slug = w.publication;`;

export const OPPORTUNITIES_AND_EXPERTS = [AGREEMENTS, OPPORTUNITIES, EXPERTS, PUBLICATIONS].join("\n");
