-- Practices are submitted, and accepted or declined; missions of experts are requested, agreed to and completed, or not.

CREATE TYPE "practice_state" AS ENUM ('SUBMITTED', 'ACCEPTED', 'DECLINED');

CREATE TYPE "mission_state" AS ENUM ('REQUESTED', 'AGREED', 'COMPLETED', 'DECLINED', 'CANCELLED');

-- No column has it: it is computed on read, from the host city's country.
CREATE TYPE "mission_priority" AS ENUM ('GLOBAL_SOUTH', 'OTHER');

-- What was recorded before there were states had been accepted, and had taken place. The log says of a change what it
-- changed then, so it is left as it is; from now on, whoever writes a row says its state.
ALTER TABLE "practice" ADD COLUMN "state" "practice_state" NOT NULL DEFAULT 'ACCEPTED';
ALTER TABLE "practice" ALTER COLUMN "state" DROP DEFAULT;
ALTER TABLE "practice" ADD COLUMN "submitted_by_id" UUID;
-- Nobody else would see it, and nobody could submit it again.
ALTER TABLE "practice" ADD CONSTRAINT "practice_not_accepted_was_submitted" CHECK ("state" = 'ACCEPTED' OR "submitted_by_id" IS NOT NULL);
ALTER TABLE "expert_mission" ADD COLUMN "state" "mission_state" NOT NULL DEFAULT 'COMPLETED';
ALTER TABLE "expert_mission" ALTER COLUMN "state" DROP DEFAULT;

CREATE INDEX "practice_submitted_by_title_order" ON "practice" ("submitted_by_id", fold("title") COLLATE "C", "id");
-- What everybody sees, in the order of the lists, so that the others are not read through.
CREATE INDEX "practice_public_title_order" ON "practice" (fold("title") COLLATE "C", "id") WHERE "state" = 'ACCEPTED';
CREATE INDEX "practice_public_title_order_of_collection" ON "practice" ("collection_id", fold("title") COLLATE "C", "id") WHERE "state" = 'ACCEPTED';
-- What waits for the Secretariat is few among many.
CREATE INDEX "practice_state_id_idx" ON "practice" ("state", "id");
CREATE INDEX "expert_mission_state_id_idx" ON "expert_mission" ("state", "id");

ALTER TABLE "practice" ADD CONSTRAINT "practice_submitted_by_id_fkey" FOREIGN KEY ("submitted_by_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The same as visibleTo in the declarations; see 20261121110300_audiences.
CREATE OR REPLACE FUNCTION record_audience(record_type text, row_now jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN row_now IS NULL THEN NULL
    WHEN record_type = 'Application' THEN row_now ->> 'city_id'
    WHEN record_type = 'MonitoringReport' AND row_now ->> 'status' = 'DRAFT' THEN row_now ->> 'city_id'
    WHEN record_type = 'PlannedAction' AND row_now ->> 'report_status' = 'DRAFT' THEN row_now ->> 'city_id'
    WHEN record_type = 'Opportunity' AND row_now ->> 'state' = 'DRAFT' THEN row_now ->> 'posted_by_id'
    WHEN record_type = 'OpportunityResponse' THEN concat_ws(' ', row_now ->> 'responder_id', row_now ->> 'posted_by_id')
    WHEN record_type = 'Practice' AND row_now ->> 'state' <> 'ACCEPTED' THEN row_now ->> 'submitted_by_id'
    ELSE 'PUBLIC'
  END
$$;

-- A practice belongs to the city that submitted it: none of those that are here already was.
DROP TRIGGER write_lock ON "practice";
DROP TRIGGER no_truncate ON "practice";
DROP TRIGGER log_insert ON "practice";
DROP TRIGGER log_update ON "practice";
DROP TRIGGER log_delete ON "practice";
SELECT log_record_table('practice', 'Practice', 'submitted_by_id');

-- A mission belongs to the city that asks for an expert.
DROP TRIGGER write_lock ON "expert_mission";
DROP TRIGGER no_truncate ON "expert_mission";
DROP TRIGGER log_insert ON "expert_mission";
DROP TRIGGER log_update ON "expert_mission";
DROP TRIGGER log_delete ON "expert_mission";
SELECT log_record_table('expert_mission', 'ExpertMission', 'host_city_id');
UPDATE "record" SET "authority" = m."host_city_id" FROM "expert_mission" m WHERE m."id" = "record"."id";
