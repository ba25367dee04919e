-- Memberships of cities in partner networks. Those of the home network follow from designations.

CREATE TYPE "membership_role" AS ENUM ('MEMBER', 'STEERING', 'LEAD');

CREATE TABLE "network_membership" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "network_id" UUID NOT NULL,
    "city_id" UUID NOT NULL,
    "since" TEXT,
    "until" TEXT,
    "role" "membership_role" NOT NULL,
    "name_in_list" TEXT,
    "note" TEXT,
    "confidence" "confidence",

    CONSTRAINT "network_membership_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "network_membership_since_is_partial_date" CHECK (is_partial_date("since")),
    CONSTRAINT "network_membership_until_is_partial_date" CHECK (is_partial_date("until")),
    CONSTRAINT "network_membership_ends_after_it_begins" CHECK (first_day("until") >= first_day("since")),
    CONSTRAINT "network_membership_network_city_since_key" UNIQUE NULLS NOT DISTINCT ("network_id", "city_id", "since"),
    CONSTRAINT "network_membership_is_in_force_once" EXCLUDE USING gist ("network_id" WITH =, "city_id" WITH =, daterange(first_day("since"), first_day("until")) WITH &&)
);

CREATE INDEX "network_membership_network_id_id_idx" ON "network_membership"("network_id", "id");
CREATE INDEX "network_membership_city_id_idx" ON "network_membership"("city_id");
-- An unknown date orders as one after all others, in lists as here: see unknownDateKey in src/database/read/order.ts.
CREATE INDEX "network_membership_since_order" ON "network_membership" (coalesce(first_day("since"), 'infinity'::date), "id");
CREATE INDEX "network_membership_network_since_order" ON "network_membership" ("network_id", coalesce(first_day("since"), 'infinity'::date), "id");

ALTER TABLE "network_membership" ADD CONSTRAINT "network_membership_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "network_membership" ADD CONSTRAINT "network_membership_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "city"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT log_record_table('network_membership', 'NetworkMembership', 'network_id');

-- Members of the home network are read from designations and stored nowhere else.
CREATE FUNCTION refuse_home_memberships() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM network_membership m JOIN network n ON n.id = m.network_id WHERE n.kind = 'HOME') THEN
    RAISE EXCEPTION 'members of the home network follow from designations: record a designation instead'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'network_membership_is_not_of_home';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER no_home_members AFTER INSERT OR UPDATE ON "network_membership" FOR EACH STATEMENT EXECUTE FUNCTION refuse_home_memberships();
CREATE TRIGGER no_home_members AFTER UPDATE OF "kind" ON "network" FOR EACH STATEMENT EXECUTE FUNCTION refuse_home_memberships();

CREATE VIEW "home_member" AS
SELECT h.id, n.id AS network_id, h.city_id, h.since, h.until, 'MEMBER'::membership_role AS role, NULL::text AS note
FROM home_membership h CROSS JOIN network n
WHERE n.kind = 'HOME';

-- All members of all networks, for what is asked of a city or in a filter. A page of one network's members is read from
-- the one of the two that its rows stand in, in the order of that one's index.
CREATE VIEW "network_member" AS
SELECT id, network_id, city_id, since, until, role, note FROM network_membership
UNION ALL
SELECT id, network_id, city_id, since, until, role, note FROM home_member;
