// A page costs what it shows, not what the list holds: of thousands of rows an index gives it the few that it needs.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import { startApi, type TestApi } from "../support/api";
import { insertManyRows, MANY, MANY_COUNTRY, MANY_FIELD, MANY_NETWORK, MANY_ROUND } from "../support/many-rows";
import {
  BUSY,
  BUSY_PARTNERS,
  BUSY_COUNTRY,
  BUSY_GOAL,
  BUSY_YEAR,
  insertManyProjects,
  PROJECTS,
} from "../support/many-projects";
import { DatabaseWatch } from "../support/watched-database";

/** A page of 2 reads 3 rows, each with what it is joined to; the rest is room for how a plan counts them. */
const ROWS_AT_MOST = 12;
const SMALL_TABLE = 100;

const watch = new DatabaseWatch();
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ wrap: (database) => watch.over(database) });
  await insertManyRows(api.database);
  await insertManyProjects(api.database);
});
afterAll(() => api.close());

/** The operation on a list, and where its answer holds the connection. */
interface List {
  query: (args: string, selection: string) => string;
  connection: (data: any) => any;
  /** the statements that read the record which the list hangs on */
  before: number;
  /** where a row is made of more than one or two, how many a page may read */
  rowsAtMost?: number;
}

const LISTS: Record<string, List> = {
  [`the cities of a country with ${MANY}`]: {
    query: (args, selection) => `{ country(code: "${MANY_COUNTRY}") { cities(${args}) { ${selection} } } }`,
    connection: (data) => data.country.cities,
    before: 1,
  },
  [`the cities of a creative field with ${MANY}`]: {
    query: (args, selection) => `{ creativeField(by: { slug: "${MANY_FIELD}" }) { cities(${args}) { ${selection} } } }`,
    connection: (data) => data.creativeField.cities,
    before: 1,
  },
  [`the designations of a round with ${MANY}`]: {
    query: (args, selection) =>
      `{ designationRounds(filter: { year: { eq: ${MANY_ROUND} } }) { nodes { designations(${args}) { ${selection} } } } }`,
    connection: (data) => data.designationRounds.nodes[0].designations,
    before: 1,
  },
};
for (const field of ["members", "memberships"]) {
  LISTS[`the ${field} of a network with ${MANY}`] = {
    query: (args, selection) => `{ network(by: { slug: "${MANY_NETWORK}" }) { ${field}(${args}) { ${selection} } } }`,
    connection: (data) => data.network[field],
    before: 1,
  };
}
LISTS[`the members of the home network with ${MANY} more`] = {
  query: (args, selection) => `{ network(by: { slug: "uccn" }) { members(${args}) { ${selection} } } }`,
  connection: (data) => data.network.members,
  before: 1,
  // Each member is a stretch of designations, and the home network is found among all networks.
  rowsAtMost: 60,
};
const BY_SLUG = `(by: { slug: "${BUSY}" })`;
const GOAL = `(filter: { number: { eq: ${BUSY_GOAL} } })`;
const MEETING = `(first: 1, filter: { year: { eq: ${BUSY_YEAR} } })`;
for (const [root, args, fields] of [
  ["project", BY_SLUG, ["cities", "organizations", "participations"]],
  ["city", BY_SLUG, ["projects", "organizations", "practices"]],
  ["network", BY_SLUG, ["projects"]],
  ["organization", BY_SLUG, ["projects"]],
  ["creativeField", BY_SLUG, ["projects"]],
  ["practiceCollection", BY_SLUG, ["practices"]],
  ["country", `(code: "${BUSY_COUNTRY}")`, ["meetings"]],
  ["goals", GOAL, ["projects", "practices"]],
  ["meetings", MEETING, ["projects"]],
] as const) {
  for (const field of fields) {
    LISTS[`the ${field} of ${root}${args} in the midst of ${2 * PROJECTS}`] = {
      query: (page, selection) =>
        root === "meetings"
          ? `{ ${root}${args} { nodes { ${field}(${page}) { ${selection} } } } }`
          : `{ ${root}${args} { ${field}(${page}) { ${selection} } } }`,
      connection: (data) => (data[root].nodes?.[0] ?? data[root][0] ?? data[root])[field],
      before: 1,
      // Partners of one type are picked out of all partners of the project, each of which may be read three times over;
      // and the edges of the one other goal stand between those of the busy one.
      ...(field === "cities" || (root === "project" && field === "organizations")
        ? { rowsAtMost: 3 * BUSY_PARTNERS }
        : root === "goals"
          ? { rowsAtMost: 2 * ROWS_AT_MOST }
          : {}),
    };
  }
}
for (const type of catalogue.records.filter(({ roots }) => roots.many === "connection")) {
  LISTS[`all ${type.plural}`] = {
    query: (args, selection) => `{ ${type.plural}(${args}) { ${selection} } }`,
    connection: (data) => data[type.plural],
    before: 0,
  };
}

const SELECTION = "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

describe.each(Object.entries(LISTS))("of %s", (_name, list) => {
  /** The rows read by each statement that has to do with the list, the record that it hangs on aside. */
  async function rowsReadBy(args: string): Promise<number[]> {
    const statements = await watch.statementsOf(() => api.data(list.query(args, SELECTION)));
    const read: number[] = [];
    for (const statement of statements.slice(list.before)) read.push(await watch.rowsRead(statement));
    return read;
  }

  async function cursor(args: string, which: "startCursor" | "endCursor"): Promise<string> {
    const data = await api.data(list.query(args, SELECTION));
    return JSON.stringify(list.connection(data).pageInfo[which]);
  }

  // A table of a page or two is read whole: that is cheaper than its index.
  async function rowsAtMost(): Promise<number> {
    const { totalCount } = list.connection(await api.data(list.query("first: 1", "totalCount")));
    return totalCount <= SMALL_TABLE ? totalCount : (list.rowsAtMost ?? ROWS_AT_MOST);
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
});

describe("fifty countries at once", () => {
  it("read a page of cities each, not all cities", async () => {
    const query = `{ countries { cities(first: 2) { nodes { id } } } }`;
    const [countries, cities] = await watch.statementsOf(() => api.data(query));
    if (countries === undefined || cities === undefined) throw new Error("two statements were expected");
    const read = await watch.rowsRead(cities);
    expect(read).toBeGreaterThan(100);
    expect(read).toBeLessThan(110 * ROWS_AT_MOST);
  });
});
