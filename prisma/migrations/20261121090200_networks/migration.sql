-- Partner networks, and the home network among them.

CREATE TYPE "network_kind" AS ENUM ('HOME', 'CITY_NETWORK', 'COALITION', 'CENTRE', 'UMBRELLA');

CREATE TABLE "network" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "acronym" TEXT,
    "kind" "network_kind" NOT NULL,
    "description" TEXT,
    "founded_in" INTEGER,
    "website" TEXT,
    "parent_id" UUID,
    "stated_member_count" INTEGER,
    "stated_in" INTEGER,
    "members_complete" BOOLEAN NOT NULL DEFAULT false,
    "named_in_mission" BOOLEAN NOT NULL DEFAULT false,
    "confidence" "confidence",
    "note" TEXT,

    CONSTRAINT "network_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "network_slug_is_slug" CHECK (is_slug("slug")),
    CONSTRAINT "network_name_is_not_empty" CHECK (btrim("name") <> ''),
    CONSTRAINT "network_is_not_its_own_parent" CHECK ("parent_id" <> "id"),
    CONSTRAINT "network_stated_member_count_is_not_negative" CHECK ("stated_member_count" >= 0)
);

CREATE UNIQUE INDEX "network_slug_key" ON "network"("slug");
CREATE INDEX "network_parent_id_idx" ON "network"("parent_id");
-- The home network is one: the members of the others are partners' members.
CREATE UNIQUE INDEX "network_home_is_one" ON "network" ("kind") WHERE "kind" = 'HOME';
CREATE INDEX "network_name_order" ON "network" (fold("name") COLLATE "C", "id");
CREATE INDEX "network_name_trgm" ON "network" USING gin (fold("name") gin_trgm_ops);
CREATE INDEX "network_acronym_trgm" ON "network" USING gin (fold("acronym") gin_trgm_ops);

ALTER TABLE "network" ADD CONSTRAINT "network_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "network"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT log_record_table('network', 'Network', 'self');
