// A query costs as many statements as it has kinds of things to read, however many of each there are.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import type { RecordType } from "../../src/database/declare/record-type";
import { startApi, type TestApi } from "../support/api";
import { BUSY, insertManyProjects } from "../support/many-projects";
import { BESIDE_NODES, inBatches, ownFields, titleOf, waysFrom } from "../support/record-selections";
import { DatabaseWatch, timesByText } from "../support/watched-database";
import { asSecretariat } from "../support/viewers";

const watch = new DatabaseWatch();
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat, wrap: (database) => watch.over(database) });
  await insertManyProjects(api.database, 60);
});
afterAll(() => api.close());

/** Many records of a type: a page where the type has pages, else records by their ids. */
async function many(type: RecordType, size: number, selection: string): Promise<string> {
  if (type.roots.many === "connection")
    return `{ ${type.plural}(first: ${size}) { ${BESIDE_NODES} edges { cursor node { ${selection} } } } }`;
  const data = await api.untypedData(`{ ${type.plural} { id } }`);
  const ids = (data[type.plural] as { id: string }[]).slice(0, size).map(({ id }) => id);
  return `{ nodes(ids: ${JSON.stringify(ids)}) { ... on ${type.name} { ${selection} } } }`;
}

// A level that holds nothing for two may hold something for fifty: a reference that only the third record has. And
// what is asked of rows that arrive by different statements may be asked once for each of these. Both are few, whatever
// the page's size; a statement for each row would be as many as the rows, 8 at least in the queries below.
const SAME_QUESTION_AT_MOST = 6;
const LOTS = 12;
/** How many ways are asked for in one request: the rows of each, and those that they begin at, may all arrive by different statements. */
const AT_ONCE = SAME_QUESTION_AT_MOST - 1;

async function expectNoMoreStatementsForMore(query: (size: number) => Promise<string>): Promise<void> {
  const [few, lots] = [await query(2), await query(LOTS)];
  const timesForFew = timesByText(await watch.statementsOf(() => api.untypedData(few)));
  const timesForLots = timesByText(await watch.statementsOf(() => api.untypedData(lots)));
  expect(timesForLots.size).toBeGreaterThan(0);
  const grown = [...timesForLots].filter(
    ([text, times]) => times > Math.max(timesForFew.get(text) ?? 0, SAME_QUESTION_AT_MOST),
  );
  expect(grown).toEqual([]);
}

describe.each(catalogue.records.map((type) => [type.name, type] as const))("%s", (_name, type) => {
  it("costs as many statements for many as for 2 with all fields of its own", async () => {
    await expectNoMoreStatementsForMore((size) => many(type, size, ownFields(type)));
  });

  it.each(inBatches(waysFrom(type), AT_ONCE).map((ways) => [titleOf(ways), ways] as const))(
    "costs as many statements for many as for 2 with all fields of each of its %s",
    async (_fields, ways) => {
      await expectNoMoreStatementsForMore((size) =>
        many(type, size, ways.map((way) => way.select(size, ownFields(way.to), BESIDE_NODES)).join(" ")),
      );
    },
  );

  const paths = waysFrom(type).flatMap((near) =>
    inBatches(waysFrom(near.to), AT_ONCE).map((far) => [`${near.title}.{${titleOf(far)}}`, near, far] as const),
  );
  it.each(paths)("costs as many statements for many as for 2 on each level of %s", async (_path, near, far) => {
    await expectNoMoreStatementsForMore((size) =>
      many(type, size, near.select(size, far.map((way) => way.select(size, "id revision")).join(" "))),
    );
  });
});

describe("a reference to a record of several types", () => {
  // One statement for the page, one for what the ids lead to, one for each type among them.
  const MEMBERS = 3;

  it.each([
    ["partner { __typename }", 2 + MEMBERS],
    ["partner { __typename ... on City { slug } ... on Network { slug } ... on Organization { sector } }", 2 + MEMBERS],
    ["partner { __typename ... on City { country { code } } ... on Organization { city { slug } } }", 4 + MEMBERS],
    ["partner { __typename ... on Record { revision } }", 3 + MEMBERS],
  ])("costs a statement for each type, however many rows there are: %s", async (selection, statements) => {
    const page = (first: number) => `{
      project(by: { slug: "${BUSY}" }) { participations(first: ${first}) { nodes { ${selection} } } }
    }`;
    for (const first of [3, 50]) {
      const { project } = await api.untypedData(page(first));
      const nodes = project.participations.nodes as { partner: { __typename: string } }[];
      expect(nodes).toHaveLength(first);
      expect(new Set(nodes.map(({ partner }) => partner.__typename)).size).toBe(MEMBERS);
      // And one for the project.
      expect(await watch.statementsOf(() => api.untypedData(page(first)))).toHaveLength(1 + statements);
    }
  });
});

describe("an operation", () => {
  it.each([
    ["{ cities(first: 2) { nodes { slug } } }", 1],
    ["{ cities(first: 2) { nodes { slug } edges { cursor node { name } } } }", 1],
    ["{ cities(first: 2) { nodes { slug } totalCount } }", 2],
    ["{ cities(first: 2) { totalCount } }", 1],
    ["{ cities(first: 2) { __typename } }", 0],
    ["{ cities(first: 2) { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }", 1],
    ["{ countries { name } }", 1],
    ["{ countries { cities(first: 2) { nodes { slug } } } }", 2],
    ["{ countries { cities(first: 2) { nodes { slug } totalCount pageInfo { hasNextPage endCursor } } } }", 3],
    ["{ countries { cities(first: 2) { totalCount } } }", 2],
    ["{ countries { cities { totalCount } } }", 2],
    ["{ cities(first: 50) { nodes { country { name cities(first: 2) { nodes { country { code } } } } } } }", 3],
    ["{ cities(first: 50) { nodes { name(language: EN) } } }", 1],
    ["{ cities(first: 50) { nodes { name(language: FR) names { name } } } }", 2],
    ["{ cities(first: 50) { nodes { revision createdAt updatedAt } } }", 2],
    ["{ cities(first: 50) { nodes { externalIds { url } sources { title } } } }", 3],
    ["{ cities(first: 50) { nodes { memberSince location { latitude } } } }", 2],
    ["{ countries { authority { __typename } } }", 2],
    ['{ city(by: { slug: "krakow" }) { slug } other: city(by: { slug: "lyon" }) { slug } }', 1],
    ["{ projects(first: 50) { nodes { slug themes areasOfAction objectives beneficiaries } } }", 1],
    ["{ projects(first: 50) { nodes { leadCity { slug } goals { number } creativeFields { slug } } } }", 5],
    ["{ goals { title(language: FR) } }", 2],
    ["{ viewer { role } __typename }", 0],
    ["{ revision }", 1],
  ])("%s costs %i statements", async (query, statements) => {
    expect(await watch.statementsOf(() => api.untypedData(query))).toHaveLength(statements);
  });

  it("looks before a cursor only when asked whether there is more", async () => {
    const { cities } = await api.untypedData("{ cities(first: 2) { pageInfo { endCursor } } }");
    const after = JSON.stringify(cities.pageInfo.endCursor);
    const page = (selection: string) =>
      watch.statementsOf(() => api.untypedData(`{ cities(first: 2, after: ${after}) { ${selection} } }`));
    expect(await page("nodes { slug }")).toHaveLength(1);
    expect(await page("nodes { slug } pageInfo { hasNextPage endCursor }")).toHaveLength(1);
    expect(await page("nodes { slug } pageInfo { hasNextPage hasPreviousPage }")).toHaveLength(2);
  });
});
