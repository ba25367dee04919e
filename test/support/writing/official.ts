// What of each type is official, as docs/rights.md has it, and what the database holds of it as facts. Nothing here asks a declaration.
import sql, { raw } from "sql-template-tag";
import type { Database } from "../../../src/database/database";
import { snakeCase } from "../../../src/kernel/names";
import { BELONGS_TO, OFFICIAL_FIELDS, RIGHTS } from "../rights-document";

export interface OfficialParts {
  /** columns that only the Secretariat writes, by their names in the database; "*" for whole rows */
  always: "*" | readonly string[];
  /** columns that only the Secretariat changes, once they have a value */
  onceSaid?: readonly string[];
}

/** The columns of a field: a place is two of them, and a reference is called after its field. */
const columnsOf = (field: string): string[] =>
  field === "location" ? ["latitude", "longitude"] : [snakeCase(field), `${snakeCase(field)}_id`];

/** Updated by the Secretariat alone, but led on by commands of others: a city may leave, partners accept and leave. */
const LED_BY_OTHERS: Readonly<Record<string, OfficialParts>> = {
  Designation: { always: ["city_id", "creative_field_id", "round_id", "call_id", "designated_on", "confidence"] },
  ProjectParticipation: { always: [] },
};

function officialParts(type: string): OfficialParts {
  const led = LED_BY_OTHERS[type];
  if (led !== undefined) return led;
  if (RIGHTS[`update${type}`]?.length === 0) return { always: "*" };
  const columns = (how: string): string[] =>
    OFFICIAL_FIELDS.flatMap(([field, official]) => {
      const [of, name = ""] = field.split(".");
      return of === type && official === how ? columnsOf(name) : [];
    });
  return { always: columns("always"), onceSaid: columns("once it is said") };
}

const OFFICIAL: Readonly<Record<string, OfficialParts>> = Object.fromEntries(
  [...BELONGS_TO.keys()].map((type) => [type, officialParts(type)]),
);

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
    const table = raw(`"${snakeCase(type)}"`);
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
