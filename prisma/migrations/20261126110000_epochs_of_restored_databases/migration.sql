-- A dump that is put back into the very database that it was taken from must begin a new epoch: its counter would give revisions a second
-- time, for other contents. Who restores makes the table anew, or its row: both are noticed here, before the next revision is given.

-- The OID of the table that the counter counts in. A dump brings along that of the table it was taken from.
ALTER TABLE "revision_counter" ADD COLUMN "counted_in" OID;

-- Locks the counter for the rest of the transaction, in the epoch that is its own.
CREATE FUNCTION take_counter() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  current_revision bigint;
  is_own boolean;
BEGIN
  SELECT c.revision, c.counted_in IS NOT DISTINCT FROM c.tableoid INTO STRICT current_revision, is_own
  FROM revision_counter c FOR UPDATE;
  IF NOT is_own THEN
    UPDATE revision_counter c SET epoch = gen_random_uuid(), counted_in = c.tableoid, minted_by = NULL;
  END IF;
  RETURN current_revision;
END $$;

CREATE OR REPLACE FUNCTION begin_write(actor text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('ccg.actor', actor, true);
  RETURN take_counter();
END $$;

CREATE OR REPLACE FUNCTION take_write_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM take_counter();
  RETURN NULL;
END $$;

-- A row that comes from elsewhere, of a dump of the data alone say. Whoever restores tables with their data does so before there are triggers.
CREATE FUNCTION begin_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.epoch := gen_random_uuid();
  NEW.counted_in := TG_RELID;
  NEW.minted_by := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER begin_epoch BEFORE INSERT ON revision_counter FOR EACH ROW EXECUTE FUNCTION begin_epoch();
