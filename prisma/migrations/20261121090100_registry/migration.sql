-- The network's own core: countries, creative fields, cities, designation rounds and designations.

CREATE TYPE "region" AS ENUM ('AFRICA', 'ARAB_STATES', 'ASIA_AND_THE_PACIFIC', 'EUROPE_AND_NORTH_AMERICA', 'LATIN_AMERICA_AND_THE_CARIBBEAN');

CREATE TYPE "confidence" AS ENUM ('LOW', 'MEDIUM', 'HIGH');

CREATE TABLE "country" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region" "region" NOT NULL,
    "global_south" BOOLEAN NOT NULL,

    CONSTRAINT "country_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "country_code_is_iso_3166" CHECK ("code" ~ '^[A-Z]{2}$')
);

CREATE TABLE "creative_field" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "since_year" INTEGER,

    CONSTRAINT "creative_field_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "creative_field_slug_is_slug" CHECK (is_slug("slug"))
);

CREATE TABLE "city" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "country_id" UUID NOT NULL,
    "subdivision" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "population" INTEGER,
    "website" TEXT,
    "profile" TEXT,

    CONSTRAINT "city_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "city_slug_is_slug" CHECK (is_slug("slug")),
    CONSTRAINT "city_name_is_not_empty" CHECK (btrim("name") <> ''),
    CONSTRAINT "city_latitude_is_wgs84" CHECK ("latitude" BETWEEN -90 AND 90),
    CONSTRAINT "city_longitude_is_wgs84" CHECK ("longitude" BETWEEN -180 AND 180),
    CONSTRAINT "city_has_both_coordinates_or_none" CHECK (("latitude" IS NULL) = ("longitude" IS NULL)),
    CONSTRAINT "city_population_is_not_negative" CHECK ("population" >= 0)
);

CREATE TABLE "designation_round" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "year" INTEGER NOT NULL,
    "decided_on" TEXT NOT NULL,
    "new_cities" INTEGER NOT NULL,
    "cities_after" INTEGER NOT NULL,
    "countries_stated" TEXT,
    "countries_counted" INTEGER,
    "note" TEXT,

    CONSTRAINT "designation_round_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "designation_round_decided_on_is_partial_date" CHECK (is_partial_date("decided_on"))
);

CREATE TABLE "designation" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "city_id" UUID NOT NULL,
    "creative_field_id" UUID,
    "round_id" UUID,
    "designated_on" TEXT NOT NULL,
    "ended_on" TEXT,
    "confidence" "confidence",

    CONSTRAINT "designation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "designation_designated_on_is_partial_date" CHECK (is_partial_date("designated_on")),
    CONSTRAINT "designation_ended_on_is_partial_date" CHECK (is_partial_date("ended_on")),
    CONSTRAINT "designation_ends_after_it_begins" CHECK (first_day("ended_on") >= first_day("designated_on")),
    CONSTRAINT "designation_city_field_date_key" UNIQUE NULLS NOT DISTINCT ("city_id", "creative_field_id", "designated_on"),
    CONSTRAINT "designation_is_in_force_once" EXCLUDE USING gist ("city_id" WITH =, coalesce("creative_field_id", '00000000-0000-0000-0000-000000000000') WITH =, daterange(first_day("designated_on"), first_day("ended_on")) WITH &&)
);

CREATE UNIQUE INDEX "country_code_key" ON "country"("code");
CREATE UNIQUE INDEX "creative_field_slug_key" ON "creative_field"("slug");
CREATE UNIQUE INDEX "city_slug_key" ON "city"("slug");
CREATE UNIQUE INDEX "designation_round_year_key" ON "designation_round"("year");
CREATE INDEX "designation_creative_field_id_id_idx" ON "designation"("creative_field_id", "id");

-- Lists in the order of names, whole and by country; names found by near spelling, exact and leading ones.
CREATE INDEX "country_name_order" ON "country" (fold("name") COLLATE "C", "id");
CREATE INDEX "country_name_trgm" ON "country" USING gin (fold("name") gin_trgm_ops);
CREATE INDEX "creative_field_name_order" ON "creative_field" (fold("name") COLLATE "C", "id");
CREATE INDEX "creative_field_name_trgm" ON "creative_field" USING gin (fold("name") gin_trgm_ops);
CREATE INDEX "city_name_order" ON "city" (fold("name") COLLATE "C", "id");
CREATE INDEX "city_name_trgm" ON "city" USING gin (fold("name") gin_trgm_ops);
CREATE INDEX "city_country_name_order" ON "city" ("country_id", fold("name") COLLATE "C", "id");
CREATE INDEX "designation_date_order" ON "designation" (first_day("designated_on"), "id");
CREATE INDEX "designation_city_date_order" ON "designation" ("city_id", first_day("designated_on"), "id");
CREATE INDEX "designation_round_date_order" ON "designation" ("round_id", first_day("designated_on"), "id");

ALTER TABLE "city" ADD CONSTRAINT "city_country_id_fkey" FOREIGN KEY ("country_id") REFERENCES "country"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "designation" ADD CONSTRAINT "designation_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "designation" ADD CONSTRAINT "designation_creative_field_id_fkey" FOREIGN KEY ("creative_field_id") REFERENCES "creative_field"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "designation" ADD CONSTRAINT "designation_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "designation_round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A membership of the home network is a stretch of designations without a break: a city that changes its field stays
-- a member. One row for each first designation of a stretch, with that designation's id.
CREATE VIEW "home_membership" AS
SELECT d.id, d.city_id, d.designated_on AS since, stretch.until
FROM designation d
CROSS JOIN LATERAL (
  SELECT l.ended_on AS until
  FROM designation l
  WHERE l.city_id = d.city_id AND first_day(l.designated_on) >= first_day(d.designated_on)
    AND NOT EXISTS (
      SELECT FROM designation o
      WHERE o.city_id = l.city_id AND o.id <> l.id
        AND first_day(o.designated_on) <= first_day(l.ended_on)
        AND (o.ended_on IS NULL OR first_day(o.ended_on) > first_day(l.ended_on)))
  ORDER BY first_day(l.ended_on) NULLS LAST
  LIMIT 1
) stretch
WHERE NOT EXISTS (
  SELECT FROM designation e
  WHERE e.city_id = d.city_id AND e.id <> d.id
    AND (first_day(e.designated_on), e.id) < (first_day(d.designated_on), d.id)
    AND (e.ended_on IS NULL OR first_day(e.ended_on) >= first_day(d.designated_on)));

SELECT
  log_record_table('country', 'Country', 'secretariat'),
  log_record_table('creative_field', 'CreativeField', 'secretariat'),
  log_record_table('city', 'City', 'self'),
  log_record_table('designation_round', 'DesignationRound', 'secretariat'),
  log_record_table('designation', 'Designation', 'secretariat');
