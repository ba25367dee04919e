-- The transaction that mints a revision tells every process that listens, when it commits: "<epoch>:<revision>" on the
-- channel ccg_revision. See docs/architecture.md, "The revision across processes".
-- Sent with the update that mints, once a transaction: a savepoint that is rolled back takes the message back with the number.
CREATE OR REPLACE FUNCTION mint_revision() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  transaction_id bigint := pg_current_xact_id()::text::bigint;
  minted bigint;
  minted_in uuid;
BEGIN
  UPDATE revision_counter
  SET revision = revision + 1, minted_by = transaction_id, minted_at = greatest(minted_at, clock_timestamp())
  WHERE minted_by IS DISTINCT FROM transaction_id
  RETURNING revision, epoch INTO minted, minted_in;
  IF minted IS NULL THEN
    SELECT revision INTO STRICT minted FROM revision_counter;
  ELSE
    PERFORM pg_notify('ccg_revision', minted_in || ':' || minted);
  END IF;
  RETURN minted;
END $$;
