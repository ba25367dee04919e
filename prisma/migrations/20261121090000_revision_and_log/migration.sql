-- The foundations: one revision, the heads, the log, the parts that any record may have, and the functions that
-- every later migration builds on. See docs/architecture.md, "One revision" and "The database keeps the log".

-- All four are trusted extensions: the owner of a database may create them (PostgreSQL 13 and later).
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA public;

-- Names in these are qualified: a restore checks constraints and builds indexes with an empty search_path.
-- ── Functions over values ───────────────────────────────────────────────────────────────────────────────────

-- A version 7 UUID (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits. Never reused, also not
-- after a restore, and in the order of creation, so that "as recorded" is an order that an index can serve.
-- (PostgreSQL has uuidv7() of its own only from 18 on.)
CREATE FUNCTION new_record_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
        FROM 1 FOR 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;

-- Text as it is compared: compatibility forms and accents undone, Cyrillic and Greek letters replaced by a Latin one
-- each, lower case, punctuation as one space. It does not depend on the locale of the database, so both homes
-- agree. unaccent() is only STABLE because its dictionary could be changed; naming the dictionary pins it.
-- Letter for letter, not a transliteration to be shown: it only has to be the same for the same word, and near for near ones.
CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(
    lower(translate(
      public.unaccent('public.unaccent'::regdictionary, normalize(value, NFKC)),
      'АБВГҐДЕЁЄЖЗИІЇЙКЛМНОПРСТУЎФХЦЧШЩЫЭЮЯабвгґдеёєжзиіїйклмнопрстуўфхцчшщыэюяΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωЪЬъь',
      'ABVGGDEEEJZIIIIKLMNOPRSTUUFHCCSSYEUAabvggdeeejziiiiklmnoprstuufhccssyeuaAVGDEZITIKLMNXOPRSTYFHPOavgdezitiklmnxoprsstyfhpo'
    ) COLLATE "C"),
    '[[:space:]!-/:-@[-`{-~]+', ' ', 'g'))
$$;

-- Partial dates are text, shown as known: 2016, 2015-05 or 2016-09-14; they compare by their first day.
CREATE FUNCTION first_day(partial_date text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT make_date(
    left(partial_date, 4)::int,
    coalesce(nullif(substr(partial_date, 6, 2), ''), '1')::int,
    coalesce(nullif(substr(partial_date, 9, 2), ''), '1')::int)
$$;

CREATE FUNCTION is_partial_date(value text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN value ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' THEN public.first_day(value) IS NOT NULL ELSE false END
$$;

-- The one predicate of every dated relation: in force on the day. The end is the first day no longer in force;
-- an unknown beginning is taken as long ago, an unknown end as not yet.
CREATE FUNCTION in_force(since text, until text, day date) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (since IS NULL OR public.first_day(since) <= day) AND (until IS NULL OR public.first_day(until) > day)
$$;

CREATE FUNCTION is_slug(value text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT value ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(value) <= 100
$$;

-- Great-circle distance in kilometres by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and
-- Telescope 68, 1984), on a sphere of the IUGG mean radius, 6371.0088 km: within 0.6 % of the ellipsoid.
CREATE FUNCTION distance_km(lat1 float8, lon1 float8, lat2 float8, lon2 float8) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT 2 * 6371.0088 * asin(sqrt(least(1.0,
    sin(radians(lat2 - lat1) / 2) ^ 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2)))
$$;

-- ── Tables ──────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TYPE "operation" AS ENUM ('UPSERT', 'DELETE');

CREATE TABLE "revision_counter" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" UUID NOT NULL DEFAULT gen_random_uuid(),
    "revision" BIGINT NOT NULL DEFAULT 0,
    "minted_by" BIGINT,
    "minted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "home" TEXT,

    CONSTRAINT "revision_counter_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "revision_counter_is_one_row" CHECK ("id" = 1)
);

CREATE TABLE "record" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,
    "operation" "operation" NOT NULL,
    "authority" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "merged_into" UUID,

    CONSTRAINT "record_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "record_only_a_deleted_one_is_merged" CHECK ("merged_into" IS NULL OR ("operation" = 'DELETE' AND "merged_into" <> "id"))
);

CREATE TABLE "change_log" (
    "revision" BIGINT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "record_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "operation" "operation" NOT NULL,
    "changes" JSONB NOT NULL,
    "audience_before" TEXT,
    "audience_after" TEXT,
    "actor" TEXT NOT NULL,
    "committed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "change_log_pkey" PRIMARY KEY ("revision","ordinal")
);

CREATE TABLE "record_name" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "language" TEXT,
    "name" TEXT NOT NULL,

    CONSTRAINT "record_name_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "record_name_record_id_language_name_key" UNIQUE NULLS NOT DISTINCT ("record_id", "language", "name"),
    CONSTRAINT "record_name_is_not_empty" CHECK (btrim("name") <> '')
);

CREATE TABLE "external_id" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "external_id_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "record_source" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "retrieved_at" DATE,
    "license" TEXT,

    CONSTRAINT "record_source_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "record_revision_id_idx" ON "record"("revision", "id");
CREATE INDEX "record_merged_into_idx" ON "record"("merged_into");
CREATE INDEX "change_log_record_id_revision_idx" ON "change_log"("record_id", "revision");
CREATE INDEX "external_id_record_id_idx" ON "external_id"("record_id");
CREATE UNIQUE INDEX "external_id_scheme_value_key" ON "external_id"("scheme", "value");
CREATE UNIQUE INDEX "record_source_record_id_title_key" ON "record_source"("record_id", "title");

-- Search: near spellings by trigram, exact and leading ones by the ordered index.
CREATE INDEX "record_name_folded_trgm" ON "record_name" USING gin (fold("name") gin_trgm_ops);
CREATE INDEX "record_name_folded" ON "record_name" (fold("name") COLLATE "C");

ALTER TABLE "record" ADD CONSTRAINT "record_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "change_log" ADD CONSTRAINT "change_log_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "record_name" ADD CONSTRAINT "record_name_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "external_id" ADD CONSTRAINT "external_id_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "record_source" ADD CONSTRAINT "record_source_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The row is rewritten by every writing transaction: room in its page lets that happen without touching the index.
ALTER TABLE "revision_counter" SET (fillfactor = 10);
INSERT INTO "revision_counter" DEFAULT VALUES;

-- ── The revision ────────────────────────────────────────────────────────────────────────────────────────────

-- The first statement of every writing transaction, alone: it waits for the lock before anything is read, so the
-- statements after it see all that was committed before. Returns the revision that the transaction starts from.
CREATE FUNCTION begin_write(actor text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE current_revision bigint;
BEGIN
  PERFORM set_config('ccg.actor', actor, true);
  SELECT revision INTO STRICT current_revision FROM revision_counter FOR UPDATE;
  RETURN current_revision;
END $$;

-- The same lock for statements that come without begin_write, from a console say: taken before the statement
-- touches a row, so that all writers queue for the counter first and none can wait for another's rows.
CREATE FUNCTION take_write_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM revision_counter FOR UPDATE;
  RETURN NULL;
END $$;

-- The revision of the running transaction: the next number at its first change, the same one after that. The
-- transaction's own id in the counter row marks it, so a rolled back transaction or savepoint takes the number back.
CREATE FUNCTION mint_revision() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  transaction_id bigint := pg_current_xact_id()::text::bigint;
  minted bigint;
BEGIN
  UPDATE revision_counter
  SET revision = revision + 1, minted_by = transaction_id, minted_at = greatest(minted_at, clock_timestamp())
  WHERE minted_by IS DISTINCT FROM transaction_id
  RETURNING revision INTO minted;
  IF minted IS NULL THEN
    SELECT revision INTO STRICT minted FROM revision_counter;
  END IF;
  RETURN minted;
END $$;

-- ── The heads and the log ───────────────────────────────────────────────────────────────────────────────────

-- Who may see a row, for the log. Types that not everybody sees replace this function in their own migration.
CREATE FUNCTION record_audience(record_type text, row_now jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN row_now IS NULL THEN NULL ELSE 'PUBLIC' END
$$;

CREATE FUNCTION log_change(
  minted bigint, record_ids uuid[], record_types text[], op operation, all_changes jsonb[], befores text[], afters text[]
) RETURNS void LANGUAGE sql AS $$
  INSERT INTO change_log (revision, ordinal, record_id, type, operation, changes, audience_before, audience_after, actor, committed_at)
  SELECT minted,
    (SELECT coalesce(max(ordinal) + 1, 0) FROM change_log WHERE revision = minted) + c.n::int - 1,
    c.record_id, c.record_type, op, c.changes, c.before, c.after,
    coalesce(nullif(current_setting('ccg.actor', true), ''), 'console:' || session_user),
    (SELECT minted_at FROM revision_counter)
  FROM unnest(record_ids, record_types, all_changes, befores, afters)
    WITH ORDINALITY AS c(record_id, record_type, changes, before, after, n)
$$;

-- Field by field, [before, after]; null stands for "not there".
CREATE FUNCTION changed_fields(before jsonb, after jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(f.key, jsonb_build_array(before -> f.key, after -> f.key)), '{}')
  FROM jsonb_object_keys(coalesce(after, before)) AS f(key)
  WHERE f.key <> 'id' AND nullif(before -> f.key, 'null') IS DISTINCT FROM nullif(after -> f.key, 'null')
$$;

-- After each statement on a record table. Arguments: the type's name in the graph; who has authority over a row:
-- 'secretariat', 'self', or the column that names it.
CREATE FUNCTION log_record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  record_type CONSTANT text := TG_ARGV[0];
  authority_is CONSTANT text := TG_ARGV[1];
  minted bigint;
  ids uuid[]; changes jsonb[]; befores text[]; afters text[]; authorities uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(n.id), array_agg(changed_fields(NULL, to_jsonb(n))), array_agg(NULL::text),
      array_agg(record_audience(record_type, to_jsonb(n))),
      array_agg(CASE authority_is WHEN 'secretariat' THEN NULL WHEN 'self' THEN n.id ELSE (to_jsonb(n) ->> authority_is)::uuid END)
    INTO ids, changes, befores, afters, authorities FROM new_rows n;
  ELSIF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT FROM old_rows o WHERE NOT EXISTS (SELECT FROM new_rows n WHERE n.id = o.id)) THEN
      RAISE EXCEPTION 'the id of a % is for ever', record_type USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT array_agg(n.id), array_agg(changed_fields(to_jsonb(o), to_jsonb(n))),
      array_agg(record_audience(record_type, to_jsonb(o))), array_agg(record_audience(record_type, to_jsonb(n))),
      array_agg(CASE authority_is WHEN 'secretariat' THEN NULL WHEN 'self' THEN n.id ELSE (to_jsonb(n) ->> authority_is)::uuid END)
    INTO ids, changes, befores, afters, authorities
    FROM old_rows o JOIN new_rows n USING (id) WHERE o IS DISTINCT FROM n;
  ELSE
    SELECT array_agg(o.id), array_agg(changed_fields(to_jsonb(o), NULL)),
      array_agg(record_audience(record_type, to_jsonb(o))), array_agg(NULL::text), array_agg(NULL::uuid)
    INTO ids, changes, befores, afters, authorities FROM old_rows o;
  END IF;

  IF ids IS NULL THEN
    RETURN NULL;
  END IF;
  minted := mint_revision();

  IF TG_OP = 'INSERT' THEN
    -- A plain insert: an id that ever was is refused here, a deleted one too.
    INSERT INTO record (id, type, revision, operation, authority, created_at, updated_at)
    SELECT r.id, record_type, minted, 'UPSERT', r.authority, c.minted_at, c.minted_at
    FROM unnest(ids, authorities) AS r(id, authority), revision_counter c;
  ELSE
    IF TG_OP = 'DELETE' THEN
      DELETE FROM record_name WHERE record_id = ANY (ids);
      DELETE FROM external_id WHERE record_id = ANY (ids);
      DELETE FROM record_source WHERE record_id = ANY (ids);
    END IF;
    UPDATE record SET
      revision = minted, updated_at = c.minted_at,
      operation = CASE TG_OP WHEN 'DELETE' THEN 'DELETE'::operation ELSE 'UPSERT' END,
      authority = CASE TG_OP WHEN 'DELETE' THEN record.authority ELSE r.authority END
    FROM unnest(ids, authorities) AS r(id, authority), revision_counter c
    WHERE record.id = r.id;
  END IF;

  PERFORM log_change(
    minted, ids, array_fill(record_type, ARRAY[cardinality(ids)]),
    CASE TG_OP WHEN 'DELETE' THEN 'DELETE'::operation ELSE 'UPSERT' END, changes, befores, afters);
  RETURN NULL;
END $$;

-- After each statement on a table of parts: a change of the record that has them, from the parts that went to the
-- parts that came. Argument: the field that shows them.
CREATE FUNCTION log_part_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  field CONSTANT text := TG_ARGV[0];
  minted bigint;
  ids uuid[]; types text[]; changes jsonb[]; audiences text[]; gone uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(p.record_id), array_agg(jsonb_build_object(field, jsonb_build_array(NULL, p.came)))
    INTO ids, changes
    FROM (SELECT record_id, jsonb_agg(to_jsonb(n) - 'id' - 'record_id') AS came FROM new_rows n GROUP BY record_id) p;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(p.record_id), array_agg(jsonb_build_object(field, jsonb_build_array(p.went, NULL)))
    INTO ids, changes
    FROM (SELECT record_id, jsonb_agg(to_jsonb(o) - 'id' - 'record_id') AS went FROM old_rows o GROUP BY record_id) p;
  ELSE
    SELECT array_agg(p.record_id), array_agg(jsonb_build_object(field, jsonb_build_array(p.went, p.came)))
    INTO ids, changes
    FROM (
      SELECT record_id, jsonb_agg(part) FILTER (WHERE NOT is_new) AS went, jsonb_agg(part) FILTER (WHERE is_new) AS came
      FROM (
        SELECT o.record_id, to_jsonb(o) - 'id' - 'record_id' AS part, false AS is_new
        FROM old_rows o LEFT JOIN new_rows n USING (id) WHERE o IS DISTINCT FROM n
        UNION ALL
        SELECT n.record_id, to_jsonb(n) - 'id' - 'record_id', true
        FROM new_rows n LEFT JOIN old_rows o USING (id) WHERE o IS DISTINCT FROM n
      ) moved GROUP BY record_id
    ) p;
  END IF;

  IF ids IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT r.id INTO gone FROM record r WHERE r.id = ANY (ids) AND r.operation = 'DELETE' LIMIT 1;
  IF gone IS NOT NULL THEN
    RAISE EXCEPTION 'record % is deleted and takes no %', gone, field USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  minted := mint_revision();

  UPDATE record SET revision = minted, updated_at = c.minted_at FROM revision_counter c WHERE record.id = ANY (ids);
  SELECT array_agg(r.type ORDER BY i.n), array_agg(l.audience_after ORDER BY i.n)
  INTO types, audiences
  FROM unnest(ids) WITH ORDINALITY AS i(id, n)
  JOIN record r ON r.id = i.id
  CROSS JOIN LATERAL (
    SELECT audience_after FROM change_log WHERE record_id = i.id ORDER BY revision DESC, ordinal DESC LIMIT 1) l;
  PERFORM log_change(minted, ids, types, 'UPSERT', changes, audiences, audiences);
  RETURN NULL;
END $$;

CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'TRUNCATE would leave the log without these rows: use DELETE' USING ERRCODE = 'feature_not_supported';
END $$;

-- Puts a table under the log. Every table of records or of their parts calls one of these two, once, when it is made.
CREATE FUNCTION log_table(logged regclass, log_function text, arguments text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER write_lock BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION take_write_lock()', logged);
  EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()', logged);
  EXECUTE format('CREATE TRIGGER log_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s(%s)', logged, log_function, arguments);
  EXECUTE format('CREATE TRIGGER log_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s(%s)', logged, log_function, arguments);
  EXECUTE format('CREATE TRIGGER log_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION %s(%s)', logged, log_function, arguments);
END $$;

CREATE FUNCTION log_record_table(logged regclass, record_type text, authority_is text) RETURNS void LANGUAGE sql AS $$
  SELECT log_table(logged, 'log_record_changes', format('%L, %L', record_type, authority_is))
$$;

CREATE FUNCTION log_part_table(logged regclass, field text) RETURNS void LANGUAGE sql AS $$
  SELECT log_table(logged, 'log_part_changes', format('%L', field))
$$;

SELECT log_part_table('record_name', 'names'), log_part_table('external_id', 'externalIds'), log_part_table('record_source', 'sources');
