-- What `npm run check:database` lets pass: the statements with which Prisma would turn the migrated database into what
-- schema.prisma says. None of them is ever run. Each has the reason for the difference above it.

-- Unique with NULLS NOT DISTINCT, which Prisma's schema has no word for: the field may be unknown.
DROP INDEX "designation_city_field_date_key";

-- The same: the date of a membership may be unknown.
DROP INDEX "network_membership_network_city_since_key";

-- The same: the language of a name may be unknown.
DROP INDEX "record_name_record_id_language_name_key";

-- The same: a meeting out of the series has no number.
DROP INDEX "meeting_year_number_key";

-- The same: the beginning of a mission may be unknown.
DROP INDEX "expert_mission_expert_city_topic_start_key";
