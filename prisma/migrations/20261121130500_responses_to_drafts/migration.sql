-- A draft has no responses, as before; only the rows that a statement touched are looked at.
DROP TRIGGER no_responses_to_drafts ON "opportunity_response";
DROP TRIGGER no_responses_to_drafts ON "opportunity";
DROP FUNCTION refuse_responses_to_drafts();

CREATE FUNCTION refuse_responses_to_drafts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answered boolean;
BEGIN
  IF TG_TABLE_NAME = 'opportunity' THEN
    SELECT EXISTS (
      SELECT FROM new_rows o JOIN opportunity_response r ON r.opportunity_id = o.id WHERE o.state = 'DRAFT') INTO answered;
  ELSE
    SELECT EXISTS (
      SELECT FROM new_rows r JOIN opportunity o ON o.id = r.opportunity_id WHERE o.state = 'DRAFT') INTO answered;
  END IF;
  IF answered THEN
    RAISE EXCEPTION 'a draft has no responses: publish the opportunity first, and leave one that was answered published or withdraw it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'opportunity_response_is_not_to_a_draft';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER responses_to_drafts_insert AFTER INSERT ON "opportunity_response" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_responses_to_drafts();
CREATE TRIGGER responses_to_drafts_update AFTER UPDATE ON "opportunity_response" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_responses_to_drafts();
CREATE TRIGGER responses_to_drafts_update AFTER UPDATE ON "opportunity" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_responses_to_drafts();
