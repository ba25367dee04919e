// The lists that rows-read.test.ts asks for pages of: those that hang on the parents of many, and those of all records.
import { catalogue } from "../../src/catalogue";
import { AGREEMENTS, CONTRIBUTORS } from "./many-opportunities";
import { BUSY, BUSY_COUNTRY, BUSY_GOAL, BUSY_PARTNERS, BUSY_YEAR, PROJECTS } from "./many-projects";
import { BUSY_APPLICATIONS } from "./many-reports";
import { MANY, MANY_CALL, MANY_COUNTRY, MANY_FIELD, MANY_NETWORK, MANY_ROUND } from "./many-rows";

/** A page of 2 reads 3 rows, each with what it is joined to; the rest is room for how a plan counts them. */
export const ROWS_AT_MOST = 12;

/** The operation on a list, and where its answer holds the connection. */
export interface List {
  query: (args: string, selection: string) => string;
  connection: (data: any) => any;
  /** the statements that read the record which the list hangs on */
  before: number;
  /** where a row is made of more than one or two, how many a page may read */
  rowsAtMost?: number;
  /** a field of its nodes, where they have no id */
  field?: string;
}

/** The list in a field of one record: of the one that the root gives, or of the first of those. */
export function listIn(root: string, args: string, field: string, rowsAtMost = ROWS_AT_MOST): List {
  const isPage =
    !args.includes("by:") &&
    catalogue.records.some(({ plural, roots }) => plural === root && roots.many === "connection");
  return {
    query: (page, selection) => {
      const list = `${field}(${page}) { ${selection} }`;
      return `{ ${root}${args} { ${isPage ? `nodes { ${list} }` : list} } }`;
    },
    connection: (data) => (data[root].nodes?.[0] ?? data[root][0] ?? data[root])[field],
    before: 1,
    rowsAtMost,
  };
}

export function allOf(plural: string): List {
  return {
    query: (args, selection) => `{ ${plural}(${args}) { ${selection} } }`,
    connection: (data) => data[plural],
    before: 0,
  };
}

export const BY_SLUG = `(by: { slug: "${BUSY}" })`;
export const BY_GOAL = `(filter: { number: { eq: ${BUSY_GOAL} } })`;
const OF_YEAR = `(first: 1, filter: { year: { eq: ${BUSY_YEAR} } })`;
const OF_ROUND = `(filter: { year: { eq: ${MANY_ROUND} } })`;
const OF_NETWORK = `(by: { slug: "${MANY_NETWORK}" })`;

// Partners of one type are picked out of all partners of the project, each of which may be read three times over.
const PICKED = 3 * BUSY_PARTNERS;
// The contributions of the busy city, two to each publication, read twice over.
const GIVEN = 5 * PROJECTS;
// Rows of other parents stand between those of the busy one, in the order of ids: random where they are of one moment. How
// many stand between two is a matter of luck, of which this leaves enough; a list that is read whole has thousands.
const BETWEEN = 16 * ROWS_AT_MOST;

export const LISTS: Record<string, List> = {
  [`the cities of a country with ${MANY}`]: listIn("country", `(code: "${MANY_COUNTRY}")`, "cities"),
  [`the cities of a creative field with ${MANY}`]: listIn("creativeField", `(by: { slug: "${MANY_FIELD}" })`, "cities"),
  [`the designations of a round with ${MANY}`]: listIn("designationRounds", OF_ROUND, "designations"),
  [`the members of a network with ${MANY}`]: listIn("network", OF_NETWORK, "members"),
  [`the memberships of a network with ${MANY}`]: listIn("network", OF_NETWORK, "memberships"),
  // Each member is a stretch of designations, and the home network is found among all networks.
  [`the members of the home network with ${MANY} more`]: listIn("network", `(by: { slug: "uccn" })`, "members", 80),
  // The partners of a network are those of all its agreements, put in order; networks have tens.
  [`the partners of a network with ${AGREEMENTS} agreements`]: listIn("network", BY_SLUG, "partners", 5 * AGREEMENTS),
};
for (const [root, args, field, rowsAtMost] of [
  ["project", BY_SLUG, "cities", PICKED],
  ["project", BY_SLUG, "organizations", PICKED],
  ["project", BY_SLUG, "participations"],
  ["city", BY_SLUG, "projects"],
  ["city", BY_SLUG, "organizations"],
  ["city", BY_SLUG, "practices", BETWEEN],
  ["network", BY_SLUG, "projects"],
  ["organization", BY_SLUG, "projects"],
  ["creativeField", BY_SLUG, "projects", BETWEEN],
  ["practiceCollection", BY_SLUG, "practices"],
  ["country", `(code: "${BUSY_COUNTRY}")`, "meetings"],
  ["goals", BY_GOAL, "projects", BETWEEN],
  ["goals", BY_GOAL, "practices", BETWEEN],
  ["meetings", OF_YEAR, "projects"],
  ["applicationCall", `(by: { slug: "${MANY_CALL}" })`, "applications", BETWEEN],
  ["applicationCall", `(by: { slug: "${MANY_CALL}" })`, "designations"],
  // The few applications of a city and the contributions to a publication are put in order.
  ["city", BY_SLUG, "applications", 3 * BUSY_APPLICATIONS],
  ["city", BY_SLUG, "monitoringReports"],
  ["city", BY_SLUG, "plannedActions"],
  ["city", BY_SLUG, "opportunities", BETWEEN],
  ["city", BY_SLUG, "experts"],
  ["city", BY_SLUG, "expertMissions"],
  // Whether something was given to it before is looked up among all that the same one gave.
  ["city", BY_SLUG, "publications", GIVEN],
  ["network", BY_SLUG, "agreements", BETWEEN],
  ["network", BY_SLUG, "opportunities", BETWEEN],
  ["network", BY_SLUG, "publications", GIVEN],
  ["organization", BY_SLUG, "opportunities", BETWEEN],
  ["organization", BY_SLUG, "publications", GIVEN],
  ["creativeField", BY_SLUG, "opportunities", BETWEEN],
  ["creativeField", BY_SLUG, "experts", BETWEEN],
  ["goals", BY_GOAL, "plannedActions", BETWEEN],
  ["goals", BY_GOAL, "opportunities", BETWEEN],
  ["opportunity", BY_SLUG, "responses"],
  ["publication", BY_SLUG, "contributions", 3 * CONTRIBUTORS],
] as const) {
  LISTS[`the ${field} of ${root}${args} in the midst of ${2 * PROJECTS}`] = listIn(root, args, field, rowsAtMost);
}
for (const { plural, roots } of catalogue.records) {
  if (roots.many === "connection") LISTS[`all ${plural}`] = allOf(plural);
}
