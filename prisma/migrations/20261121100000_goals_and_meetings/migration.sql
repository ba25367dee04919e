-- The goals of the 2030 Agenda, and the meetings of the network with the cities that hosted them.

CREATE TABLE "sustainable_development_goal" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "sustainable_development_goal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sustainable_development_goal_is_one_of_17" CHECK ("number" BETWEEN 1 AND 17)
);

CREATE TABLE "meeting" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "number" INTEGER,
    "title" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "starts_on" TEXT,
    "ends_on" TEXT,
    "place" TEXT,
    "country_id" UUID,
    "theme" TEXT,
    "attendance" TEXT,
    "priorities" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "confidence" "confidence",
    "note" TEXT,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "meeting_starts_on_is_partial_date" CHECK (is_partial_date("starts_on")),
    CONSTRAINT "meeting_ends_on_is_partial_date" CHECK (is_partial_date("ends_on")),
    CONSTRAINT "meeting_ends_after_it_begins" CHECK (first_day("ends_on") >= first_day("starts_on")),
    CONSTRAINT "meeting_year_number_key" UNIQUE NULLS NOT DISTINCT ("year", "number")
);

CREATE TABLE "meeting_host" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "city_id" UUID NOT NULL,

    CONSTRAINT "meeting_host_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "sustainable_development_goal_number_key" ON "sustainable_development_goal"("number");
CREATE UNIQUE INDEX "meeting_number_key" ON "meeting"("number");
CREATE INDEX "meeting_host_city_id_id_idx" ON "meeting_host"("city_id", "id");
CREATE UNIQUE INDEX "meeting_host_record_id_city_id_key" ON "meeting_host"("record_id", "city_id");
CREATE INDEX "sustainable_development_goal_title_order" ON "sustainable_development_goal" (fold("title") COLLATE "C", "id");
CREATE INDEX "sustainable_development_goal_title_trgm" ON "sustainable_development_goal" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "meeting_title_order" ON "meeting" (fold("title") COLLATE "C", "id");
CREATE INDEX "meeting_title_trgm" ON "meeting" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "meeting_year_order" ON "meeting" ("year", "id");
CREATE INDEX "meeting_country_year_order" ON "meeting" ("country_id", "year", "id");

ALTER TABLE "meeting" ADD CONSTRAINT "meeting_country_id_fkey" FOREIGN KEY ("country_id") REFERENCES "country"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "meeting_host" ADD CONSTRAINT "meeting_host_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "meeting_host" ADD CONSTRAINT "meeting_host_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT
  log_record_table('sustainable_development_goal', 'SustainableDevelopmentGoal', 'secretariat'),
  log_record_table('meeting', 'Meeting', 'secretariat'),
  log_part_table('meeting_host', 'hosts');
