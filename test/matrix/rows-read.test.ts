// A page costs what it shows, not what the list holds: of thousands of rows an index gives it the few that it needs.
import "reflect-metadata";
import sql, { raw } from "sql-template-tag";
import { LIST_LIMIT } from "../../src/database/declare/record-type";
import type { Role, Viewer } from "../../src/kernel/viewer";
import { startApi, type TestApi } from "../support/api";
import { allOf, BY_GOAL, BY_SLUG, listIn, LISTS, ROWS_AT_MOST, type List } from "../support/many-lists";
import { insertManyOpportunities } from "../support/many-opportunities";
import { BUSY, insertManyProjects, PROJECTS } from "../support/many-projects";
import { BUSY_APPLICATIONS, HIDDEN, insertManyReports } from "../support/many-reports";
import { insertManyRows } from "../support/many-rows";
import { insertManyVersions, VERSIONS } from "../support/many-versions";
import { untypedDataFor } from "../support/members";
import { asTheySay, viewerAs } from "../support/viewers";
import { DatabaseWatch } from "../support/watched-database";

const SMALL_TABLE = 100;

const watch = new DatabaseWatch();
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asTheySay, wrap: (database) => watch.over(database) });
  await insertManyRows(api.database);
  await insertManyProjects(api.database);
  await insertManyReports(api.database);
  await insertManyOpportunities(api.database);
  await insertManyVersions(api.database);
});
afterAll(() => api.close());

interface Caller {
  role: Role;
  /** whose key it is, where it is a city's, a network's or an organization's */
  slug?: string;
}

const SECRETARIAT: Caller = { role: "SECRETARIAT" };
const ANONYMOUS: Caller = { role: "ANONYMOUS" };
const READER: Caller = { role: "READER" };
const PARTY: Caller = { role: "CITY", slug: BUSY };
/** A city that applied twice and answered twice, and has no drafts. */
const OTHER: Caller = { role: "CITY", slug: "many-77" };
const NETWORK: Caller = { role: "NETWORK", slug: BUSY };

const HISTORY: List = { ...listIn("city", BY_SLUG, "history"), field: "revision" };

// Drafts, and the rows of other parents, stand between those that are seen.
const BETWEEN_DRAFTS = 6 * ROWS_AT_MOST;
// A key sees its own drafts beside what everybody sees, and no index has the two in one order: the drafts of others are
// read through, of which each member has one, seldom more.
const THROUGH_DRAFTS = HIDDEN + ROWS_AT_MOST;
// As with drafts: what was answered to somebody and what they answered are looked for among all responses, or sorted.
const THROUGH_RESPONSES = 5 * PROJECTS;

/** What other callers see of the lists, and how many rows a page of theirs may read. */
const SEEN: readonly (readonly [caller: Caller, list: List, rowsAtMost?: number])[] = [
  ...["monitoringReports", "plannedActions", "opportunities"].flatMap((plural) => [
    [ANONYMOUS, allOf(plural)] as const,
    [READER, allOf(plural)] as const,
    [PARTY, allOf(plural), THROUGH_DRAFTS] as const,
    [OTHER, allOf(plural), THROUGH_DRAFTS] as const,
  ]),
  ...[ANONYMOUS, PARTY].flatMap((caller) => [
    [caller, listIn("city", BY_SLUG, "monitoringReports"), BETWEEN_DRAFTS] as const,
    [caller, listIn("city", BY_SLUG, "plannedActions"), BETWEEN_DRAFTS] as const,
    [caller, listIn("city", BY_SLUG, "opportunities"), BETWEEN_DRAFTS] as const,
    [caller, listIn("network", BY_SLUG, "opportunities"), BETWEEN_DRAFTS] as const,
    [caller, listIn("creativeField", BY_SLUG, "opportunities"), BETWEEN_DRAFTS] as const,
    [caller, listIn("goals", BY_GOAL, "opportunities"), BETWEEN_DRAFTS] as const,
    [caller, listIn("goals", BY_GOAL, "plannedActions"), BETWEEN_DRAFTS] as const,
  ]),
  [PARTY, allOf("applications"), 3 * BUSY_APPLICATIONS],
  [PARTY, listIn("city", BY_SLUG, "applications"), 3 * BUSY_APPLICATIONS],
  [PARTY, allOf("opportunityResponses"), THROUGH_RESPONSES],
  [PARTY, listIn("opportunity", BY_SLUG, "responses")],
  [OTHER, allOf("applications")],
  [OTHER, allOf("opportunityResponses")],
  [NETWORK, allOf("opportunityResponses"), THROUGH_RESPONSES],
  [NETWORK, allOf("opportunities"), THROUGH_DRAFTS],
];

const CASES: readonly (readonly [string, List, Caller])[] = [
  ...Object.entries(LISTS).map(([name, list]) => [name, list, SECRETARIAT] as const),
  [`the ${VERSIONS} versions of a record`, HISTORY, SECRETARIAT],
  [`the ${VERSIONS} versions of a record`, { ...HISTORY, before: 2 }, PARTY],
  ...SEEN.map(([caller, list, rowsAtMost]) => {
    const query = list.query("", "");
    return [query, { ...list, rowsAtMost: rowsAtMost ?? ROWS_AT_MOST }, caller] as const;
  }),
];

const TABLES: Partial<Record<Role, string>> = { CITY: "city", NETWORK: "network", ORGANIZATION: "organization" };

async function viewerOf({ role, slug }: Caller): Promise<Viewer> {
  const table = TABLES[role];
  if (table === undefined) return viewerAs(role);
  const [row] = await api.database.query<{ id: string }>(sql`SELECT id FROM ${raw(table)} WHERE slug = ${slug}`);
  return viewerAs(role, row?.id ?? "");
}

const titleOf = ({ role, slug }: Caller): string => (slug === undefined ? role : `${role} ${slug}`);

describe.each(CASES.map(([name, list, caller]) => [name, titleOf(caller), list, caller] as const))(
  "of %s, for %s",
  (_n, _c, list, caller) => {
    const selection = `nodes { ${list.field ?? "id"} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
    let viewer: Viewer;
    beforeAll(async () => {
      viewer = await viewerOf(caller);
    });

    /** The rows read by each statement that has to do with the list, the record that it hangs on aside. */
    async function rowsReadBy(args: string): Promise<number[]> {
      const statements = await watch.statementsOf(() => untypedDataFor(api, viewer, list.query(args, selection)));
      const read: number[] = [];
      for (const statement of statements.slice(list.before)) read.push(await watch.rowsRead(statement));
      return read;
    }

    async function cursor(args: string, which: "startCursor" | "endCursor"): Promise<string> {
      const data = await untypedDataFor(api, viewer, list.query(args, selection));
      return JSON.stringify(list.connection(data).pageInfo[which]);
    }

    // A table of a page or two is read whole: that is cheaper than its index.
    let most: number | undefined = list.rowsAtMost;
    async function rowsAtMost(): Promise<number> {
      if (most !== undefined) return most;
      const { totalCount } = list.connection(await untypedDataFor(api, viewer, list.query("first: 1", "totalCount")));
      most = totalCount <= SMALL_TABLE ? totalCount : ROWS_AT_MOST;
      return most as number;
    }

    it.each(["first: 2", "last: 2"])("%s reads a few rows", async (args) => {
      const read = await rowsReadBy(args);
      expect(read).toHaveLength(1);
      expect(read[0]).toBeGreaterThanOrEqual(2);
      expect(read[0]).toBeLessThanOrEqual(await rowsAtMost());
    });

    it("the page after a cursor reads a few rows, and as few to know what is before it", async () => {
      const read = await rowsReadBy(`first: 2, after: ${await cursor("first: 2", "endCursor")}`);
      expect(read).toHaveLength(2);
      expect(Math.max(...read)).toBeLessThanOrEqual(await rowsAtMost());
    });

    it("the page before a cursor reads a few rows, and as few to know what is after it", async () => {
      const read = await rowsReadBy(`last: 2, before: ${await cursor("last: 2", "startCursor")}`);
      expect(read).toHaveLength(2);
      expect(Math.max(...read)).toBeLessThanOrEqual(await rowsAtMost());
    });

    it("pages deep in the list read a few rows, and as few to know what is around them", async () => {
      let middle = await cursor("first: 5", "endCursor");
      for (let page = 0; page < 8; page += 1) {
        const next = await cursor(`first: 100, after: ${middle}`, "endCursor");
        if (next !== "null") middle = next;
      }
      const read = [
        ...(await rowsReadBy(`first: 2, after: ${middle}`)),
        ...(await rowsReadBy(`last: 2, before: ${middle}`)),
      ];
      expect(read.length).toBeGreaterThanOrEqual(3);
      expect(Math.max(...read)).toBeLessThanOrEqual(await rowsAtMost());
    });
  },
);

describe("fifty countries at once", () => {
  it("read a page of cities each, not all cities", async () => {
    const query = `{ countries { cities(first: 2) { nodes { id } } } }`;
    const [countries, cities] = await watch.statementsOf(() => untypedDataFor(api, viewerAs("SECRETARIAT"), query));
    if (countries === undefined || cities === undefined) throw new Error("two statements were expected");
    const read = await watch.rowsRead(cities);
    expect(read).toBeGreaterThan(100);
    expect(read).toBeLessThan(110 * ROWS_AT_MOST);
  });
});

describe("a plain list of many", () => {
  it.each([
    [
      "planned actions",
      `{ monitoringReports(first: 1) { nodes { dueOn actionPlan { id } } } }`,
      (data: any) => data.monitoringReports.nodes[0].actionPlan,
      LIST_LIMIT + ROWS_AT_MOST,
    ],
    // All missions of an expert are sorted, where the list would show most of what an expert has on the average.
    ["missions", `{ expert${BY_SLUG} { missions { id } } }`, (data: any) => data.expert.missions, 2 * PROJECTS],
  ])("of %s reads not much more than it shows", async (_name, query, listed, rowsAtMost) => {
    const viewer = viewerAs("SECRETARIAT");
    const statements = await watch.statementsOf(async () => {
      expect(listed(await untypedDataFor(api, viewer, query))).toHaveLength(LIST_LIMIT);
    });
    const last = statements.at(-1);
    if (last === undefined) throw new Error("a statement was expected");
    expect(await watch.rowsRead(last)).toBeLessThanOrEqual(rowsAtMost);
  });
});
