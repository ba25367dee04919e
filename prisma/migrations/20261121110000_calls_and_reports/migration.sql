-- How cities become members and what they owe as members: calls with their applications, monitoring reports with the
-- actions that they plan.

CREATE TYPE "call_status" AS ENUM ('UPCOMING', 'OPEN', 'CLOSED');

CREATE TYPE "application_status" AS ENUM ('DRAFT', 'SUBMITTED', 'UNDER_EVALUATION', 'DESIGNATED', 'NOT_DESIGNATED', 'WITHDRAWN');

CREATE TYPE "report_status" AS ENUM ('DRAFT', 'SUBMITTED', 'ACCEPTED');

CREATE TYPE "reporting_status" AS ENUM ('UNKNOWN', 'UP_TO_DATE', 'OVERDUE');

CREATE TYPE "area_of_action" AS ENUM ('EXPERIENCE_SHARING', 'PILOT_PARTNERSHIPS', 'EXCHANGE_PROGRAMMES', 'STUDIES_AND_EVALUATION', 'POLICIES_AND_MEASURES', 'COMMUNICATION_AND_AWARENESS');

CREATE TYPE "objective" AS ENUM ('INTERNATIONAL_COOPERATION', 'PARTNERSHIP_INITIATIVES', 'CREATION_AND_DISTRIBUTION', 'CREATIVITY_HUBS', 'ACCESS_AND_PARTICIPATION', 'INTEGRATION_IN_PLANS');

CREATE TABLE "application_call" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "opens_on" DATE NOT NULL,
    "closes_on" DATE NOT NULL,

    CONSTRAINT "application_call_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "application_call_slug_is_slug" CHECK (public.is_slug("slug")),
    CONSTRAINT "application_call_title_is_not_empty" CHECK (btrim("title") <> ''),
    CONSTRAINT "application_call_year_is_of_our_time" CHECK ("year" BETWEEN 1900 AND 2200),
    CONSTRAINT "application_call_closes_after_it_opens" CHECK ("closes_on" >= "opens_on")
);

CREATE TABLE "application" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "call_id" UUID NOT NULL,
    "city_id" UUID NOT NULL,
    "creative_field_id" UUID NOT NULL,
    "status" "application_status" NOT NULL,
    "statement" TEXT,
    "submitted_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "designation_id" UUID,

    CONSTRAINT "application_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "application_submission_is_dated" CHECK ("submitted_at" IS NOT NULL OR "status" IN ('DRAFT', 'WITHDRAWN')),
    CONSTRAINT "application_decision_is_dated" CHECK (("decided_at" IS NOT NULL) = ("status" IN ('DESIGNATED', 'NOT_DESIGNATED'))),
    CONSTRAINT "application_is_decided_after_it_is_submitted" CHECK ("decided_at" >= "submitted_at"),
    CONSTRAINT "application_only_a_successful_one_has_a_designation" CHECK ("status" = 'DESIGNATED' OR "designation_id" IS NULL)
);

CREATE TABLE "monitoring_report" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "city_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "status" "report_status" NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "period_start" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "summary" TEXT,
    "document" TEXT,

    CONSTRAINT "monitoring_report_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "monitoring_report_submission_is_dated" CHECK (("submitted_at" IS NOT NULL) = ("status" <> 'DRAFT')),
    CONSTRAINT "monitoring_report_period_ends_after_it_begins" CHECK ("period_end" >= "period_start")
);

CREATE TABLE "planned_action" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "report_id" UUID NOT NULL,
    "city_id" UUID NOT NULL,
    "report_status" "report_status" NOT NULL,
    "title" TEXT NOT NULL,
    "area_of_action" "area_of_action" NOT NULL,
    "objective" "objective" NOT NULL,
    "start_year" INTEGER,
    "end_year" INTEGER,

    CONSTRAINT "planned_action_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "planned_action_title_is_not_empty" CHECK (btrim("title") <> ''),
    CONSTRAINT "planned_action_start_year_is_of_our_time" CHECK ("start_year" BETWEEN 1900 AND 2200),
    CONSTRAINT "planned_action_end_year_is_of_our_time" CHECK ("end_year" BETWEEN 1900 AND 2200),
    CONSTRAINT "planned_action_ends_after_it_begins" CHECK ("end_year" >= "start_year")
);

CREATE TABLE "planned_action_goal" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "goal_id" UUID NOT NULL,

    CONSTRAINT "planned_action_goal_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "designation" ADD COLUMN "call_id" UUID;

CREATE UNIQUE INDEX "application_call_slug_key" ON "application_call"("slug");
CREATE UNIQUE INDEX "application_designation_id_key" ON "application"("designation_id");
CREATE INDEX "application_call_id_id_idx" ON "application"("call_id", "id");
CREATE INDEX "application_city_id_id_idx" ON "application"("city_id", "id");
CREATE INDEX "application_creative_field_id_idx" ON "application"("creative_field_id");
CREATE UNIQUE INDEX "application_call_id_city_id_key" ON "application"("call_id", "city_id");
CREATE UNIQUE INDEX "monitoring_report_city_id_due_on_key" ON "monitoring_report"("city_id", "due_on");
CREATE UNIQUE INDEX "monitoring_report_id_city_id_status_key" ON "monitoring_report"("id", "city_id", "status");
CREATE INDEX "planned_action_goal_goal_id_id_idx" ON "planned_action_goal"("goal_id", "id");
CREATE UNIQUE INDEX "planned_action_goal_record_id_goal_id_key" ON "planned_action_goal"("record_id", "goal_id");
CREATE INDEX "application_call_year_order" ON "application_call" ("year", "id");
CREATE INDEX "application_call_title_order" ON "application_call" (fold("title") COLLATE "C", "id");
CREATE INDEX "application_call_title_trgm" ON "application_call" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "monitoring_report_due_order" ON "monitoring_report" ("due_on", "id");
CREATE INDEX "monitoring_report_city_due_order" ON "monitoring_report" ("city_id", "due_on", "id");
CREATE INDEX "planned_action_title_order" ON "planned_action" (fold("title") COLLATE "C", "id");
CREATE INDEX "planned_action_title_trgm" ON "planned_action" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "planned_action_report_title_order" ON "planned_action" ("report_id", fold("title") COLLATE "C", "id");
CREATE INDEX "planned_action_city_title_order" ON "planned_action" ("city_id", fold("title") COLLATE "C", "id");
-- What everybody sees, in the order of the lists, so that drafts are not read through.
CREATE INDEX "monitoring_report_public_due_order" ON "monitoring_report" ("due_on", "id") WHERE "status" <> 'DRAFT';
CREATE INDEX "planned_action_public_title_order" ON "planned_action" (fold("title") COLLATE "C", "id") WHERE "report_status" <> 'DRAFT';
CREATE INDEX "designation_call_date_order" ON "designation" ("call_id", first_day("designated_on"), "id");

ALTER TABLE "designation" ADD CONSTRAINT "designation_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "application_call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "application" ADD CONSTRAINT "application_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "application_call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "application" ADD CONSTRAINT "application_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "application" ADD CONSTRAINT "application_creative_field_id_fkey" FOREIGN KEY ("creative_field_id") REFERENCES "creative_field"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "application" ADD CONSTRAINT "application_designation_id_fkey" FOREIGN KEY ("designation_id") REFERENCES "designation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "monitoring_report" ADD CONSTRAINT "monitoring_report_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "planned_action" ADD CONSTRAINT "planned_action_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "monitoring_report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "planned_action" ADD CONSTRAINT "planned_action_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Who sees an action follows from its own row: city and status are the report's, and change with it.
ALTER TABLE "planned_action" ADD CONSTRAINT "planned_action_report_id_city_id_report_status_fkey" FOREIGN KEY ("report_id", "city_id", "report_status") REFERENCES "monitoring_report"("id", "city_id", "status") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "planned_action_goal" ADD CONSTRAINT "planned_action_goal_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "planned_action"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "planned_action_goal" ADD CONSTRAINT "planned_action_goal_goal_id_fkey" FOREIGN KEY ("goal_id") REFERENCES "sustainable_development_goal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a member owes: a report every four years, counted from the beginning of its membership. One row for a member of
-- that day, none for another city. Drafts are not asked, so that nobody learns of them by what follows from them; nor are
-- reports of an earlier membership, which the present one does not go on from.
-- STABLE, in SQL and of one statement, so that PostgreSQL puts the body where it is called and plans the two as one.
-- OFFSET 0 keeps a row whole: what it computes is else computed again in each place that uses it.
CREATE FUNCTION reporting_of(member_id uuid, today date) RETURNS TABLE (next_report_due date, reporting_status reporting_status)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
  SELECT due.next,
    CASE
      WHEN last_report.due_on IS NULL THEN 'UNKNOWN'::reporting_status
      WHEN due.next < today THEN 'OVERDUE'
      ELSE 'UP_TO_DATE'
    END
  FROM (
    SELECT first_day(h.since) AS since, (extract(year FROM today) - extract(year FROM first_day(h.since)))::int / 4 * 4 AS years
    FROM home_membership h
    WHERE h.city_id = member_id AND in_force(h.since, h.until, today)
    OFFSET 0
  ) member
  LEFT JOIN LATERAL (
    SELECT r.due_on FROM monitoring_report r
    WHERE r.city_id = member_id AND r.status <> 'DRAFT' AND r.due_on > member.since
    ORDER BY r.due_on DESC
    LIMIT 1
  ) last_report ON true
  CROSS JOIN LATERAL (
    SELECT (CASE
      WHEN last_report.due_on IS NOT NULL THEN last_report.due_on + interval '4 years'
      -- What was due before today is not known, so it is not called overdue. Nothing is due on the first day of all.
      WHEN member.years > 0 AND member.since + make_interval(years => member.years) >= today
        THEN member.since + make_interval(years => member.years)
      ELSE member.since + make_interval(years => member.years + 4)
    END)::date AS next
    OFFSET 0
  ) due
$$;

SELECT
  log_record_table('application_call', 'ApplicationCall', 'secretariat'),
  log_record_table('application', 'Application', 'city_id'),
  log_record_table('monitoring_report', 'MonitoringReport', 'city_id'),
  log_record_table('planned_action', 'PlannedAction', 'city_id'),
  log_part_table('planned_action_goal', 'goals');
