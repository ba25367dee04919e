-- Practices and their collections.

CREATE TABLE "practice_collection" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "year" INTEGER,
    "published_at_id" UUID,
    "stated_practice_count" INTEGER,
    "stated_city_count" INTEGER,
    "publisher" TEXT,
    "note" TEXT,

    CONSTRAINT "practice_collection_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "practice_collection_slug_is_slug" CHECK (is_slug("slug"))
);

CREATE TABLE "practice" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT,
    "collection_id" UUID NOT NULL,
    "areas_of_action" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "year" INTEGER,
    "url" TEXT,

    CONSTRAINT "practice_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "practice_slug_is_slug" CHECK (is_slug("slug")),
    CONSTRAINT "practice_areas_of_action_are_known" CHECK ("areas_of_action" <@ ARRAY['EXPERIENCE_SHARING', 'PILOT_PARTNERSHIPS', 'EXCHANGE_PROGRAMMES', 'STUDIES_AND_EVALUATION', 'POLICIES_AND_MEASURES', 'COMMUNICATION_AND_AWARENESS'])
);

CREATE TABLE "practice_city" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "city_id" UUID NOT NULL,

    CONSTRAINT "practice_city_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "practice_goal" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "goal_id" UUID NOT NULL,

    CONSTRAINT "practice_goal_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "practice_collection_slug_key" ON "practice_collection"("slug");
CREATE INDEX "practice_collection_published_at_id_idx" ON "practice_collection"("published_at_id");
CREATE UNIQUE INDEX "practice_slug_key" ON "practice"("slug");
CREATE INDEX "practice_city_city_id_id_idx" ON "practice_city"("city_id", "id");
CREATE UNIQUE INDEX "practice_city_record_id_city_id_key" ON "practice_city"("record_id", "city_id");
CREATE INDEX "practice_goal_goal_id_id_idx" ON "practice_goal"("goal_id", "id");
CREATE UNIQUE INDEX "practice_goal_record_id_goal_id_key" ON "practice_goal"("record_id", "goal_id");
CREATE INDEX "practice_collection_title_order" ON "practice_collection" (fold("title") COLLATE "C", "id");
CREATE INDEX "practice_collection_title_trgm" ON "practice_collection" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "practice_title_order" ON "practice" (fold("title") COLLATE "C", "id");
CREATE INDEX "practice_title_trgm" ON "practice" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "practice_collection_title_order_of_meeting" ON "practice_collection" ("published_at_id", fold("title") COLLATE "C", "id");
CREATE INDEX "practice_title_order_of_collection" ON "practice" ("collection_id", fold("title") COLLATE "C", "id");

ALTER TABLE "practice_collection" ADD CONSTRAINT "practice_collection_published_at_id_fkey" FOREIGN KEY ("published_at_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "practice" ADD CONSTRAINT "practice_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "practice_collection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "practice_city" ADD CONSTRAINT "practice_city_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "practice"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "practice_city" ADD CONSTRAINT "practice_city_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "practice_goal" ADD CONSTRAINT "practice_goal_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "practice"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "practice_goal" ADD CONSTRAINT "practice_goal_goal_id_fkey" FOREIGN KEY ("goal_id") REFERENCES "sustainable_development_goal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT
  log_record_table('practice_collection', 'PracticeCollection', 'secretariat'),
  log_record_table('practice', 'Practice', 'secretariat'),
  log_part_table('practice_city', 'cities'),
  log_part_table('practice_goal', 'goals');
