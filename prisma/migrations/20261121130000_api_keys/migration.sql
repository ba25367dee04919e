-- API keys. Not a table of records: a key has no revision, stands in no log and is found by no query for records.

CREATE TYPE "key_role" AS ENUM ('READER', 'CITY', 'NETWORK', 'ORGANIZATION', 'SECRETARIAT');

-- The hash is SHA-256 of the token, in hexadecimal. A token has 256 random bits, which nobody finds by trying: the slow
-- hash that a password needs would only make every request slow.
-- A name is never given again, not even when its key is revoked: the log says by it who wrote.
CREATE TABLE "api_key" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "key_role" NOT NULL,
    "scope" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_key_hash_is_sha_256" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
    CONSTRAINT "api_key_name_is_not_blank" CHECK (btrim("name") <> ''),
    CONSTRAINT "api_key_created_by_is_not_blank" CHECK (btrim("created_by") <> ''),
    CONSTRAINT "api_key_scope_is_of_scoped_roles" CHECK (("role" IN ('CITY', 'NETWORK', 'ORGANIZATION')) = ("scope" IS NOT NULL))
);

CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");
CREATE UNIQUE INDEX "api_key_name_key" ON "api_key"("name");

-- Heads are for ever, so the reference stays when the record is deleted or merged.
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_scope_fkey" FOREIGN KEY ("scope") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A city's key belongs to a city: a check cannot look into another table.
CREATE FUNCTION refuse_wrong_key_scope() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted CONSTANT text := CASE NEW.role
    WHEN 'CITY' THEN 'City' WHEN 'NETWORK' THEN 'Network' WHEN 'ORGANIZATION' THEN 'Organization' END;
  found text;
BEGIN
  SELECT type INTO found FROM public.record WHERE id = NEW.scope;
  IF found <> wanted THEN
    RAISE EXCEPTION 'a key of role % belongs to a %, but got a %', NEW.role, wanted, found USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER scope_is_of_its_type BEFORE INSERT OR UPDATE OF "role", "scope" ON "api_key"
  FOR EACH ROW WHEN (NEW.scope IS NOT NULL) EXECUTE FUNCTION refuse_wrong_key_scope();
