-- Partners that are neither cities nor networks.

CREATE TYPE "sector" AS ENUM ('PUBLIC', 'PRIVATE', 'CIVIL_SOCIETY', 'ACADEMIA');

CREATE TABLE "organization" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sector" "sector" NOT NULL,
    "city_id" UUID,
    "website" TEXT,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "organization_slug_is_slug" CHECK (is_slug("slug")),
    CONSTRAINT "organization_name_is_not_empty" CHECK (btrim("name") <> '')
);

CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");
CREATE INDEX "organization_city_id_idx" ON "organization"("city_id");
CREATE INDEX "organization_name_order" ON "organization" (fold("name") COLLATE "C", "id");
CREATE INDEX "organization_name_trgm" ON "organization" USING gin (fold("name") gin_trgm_ops);
CREATE INDEX "organization_city_name_order" ON "organization" ("city_id", fold("name") COLLATE "C", "id");

ALTER TABLE "organization" ADD CONSTRAINT "organization_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT log_record_table('organization', 'Organization', 'self');
