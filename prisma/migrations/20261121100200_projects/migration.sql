-- What cities do together: projects, and who takes part in them.

CREATE TYPE "project_status" AS ENUM ('PROPOSED', 'ACTIVE', 'COMPLETED', 'CANCELLED');

CREATE TYPE "participation_role" AS ENUM ('LEAD', 'PARTNER');

CREATE TYPE "participation_status" AS ENUM ('INVITED', 'ACCEPTED', 'DECLINED', 'LEFT');

CREATE TABLE "project" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT,
    "status" "project_status" NOT NULL,
    "kind" TEXT,
    "starts_on" TEXT,
    "ends_on" TEXT,
    "website" TEXT,
    "themes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "other_participants" TEXT,
    "areas_of_action" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "objectives" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "beneficiaries" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "meeting_id" UUID,
    "confidence" "confidence",
    "note" TEXT,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "project_slug_is_slug" CHECK (is_slug("slug")),
    CONSTRAINT "project_title_is_not_empty" CHECK (btrim("title") <> ''),
    CONSTRAINT "project_starts_on_is_partial_date" CHECK (is_partial_date("starts_on")),
    CONSTRAINT "project_ends_on_is_partial_date" CHECK (is_partial_date("ends_on")),
    CONSTRAINT "project_ends_after_it_begins" CHECK (first_day("ends_on") >= first_day("starts_on")),
    CONSTRAINT "project_areas_of_action_are_known" CHECK ("areas_of_action" <@ ARRAY['EXPERIENCE_SHARING', 'PILOT_PARTNERSHIPS', 'EXCHANGE_PROGRAMMES', 'STUDIES_AND_EVALUATION', 'POLICIES_AND_MEASURES', 'COMMUNICATION_AND_AWARENESS']),
    CONSTRAINT "project_objectives_are_known" CHECK ("objectives" <@ ARRAY['INTERNATIONAL_COOPERATION', 'PARTNERSHIP_INITIATIVES', 'CREATION_AND_DISTRIBUTION', 'CREATIVITY_HUBS', 'ACCESS_AND_PARTICIPATION', 'INTEGRATION_IN_PLANS']),
    CONSTRAINT "project_beneficiaries_are_known" CHECK ("beneficiaries" <@ ARRAY['CREATORS', 'MARGINALIZED_OR_VULNERABLE', 'WOMEN', 'YOUTH', 'GENERAL_PUBLIC'])
);

CREATE TABLE "project_creative_field" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "creative_field_id" UUID NOT NULL,

    CONSTRAINT "project_creative_field_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "project_goal" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "goal_id" UUID NOT NULL,

    CONSTRAINT "project_goal_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "project_participation" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "project_id" UUID NOT NULL,
    "partner_id" UUID NOT NULL,
    "role" "participation_role" NOT NULL,
    "status" "participation_status" NOT NULL,
    "since" TEXT,
    "until" TEXT,

    CONSTRAINT "project_participation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "project_participation_since_is_partial_date" CHECK (is_partial_date("since")),
    CONSTRAINT "project_participation_until_is_partial_date" CHECK (is_partial_date("until")),
    CONSTRAINT "project_participation_ends_after_it_begins" CHECK (first_day("until") >= first_day("since"))
);

CREATE UNIQUE INDEX "project_slug_key" ON "project"("slug");
CREATE INDEX "project_meeting_id_idx" ON "project"("meeting_id");
CREATE INDEX "project_creative_field_creative_field_id_id_idx" ON "project_creative_field"("creative_field_id", "id");
CREATE UNIQUE INDEX "project_creative_field_record_id_creative_field_id_key" ON "project_creative_field"("record_id", "creative_field_id");
CREATE INDEX "project_goal_goal_id_id_idx" ON "project_goal"("goal_id", "id");
CREATE UNIQUE INDEX "project_goal_record_id_goal_id_key" ON "project_goal"("record_id", "goal_id");
CREATE INDEX "project_participation_project_id_id_idx" ON "project_participation"("project_id", "id");
CREATE INDEX "project_participation_partner_id_id_idx" ON "project_participation"("partner_id", "id");
CREATE UNIQUE INDEX "project_participation_project_id_partner_id_key" ON "project_participation"("project_id", "partner_id");
CREATE INDEX "project_title_order" ON "project" (fold("title") COLLATE "C", "id");
CREATE INDEX "project_title_trgm" ON "project" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "project_meeting_title_order" ON "project" ("meeting_id", fold("title") COLLATE "C", "id");
-- An unknown date orders as one after all others, in lists as here: see unknownDateKey in src/database/read/order.ts.
CREATE INDEX "project_participation_since_order" ON "project_participation" (coalesce(first_day("since"), 'infinity'::date), "id");
CREATE INDEX "project_participation_project_since_order" ON "project_participation" ("project_id", coalesce(first_day("since"), 'infinity'::date), "id");
CREATE UNIQUE INDEX "project_has_one_lead" ON "project_participation" ("project_id") WHERE "role" = 'LEAD';
CREATE INDEX "project_areas_of_action" ON "project" USING gin ("areas_of_action");

ALTER TABLE "project" ADD CONSTRAINT "project_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "project_creative_field" ADD CONSTRAINT "project_creative_field_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "project_creative_field" ADD CONSTRAINT "project_creative_field_creative_field_id_fkey" FOREIGN KEY ("creative_field_id") REFERENCES "creative_field"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "project_goal" ADD CONSTRAINT "project_goal_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "project_goal" ADD CONSTRAINT "project_goal_goal_id_fkey" FOREIGN KEY ("goal_id") REFERENCES "sustainable_development_goal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "project_participation" ADD CONSTRAINT "project_participation_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "project_participation" ADD CONSTRAINT "project_participation_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT
  log_record_table('project', 'Project', 'secretariat'),
  log_part_table('project_creative_field', 'creativeFields'),
  log_part_table('project_goal', 'goals'),
  log_record_table('project_participation', 'ProjectParticipation', 'partner_id');
