// Rows of what the dataset has none of: calls with applications, monitoring reports with planned actions.

/** A call of each state on the tests' day, an application of each state, reports of each, and what is planned in them. */
export const CALLS_AND_REPORTS = `
  INSERT INTO application_call (slug, year, title, opens_on, closes_on) VALUES
    ('call-2025', 2025, 'Call of 2025', '2024-12-02', '2025-03-03'),
    ('call-2026', 2026, 'Çall of 2026', '2026-11-20', '2026-11-20'),
    ('call-2097', 2097, 'Call of 2097', '2096-12-01', '2097-02-28'),
    ('late-call-2097', 2097, 'Late call of 2097', '2097-05-01', '2097-06-30');
  UPDATE designation SET call_id = (SELECT id FROM application_call WHERE slug = 'call-2025')
  WHERE city_id IN (SELECT id FROM city WHERE slug IN ('krakow', 'york', 'lyon')) AND ended_on IS NULL;
  INSERT INTO application (call_id, city_id, creative_field_id, status, statement, submitted_at, decided_at, designation_id)
  SELECT (SELECT id FROM application_call WHERE slug = a.call), c.id,
    (SELECT id FROM creative_field WHERE slug = a.field), a.status::application_status, a.statement,
    a.submitted_at::timestamptz, a.decided_at::timestamptz,
    CASE WHEN a.linked THEN (SELECT id FROM designation WHERE city_id = c.id AND ended_on IS NULL) END
  FROM (VALUES
    ('call-2025', 'krakow', 'film', 'DESIGNATED', 'We film.', '2025-03-01T09:30:00.125Z', '2025-10-31T12:00:00Z', true),
    ('call-2025', 'york', 'music', 'DESIGNATED', NULL, '2025-03-03T23:59:59.999Z', '2025-10-31T12:00:00Z', false),
    ('call-2025', 'lyon', 'film', 'NOT_DESIGNATED', NULL, '2025-02-01T00:00:00Z', '2025-10-31T12:00:00Z', false),
    ('call-2026', 'krakow', 'music', 'DRAFT', NULL, NULL, NULL, false),
    ('call-2026', 'york', 'film', 'SUBMITTED', 'We film too.', '2026-11-20T08:00:00Z', NULL, false),
    ('call-2026', 'lyon', 'music', 'UNDER_EVALUATION', 'Music is "all", {we} say.', '2026-11-20T08:00:00Z', NULL, false),
    ('call-2097', 'krakow', 'film', 'WITHDRAWN', NULL, NULL, NULL, false)
  ) a (call, city, field, status, statement, submitted_at, decided_at, linked) JOIN city c ON c.slug = a.city;
  INSERT INTO monitoring_report (city_id, due_on, status, submitted_at, period_start, period_end, summary, document)
  SELECT c.id, r.due_on::date, r.status::report_status, r.submitted_at::timestamptz, r.period_start::date,
    r.period_end::date, r.summary, r.document
  FROM (VALUES
    ('krakow', '2021-10-31', 'ACCEPTED', '2021-10-30T16:00:00.5Z', '2017-11-01', '2021-10-31', 'Books everywhere.', 'https://reports.example.org/krakow-2021.pdf'),
    ('krakow', '2025-10-31', 'DRAFT', NULL, '2021-11-01', '2025-10-31', NULL, NULL),
    ('york', '2026-12-01', 'SUBMITTED', '2026-11-19T10:00:00Z', '2022-12-01', '2026-11-30', NULL, 'https://reports.example.org/york-2026.pdf'),
    ('york', '2022-12-01', 'ACCEPTED', '2023-01-15T10:00:00Z', '2018-12-01', '2022-11-30', 'Media arts in the minster.', NULL),
    ('lyon', '2026-11-20', 'DRAFT', NULL, '2026-11-20', '2026-11-20', 'Not yet.', NULL)
  ) r (city, due_on, status, submitted_at, period_start, period_end, summary, document) JOIN city c ON c.slug = r.city;
  INSERT INTO planned_action (report_id, city_id, report_status, title, area_of_action, objective, start_year, end_year)
  SELECT r.id, r.city_id, r.status, a.title, a.area::area_of_action, a.objective::objective, a.start_year, a.end_year
  FROM (VALUES
    ('krakow', '2021-10-31', 'Festival of books', 'EXCHANGE_PROGRAMMES', 'INTERNATIONAL_COOPERATION', 2022, 2025),
    ('krakow', '2021-10-31', 'Écrivains en résidence', 'PILOT_PARTNERSHIPS', 'CREATIVITY_HUBS', 2023, NULL),
    ('krakow', '2021-10-31', 'Study of readers', 'STUDIES_AND_EVALUATION', 'ACCESS_AND_PARTICIPATION', NULL, NULL),
    ('krakow', '2025-10-31', 'Secret festival', 'POLICIES_AND_MEASURES', 'INTEGRATION_IN_PLANS', 2026, 2026),
    ('york', '2026-12-01', 'Festival of light', 'COMMUNICATION_AND_AWARENESS', 'PARTNERSHIP_INITIATIVES', 2027, 2030),
    ('lyon', '2026-11-20', 'Hidden exchange', 'EXPERIENCE_SHARING', 'CREATION_AND_DISTRIBUTION', NULL, 2028)
  ) a (city, due_on, title, area, objective, start_year, end_year)
  JOIN city c ON c.slug = a.city JOIN monitoring_report r ON r.city_id = c.id AND r.due_on = a.due_on::date;
  INSERT INTO planned_action_goal (record_id, goal_id)
  SELECT p.id, g.id FROM (VALUES
    ('Festival of books', 4), ('Festival of books', 11), ('Festival of light', 11), ('Secret festival', 11), ('Secret festival', 17)
  ) w (title, number) JOIN planned_action p ON p.title = w.title JOIN sustainable_development_goal g ON g.number = w.number;`;
