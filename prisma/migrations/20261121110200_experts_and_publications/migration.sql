-- The pool of experts and their missions; publications, and what was given to them.

CREATE TYPE "publication_kind" AS ENUM ('REPORT', 'STUDY', 'CASE_STUDY_COLLECTION', 'GUIDE', 'BOOK', 'BROCHURE', 'WEBSITE');

CREATE TYPE "contribution_kind" AS ENUM ('AUTHOR', 'EDITOR', 'CASE_STUDY', 'FUNDING', 'TRANSLATION');

-- BCP 47 in its usual form: a language of two or three letters, then script, region and variants.
CREATE FUNCTION are_language_tags(tags text[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(bool_and(tag IS NOT NULL AND tag ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'), true) FROM unnest(tags) AS t(tag)
$$;

CREATE TABLE "expert" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "expertise" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "languages" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "city_id" UUID,
    "contact" TEXT,

    CONSTRAINT "expert_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "expert_slug_is_slug" CHECK (public.is_slug("slug")),
    CONSTRAINT "expert_name_is_not_empty" CHECK (btrim("name") <> ''),
    CONSTRAINT "expert_languages_are_bcp_47" CHECK (public.are_language_tags("languages"))
);

CREATE TABLE "expert_creative_field" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "creative_field_id" UUID NOT NULL,

    CONSTRAINT "expert_creative_field_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "expert_mission" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "expert_id" UUID NOT NULL,
    "host_city_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "starts_on" TEXT,
    "ends_on" TEXT,

    CONSTRAINT "expert_mission_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "expert_mission_topic_is_not_empty" CHECK (btrim("topic") <> ''),
    CONSTRAINT "expert_mission_starts_on_is_partial_date" CHECK (public.is_partial_date("starts_on")),
    CONSTRAINT "expert_mission_ends_on_is_partial_date" CHECK (public.is_partial_date("ends_on")),
    CONSTRAINT "expert_mission_ends_after_it_begins" CHECK (public.first_day("ends_on") >= public.first_day("starts_on")),
    CONSTRAINT "expert_mission_expert_city_topic_start_key" UNIQUE NULLS NOT DISTINCT ("expert_id", "host_city_id", "topic", "starts_on")
);

CREATE TABLE "publication" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "year" INTEGER,
    "url" TEXT,
    "kind" "publication_kind" NOT NULL,

    CONSTRAINT "publication_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_slug_is_slug" CHECK (public.is_slug("slug")),
    CONSTRAINT "publication_title_is_not_empty" CHECK (btrim("title") <> ''),
    CONSTRAINT "publication_year_is_of_our_time" CHECK ("year" BETWEEN 1900 AND 2200)
);

CREATE TABLE "publication_contribution" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "publication_id" UUID NOT NULL,
    "contributor_id" UUID NOT NULL,
    "kind" "contribution_kind" NOT NULL,
    "title" TEXT,

    CONSTRAINT "publication_contribution_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_contribution_title_is_not_empty" CHECK (btrim("title") <> '')
);

CREATE UNIQUE INDEX "expert_slug_key" ON "expert"("slug");
CREATE INDEX "expert_creative_field_creative_field_id_id_idx" ON "expert_creative_field"("creative_field_id", "id");
CREATE UNIQUE INDEX "expert_creative_field_record_id_creative_field_id_key" ON "expert_creative_field"("record_id", "creative_field_id");
CREATE UNIQUE INDEX "publication_slug_key" ON "publication"("slug");
CREATE INDEX "publication_contribution_contributor_id_id_idx" ON "publication_contribution"("contributor_id", "id");
CREATE UNIQUE INDEX "publication_contribution_publication_id_contributor_id_kind_key" ON "publication_contribution"("publication_id", "contributor_id", "kind");
CREATE INDEX "expert_name_order" ON "expert" (fold("name") COLLATE "C", "id");
CREATE INDEX "expert_name_trgm" ON "expert" USING gin (fold("name") gin_trgm_ops);
CREATE INDEX "expert_city_name_order" ON "expert" ("city_id", fold("name") COLLATE "C", "id");
-- An unknown date orders as one after all others, in lists as here: see unknownDateKey in src/database/read/order.ts.
CREATE INDEX "expert_mission_starts_on_order" ON "expert_mission" (coalesce(first_day("starts_on"), 'infinity'::date), "id");
CREATE INDEX "expert_mission_expert_starts_on_order" ON "expert_mission" ("expert_id", coalesce(first_day("starts_on"), 'infinity'::date), "id");
CREATE INDEX "expert_mission_host_city_starts_on_order" ON "expert_mission" ("host_city_id", coalesce(first_day("starts_on"), 'infinity'::date), "id");
CREATE INDEX "expert_mission_topic_trgm" ON "expert_mission" USING gin (fold("topic") gin_trgm_ops);
CREATE INDEX "publication_title_order" ON "publication" (fold("title") COLLATE "C", "id");
CREATE INDEX "publication_title_trgm" ON "publication" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "publication_contribution_kind_order" ON "publication_contribution" ("kind", "id");
CREATE INDEX "publication_contribution_publication_kind_order" ON "publication_contribution" ("publication_id", "kind", "id");

ALTER TABLE "expert" ADD CONSTRAINT "expert_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "expert_creative_field" ADD CONSTRAINT "expert_creative_field_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "expert"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "expert_creative_field" ADD CONSTRAINT "expert_creative_field_creative_field_id_fkey" FOREIGN KEY ("creative_field_id") REFERENCES "creative_field"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "expert_mission" ADD CONSTRAINT "expert_mission_expert_id_fkey" FOREIGN KEY ("expert_id") REFERENCES "expert"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "expert_mission" ADD CONSTRAINT "expert_mission_host_city_id_fkey" FOREIGN KEY ("host_city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "publication_contribution" ADD CONSTRAINT "publication_contribution_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "publication_contribution" ADD CONSTRAINT "publication_contribution_contributor_id_fkey" FOREIGN KEY ("contributor_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT
  log_record_table('expert', 'Expert', 'city_id'),
  log_part_table('expert_creative_field', 'creativeFields'),
  log_record_table('expert_mission', 'ExpertMission', 'secretariat'),
  log_record_table('publication', 'Publication', 'secretariat'),
  log_record_table('publication_contribution', 'PublicationContribution', 'secretariat');

CREATE TRIGGER partner_insert AFTER INSERT ON "publication_contribution" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_partners('contributor_id');
CREATE TRIGGER partner_update AFTER UPDATE ON "publication_contribution" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_partners('contributor_id');

-- Each publication once for whoever gave to it, by the first of their contributions.
CREATE VIEW "publication_contributor" AS
SELECT c.id, c.contributor_id, c.publication_id
FROM publication_contribution c
WHERE NOT EXISTS (
  SELECT FROM publication_contribution e
  WHERE e.publication_id = c.publication_id AND e.contributor_id = c.contributor_id AND e.id < c.id);
