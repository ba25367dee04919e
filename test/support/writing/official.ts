// What of each type is official, said by hand: what docs/decisions/0018 and the declarations are compared with, and what the
// database holds of it as facts. Nothing here asks a declaration.
import sql, { raw } from "sql-template-tag";
import type { Database } from "../../../src/database/database";

export interface OfficialParts {
  /** columns that only the Secretariat writes, by their names in the database; "*" for whole rows */
  always: "*" | readonly string[];
  /** columns that only the Secretariat changes, once they have a value */
  onceSaid?: readonly string[];
}

const WHOLE: OfficialParts = { always: "*" };

export const OFFICIAL: Readonly<Record<string, OfficialParts>> = {
  Country: WHOLE,
  CreativeField: WHOLE,
  SustainableDevelopmentGoal: WHOLE,
  DesignationRound: WHOLE,
  ApplicationCall: WHOLE,
  Meeting: WHOLE,
  NetworkAgreement: WHOLE,
  PracticeCollection: WHOLE,
  Publication: WHOLE,
  PublicationContribution: WHOLE,
  // A city may leave: that is the one day of it that it decides about.
  Designation: { always: ["city_id", "creative_field_id", "round_id", "call_id", "designated_on", "confidence"] },
  City: {
    always: ["name", "kind", "subdivision", "latitude", "longitude", "country_id"],
    onceSaid: ["slug"],
  },
  Network: {
    always: ["name", "acronym", "kind", "members_complete", "named_in_mission", "confidence", "note", "parent_id"],
    onceSaid: ["slug"],
  },
  Organization: { always: ["name", "sector", "city_id"], onceSaid: ["slug"] },
  NetworkMembership: { always: ["confidence"], onceSaid: ["network_id", "city_id"] },
  Project: { always: ["confidence", "note"], onceSaid: ["slug"] },
  Opportunity: { always: [], onceSaid: ["slug"] },
  Practice: { always: [], onceSaid: ["slug"] },
  Expert: { always: [], onceSaid: ["slug"] },
  Application: { always: [] },
  MonitoringReport: { always: [] },
  PlannedAction: { always: [] },
  OpportunityResponse: { always: [] },
  ProjectParticipation: { always: [] },
  ExpertMission: { always: [] },
};

/** Something official that is said of a record. */
export interface Fact {
  recordId: string;
  /** what says it: a column, or a kind of part */
  by: string;
  said: string;
  /** whoever makes a record may say it */
  onceSaid: boolean;
}

/**
 * All that is official: columns, names, and external ids but for those of own schemes; and all sources, which are official where
 * another than the holder of a key gave them.
 * @param ownSchemes the slugs of those who have keys
 * @param since a revision: of records that were not changed after it, nothing is read
 */
export async function officialFacts(database: Database, ownSchemes: readonly string[], since: string): Promise<Fact[]> {
  const facts: Fact[] = [];
  const changed = sql`(SELECT id FROM record WHERE revision > ${since}::int8)`;
  for (const [type, { always, onceSaid = [] }] of Object.entries(OFFICIAL)) {
    const table = raw(`"${type.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()}"`);
    facts.push(
      ...(await database.query<Fact>(sql`
        SELECT t.id AS "recordId", ${type} || '.' || v.key AS by, v.value::text AS said,
          v.key = ANY (${onceSaid}::text[]) AS "onceSaid"
        FROM ${table} t CROSS JOIN LATERAL jsonb_each(to_jsonb(t) - 'id') v
        WHERE t.id IN ${changed} AND v.value NOT IN ('null', 'false', '[]')
          AND (${always === "*"} OR v.key = ANY (${always === "*" ? [] : [...always, ...onceSaid]}::text[]))`)),
    );
  }
  facts.push(
    ...(await database.query<Fact>(sql`
      SELECT record_id AS "recordId", by, said, false AS "onceSaid" FROM (
        SELECT record_id, 'names' AS by, concat(language, ': ', name) AS said FROM record_name
        UNION ALL SELECT record_id, 'externalIds', scheme || ': ' || value FROM external_id WHERE scheme <> ALL (${ownSchemes}::text[])
        UNION ALL SELECT record_id, 'sources', (to_jsonb(s) - 'id' - 'record_id')::text FROM record_source s
      ) parts WHERE record_id IN ${changed}`)),
  );
  return facts;
}
