-- Who may see a row, for the log: PUBLIC, or the ids of those whose keys see it, set apart by a space; the Secretariat sees
-- all. The same as visibleTo in the declarations, which test/database/audiences.test.ts compares.
CREATE OR REPLACE FUNCTION record_audience(record_type text, row_now jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN row_now IS NULL THEN NULL
    WHEN record_type = 'Application' THEN row_now ->> 'city_id'
    WHEN record_type = 'MonitoringReport' AND row_now ->> 'status' = 'DRAFT' THEN row_now ->> 'city_id'
    WHEN record_type = 'PlannedAction' AND row_now ->> 'report_status' = 'DRAFT' THEN row_now ->> 'city_id'
    WHEN record_type = 'Opportunity' AND row_now ->> 'state' = 'DRAFT' THEN row_now ->> 'posted_by_id'
    WHEN record_type = 'OpportunityResponse' THEN concat_ws(' ', row_now ->> 'responder_id', row_now ->> 'posted_by_id')
    ELSE 'PUBLIC'
  END
$$;

-- The whole order of a record's history: with a part of it, the planner rather sorts all entries of the record.
DROP INDEX "change_log_record_id_revision_idx";
CREATE INDEX "change_log_record_id_revision_ordinal_idx" ON "change_log"("record_id", "revision", "ordinal");

-- Organizations have keys of their own, and write their own record with them.
DROP TRIGGER write_lock ON "organization";
DROP TRIGGER no_truncate ON "organization";
DROP TRIGGER log_insert ON "organization";
DROP TRIGGER log_update ON "organization";
DROP TRIGGER log_delete ON "organization";
SELECT log_record_table('organization', 'Organization', 'self');
UPDATE "record" SET "authority" = "id" WHERE "type" = 'Organization' AND "operation" = 'UPSERT';
