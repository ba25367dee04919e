-- An epoch that no restore brings back, whatever triggers are off, and a counter that knows all that a copy can differ in. See
-- docs/architecture.md, "Epochs". Functions and what they call are qualified: these run beside a restore too.

-- It is not immutable at all, and says so because a generated column takes nothing else: PostgreSQL calls it when the row is
-- inserted, by COPY too and whatever triggers are disabled, and when "id" is set. A dump holds no value of such a column,
-- so that a row which was restored has an epoch of its own from its first moment.
CREATE FUNCTION new_epoch(id integer) RETURNS uuid LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN gen_random_uuid();
END $$;

-- A row trigger BEFORE UPDATE on this table would have the column computed at every update: there must be none.
ALTER TABLE "revision_counter" DROP COLUMN "epoch";
ALTER TABLE "revision_counter" ADD COLUMN "epoch" UUID NOT NULL GENERATED ALWAYS AS (public.new_epoch("id")) STORED;
ALTER TABLE "revision_counter" ADD COLUMN "witness" TEXT;

-- What a copy of files brings along, or of a whole database, differs in one of these: cluster, database, timeline (another one after
-- each promotion and each recovery to a point in time), and the table itself, which a restore drops and makes anew. A session never
-- leaves its cluster and its database, so it looks them up once. The timeline is that of the log's next record, which is known at once:
-- pg_control_checkpoint() tells of a promotion minutes later.
CREATE FUNCTION counter_home(counter oid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE place text := current_setting('ccg.place', true);
BEGIN
  IF place IS NULL OR place = '' THEN
    SELECT concat_ws(':', s.system_identifier, d.oid) INTO STRICT place
    FROM pg_control_system() s, pg_database d WHERE d.datname = current_database();
    PERFORM set_config('ccg.place', place, false);
  END IF;
  RETURN concat_ws(':', place, left(pg_walfile_name(pg_current_wal_lsn()), 8), counter);
END $$;

-- Begins a new epoch, waiting for whoever writes, and tells every process that listens. The transaction that minted last has a
-- number that another cluster gives again.
CREATE FUNCTION begin_epoch() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE begun record;
BEGIN
  UPDATE public.revision_counter c SET id = c.id, home = public.counter_home(c.tableoid), minted_by = NULL
  RETURNING c.epoch, c.revision INTO STRICT begun;
  PERFORM pg_notify('ccg_revision', begun.epoch || ':' || begun.revision);
  RETURN begun.epoch;
END $$;

-- Whether the counter is where it belongs and goes on from what a process knows of it: the epoch and the newest revision, and what the
-- counter itself said last, a revision and when it was minted. Without arguments nothing is known. A standby has its primary's counter,
-- and may be behind.
CREATE FUNCTION counter_goes_on(
  known_epoch uuid DEFAULT NULL, known_revision bigint DEFAULT NULL, seen_revision bigint DEFAULT NULL, seen_at timestamptz DEFAULT NULL
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
  IF pg_is_in_recovery() THEN
    RETURN true;
  END IF;
  SELECT epoch, revision, minted_at, home, tableoid INTO STRICT c FROM public.revision_counter;
  IF c.home IS DISTINCT FROM public.counter_home(c.tableoid) THEN
    RETURN false;
  END IF;
  IF c.epoch IS DISTINCT FROM known_epoch THEN
    RETURN true;
  END IF;
  IF c.revision < known_revision THEN
    RETURN false;
  END IF;
  -- A counter that was put back and has passed what is known already has given its numbers to others.
  IF c.revision = seen_revision THEN
    RETURN c.minted_at = seen_at;
  END IF;
  RETURN coalesce(seen_revision, 0) = 0
    OR EXISTS (SELECT FROM public.change_log WHERE revision = seen_revision AND committed_at = seen_at);
END $$;

-- A restore makes a table's primary key when its rows are there: until all tables of records have theirs, more is to come.
CREATE FUNCTION restore_is_under_way() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM (
      SELECT 'public.revision_counter'::regclass AS oid
      UNION SELECT 'public.change_log'::regclass
      UNION SELECT 'public.record'::regclass
      UNION SELECT a.adrelid FROM pg_attrdef a JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = a.oid
      WHERE d.refclassid = 'pg_proc'::regclass AND d.refobjid = 'public.new_record_id()'::regprocedure
    ) ours WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = ours.oid AND i.indisprimary))
$$;

-- Begins a new epoch where the counter does not go on, however many processes find that at once. While a restore is under way it waits
-- for the end: what is read meanwhile is not all, and must not be of the epoch that stays. Returns whether an epoch began.
CREATE FUNCTION settle_epoch(
  known_epoch uuid DEFAULT NULL, known_revision bigint DEFAULT NULL, seen_revision bigint DEFAULT NULL, seen_at timestamptz DEFAULT NULL
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  -- Each statement from here on sees what was committed before the lock was had.
  PERFORM FROM public.revision_counter FOR UPDATE;
  IF public.counter_goes_on(known_epoch, known_revision, seen_revision, seen_at) OR public.restore_is_under_way() THEN
    RETURN false;
  END IF;
  PERFORM public.begin_epoch();
  RETURN true;
END $$;

-- Locks the counter for the rest of the transaction, in the epoch that is its own.
CREATE FUNCTION take_counter() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  current_revision bigint;
  is_home boolean;
BEGIN
  SELECT c.revision, c.home IS NOT DISTINCT FROM public.counter_home(c.tableoid) INTO STRICT current_revision, is_home
  FROM public.revision_counter c FOR UPDATE;
  IF NOT is_home THEN
    PERFORM public.settle_epoch();
  END IF;
  RETURN current_revision;
END $$;

CREATE OR REPLACE FUNCTION begin_write(actor text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('ccg.actor', actor, true);
  RETURN public.take_counter();
END $$;

CREATE OR REPLACE FUNCTION take_write_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.take_counter();
  RETURN NULL;
END $$;

-- The counter is at home from here on. That this begins an epoch, once, is meant: until now a dump that was put back into its own
-- database was not noticed, and this may be one.
UPDATE "revision_counter" SET "home" = public.counter_home(tableoid), "minted_by" = NULL;
