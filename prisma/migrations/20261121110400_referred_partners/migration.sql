-- Partners are referred to by their heads, which stay when a record is deleted: what a foreign key would refuse is refused here.

CREATE FUNCTION refuse_deletion_of_referred_partners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE referring text;
BEGIN
  SELECT r.referring INTO referring FROM (
    SELECT partner_id AS id, 'project_participation' AS referring FROM project_participation
    UNION ALL SELECT posted_by_id, 'opportunity' FROM opportunity
    UNION ALL SELECT responder_id, 'opportunity_response' FROM opportunity_response
    UNION ALL SELECT contributor_id, 'publication_contribution' FROM publication_contribution
  ) r WHERE r.id IN (SELECT id FROM old_rows) LIMIT 1;
  IF referring IS NOT NULL THEN
    RAISE EXCEPTION 'a % that is deleted is still referred to by a %', TG_TABLE_NAME, referring
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = format('%s_is_referred_to', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER no_referred_partners AFTER DELETE ON "city" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion_of_referred_partners();
CREATE TRIGGER no_referred_partners AFTER DELETE ON "network" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion_of_referred_partners();
CREATE TRIGGER no_referred_partners AFTER DELETE ON "organization" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion_of_referred_partners();

CREATE TRIGGER partner_insert AFTER INSERT ON "project_participation" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_partners('partner_id');
CREATE TRIGGER partner_update AFTER UPDATE ON "project_participation" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_partners('partner_id');
