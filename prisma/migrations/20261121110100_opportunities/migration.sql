-- Agreements of networks; offers that look for partners, the answers to them, and the projects that grow from them.

CREATE TYPE "agreement_kind" AS ENUM ('MEMORANDUM', 'JOINT_PROGRAMME', 'PARTNERSHIP', 'AFFILIATION');

CREATE TYPE "opportunity_state" AS ENUM ('DRAFT', 'PUBLISHED', 'MATCHED', 'WITHDRAWN');

-- No column has it: it is computed on read, from the state and the day.
CREATE TYPE "opportunity_status" AS ENUM ('DRAFT', 'UPCOMING', 'OPEN', 'CLOSED', 'MATCHED', 'WITHDRAWN');

CREATE TYPE "response_state" AS ENUM ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN');

CREATE TABLE "network_agreement" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "agreement_kind" NOT NULL,
    "since" TEXT,
    "until" TEXT,

    CONSTRAINT "network_agreement_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "network_agreement_slug_is_slug" CHECK (public.is_slug("slug")),
    CONSTRAINT "network_agreement_title_is_not_empty" CHECK (btrim("title") <> ''),
    CONSTRAINT "network_agreement_since_is_partial_date" CHECK (public.is_partial_date("since")),
    CONSTRAINT "network_agreement_until_is_partial_date" CHECK (public.is_partial_date("until")),
    CONSTRAINT "network_agreement_ends_after_it_begins" CHECK (public.first_day("until") >= public.first_day("since"))
);

CREATE TABLE "network_agreement_party" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "network_id" UUID NOT NULL,

    CONSTRAINT "network_agreement_party_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "opportunity" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "posted_by_id" UUID NOT NULL,
    "seeking" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "areas_of_action" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "opens_on" DATE NOT NULL,
    "closes_on" DATE,
    "state" "opportunity_state" NOT NULL,

    CONSTRAINT "opportunity_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "opportunity_slug_is_slug" CHECK (public.is_slug("slug")),
    CONSTRAINT "opportunity_title_is_not_empty" CHECK (btrim("title") <> ''),
    CONSTRAINT "opportunity_description_is_not_empty" CHECK (btrim("description") <> ''),
    CONSTRAINT "opportunity_seeking_is_known" CHECK ("seeking" <@ ARRAY['PARTNER_CITIES', 'PARTNER_NETWORKS', 'PARTNER_ORGANIZATIONS', 'EXPERTISE', 'ARTISTS_AND_CREATORS', 'HOSTS_FOR_RESIDENCIES', 'FUNDING', 'VENUES']),
    CONSTRAINT "opportunity_areas_of_action_are_known" CHECK ("areas_of_action" <@ ARRAY['EXPERIENCE_SHARING', 'PILOT_PARTNERSHIPS', 'EXCHANGE_PROGRAMMES', 'STUDIES_AND_EVALUATION', 'POLICIES_AND_MEASURES', 'COMMUNICATION_AND_AWARENESS']),
    CONSTRAINT "opportunity_closes_after_it_opens" CHECK ("opens_on" <= "closes_on")
);

CREATE TABLE "opportunity_creative_field" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "creative_field_id" UUID NOT NULL,

    CONSTRAINT "opportunity_creative_field_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "opportunity_goal" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "record_id" UUID NOT NULL,
    "goal_id" UUID NOT NULL,

    CONSTRAINT "opportunity_goal_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "opportunity_response" (
    "id" UUID NOT NULL DEFAULT new_record_id(),
    "opportunity_id" UUID NOT NULL,
    "responder_id" UUID NOT NULL,
    "posted_by_id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "state" "response_state" NOT NULL,
    "responded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "opportunity_response_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "opportunity_response_message_is_not_empty" CHECK (btrim("message") <> ''),
    CONSTRAINT "opportunity_response_is_not_to_oneself" CHECK ("responder_id" <> "posted_by_id")
);

ALTER TABLE "project" ADD COLUMN "opportunity_id" UUID;

CREATE UNIQUE INDEX "network_agreement_slug_key" ON "network_agreement"("slug");
CREATE INDEX "network_agreement_party_network_id_id_idx" ON "network_agreement_party"("network_id", "id");
CREATE UNIQUE INDEX "network_agreement_party_record_id_network_id_key" ON "network_agreement_party"("record_id", "network_id");
CREATE UNIQUE INDEX "opportunity_slug_key" ON "opportunity"("slug");
CREATE UNIQUE INDEX "opportunity_id_posted_by_id_key" ON "opportunity"("id", "posted_by_id");
CREATE INDEX "opportunity_creative_field_creative_field_id_id_idx" ON "opportunity_creative_field"("creative_field_id", "id");
CREATE UNIQUE INDEX "opportunity_creative_field_record_id_creative_field_id_key" ON "opportunity_creative_field"("record_id", "creative_field_id");
CREATE INDEX "opportunity_goal_goal_id_id_idx" ON "opportunity_goal"("goal_id", "id");
CREATE UNIQUE INDEX "opportunity_goal_record_id_goal_id_key" ON "opportunity_goal"("record_id", "goal_id");
CREATE UNIQUE INDEX "opportunity_response_opportunity_id_responder_id_key" ON "opportunity_response"("opportunity_id", "responder_id");
CREATE UNIQUE INDEX "project_opportunity_id_key" ON "project"("opportunity_id");
CREATE INDEX "network_agreement_title_order" ON "network_agreement" (fold("title") COLLATE "C", "id");
CREATE INDEX "network_agreement_title_trgm" ON "network_agreement" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "opportunity_title_trgm" ON "opportunity" USING gin (fold("title") gin_trgm_ops);
CREATE INDEX "opportunity_opens_on_order" ON "opportunity" ("opens_on", "id");
CREATE INDEX "opportunity_poster_opens_on_order" ON "opportunity" ("posted_by_id", "opens_on", "id");
-- What everybody sees, in the order of the list, so that drafts are not read through.
CREATE INDEX "opportunity_public_opens_on_order" ON "opportunity" ("opens_on", "id") WHERE "state" <> 'DRAFT';
CREATE INDEX "opportunity_seeking" ON "opportunity" USING gin ("seeking");
CREATE INDEX "opportunity_areas_of_action" ON "opportunity" USING gin ("areas_of_action");
CREATE INDEX "opportunity_response_responded_at_order" ON "opportunity_response" ("responded_at", "id");
CREATE INDEX "opportunity_response_opportunity_responded_at_order" ON "opportunity_response" ("opportunity_id", "responded_at", "id");
-- A caller sees what they answered and what was answered to them: one index for each.
CREATE INDEX "opportunity_response_responder_responded_at_order" ON "opportunity_response" ("responder_id", "responded_at", "id");
CREATE INDEX "opportunity_response_poster_responded_at_order" ON "opportunity_response" ("posted_by_id", "responded_at", "id");

ALTER TABLE "network_agreement_party" ADD CONSTRAINT "network_agreement_party_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "network_agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "network_agreement_party" ADD CONSTRAINT "network_agreement_party_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_posted_by_id_fkey" FOREIGN KEY ("posted_by_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "opportunity_creative_field" ADD CONSTRAINT "opportunity_creative_field_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "opportunity"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "opportunity_creative_field" ADD CONSTRAINT "opportunity_creative_field_creative_field_id_fkey" FOREIGN KEY ("creative_field_id") REFERENCES "creative_field"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "opportunity_goal" ADD CONSTRAINT "opportunity_goal_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "opportunity"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "opportunity_goal" ADD CONSTRAINT "opportunity_goal_goal_id_fkey" FOREIGN KEY ("goal_id") REFERENCES "sustainable_development_goal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "opportunity_response" ADD CONSTRAINT "opportunity_response_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "opportunity_response" ADD CONSTRAINT "opportunity_response_responder_id_fkey" FOREIGN KEY ("responder_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "opportunity_response" ADD CONSTRAINT "opportunity_response_posted_by_id_fkey" FOREIGN KEY ("posted_by_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- The two together: a response names the poster of its opportunity, also after that has changed.
ALTER TABLE "opportunity_response" ADD CONSTRAINT "opportunity_response_opportunity_id_posted_by_id_fkey" FOREIGN KEY ("opportunity_id", "posted_by_id") REFERENCES "opportunity"("id", "posted_by_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "project" ADD CONSTRAINT "project_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT
  log_record_table('network_agreement', 'NetworkAgreement', 'secretariat'),
  log_part_table('network_agreement_party', 'networks'),
  log_record_table('opportunity', 'Opportunity', 'posted_by_id'),
  log_part_table('opportunity_creative_field', 'creativeFields'),
  log_part_table('opportunity_goal', 'goals'),
  log_record_table('opportunity_response', 'OpportunityResponse', 'responder_id');

-- A foreign key to the heads takes a record of any type. Argument: the column that names a partner.
CREATE FUNCTION refuse_other_partners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE other text;
BEGIN
  SELECT r.type INTO other FROM new_rows n JOIN record r ON r.id = (to_jsonb(n) ->> TG_ARGV[0])::uuid
  WHERE r.type NOT IN ('City', 'Network', 'Organization') LIMIT 1;
  IF other IS NOT NULL THEN
    RAISE EXCEPTION 'a city, a network or an organization is asked for, and this is a %', other
      USING ERRCODE = 'check_violation', CONSTRAINT = format('%s_%s_is_partner', TG_TABLE_NAME, TG_ARGV[0]);
  END IF;
  RETURN NULL;
END $$;

-- The poster of a response follows by its foreign key.
CREATE TRIGGER partner_insert AFTER INSERT ON "opportunity" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_partners('posted_by_id');
CREATE TRIGGER partner_update AFTER UPDATE ON "opportunity" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_partners('posted_by_id');
CREATE TRIGGER partner_insert AFTER INSERT ON "opportunity_response" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_partners('responder_id');
CREATE TRIGGER partner_update AFTER UPDATE ON "opportunity_response" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_partners('responder_id');

-- Who answers must see what they answer, and only the poster sees a draft.
CREATE FUNCTION refuse_responses_to_drafts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM opportunity o JOIN opportunity_response r ON r.opportunity_id = o.id WHERE o.state = 'DRAFT') THEN
    RAISE EXCEPTION 'a draft has no responses: publish the opportunity first, and leave one that was answered published or withdraw it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'opportunity_response_is_not_to_a_draft';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER no_responses_to_drafts AFTER INSERT OR UPDATE ON "opportunity_response" FOR EACH STATEMENT EXECUTE FUNCTION refuse_responses_to_drafts();
CREATE TRIGGER no_responses_to_drafts AFTER UPDATE OF "state" ON "opportunity" FOR EACH STATEMENT EXECUTE FUNCTION refuse_responses_to_drafts();

-- The partners of a network by its agreements: one row for each agreement and partner, with the id of the partner's part.
CREATE VIEW "network_partner" AS
SELECT other.id, own.network_id, other.network_id AS partner_id, a.kind, a.since, a.until
FROM network_agreement_party own
JOIN network_agreement_party other ON other.record_id = own.record_id AND other.network_id <> own.network_id
JOIN network_agreement a ON a.id = own.record_id;
