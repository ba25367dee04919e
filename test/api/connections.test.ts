// Pages as the Relay specification has them (https://relay.dev/graphql/connections.htm), in both directions, of root
// fields and of nested ones.
import { startApi, type TestApi } from "../support/api";
import { addTo } from "../support/records";
import { asSecretariat } from "../support/viewers";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
  await addTo(api.database, async (add) => {
    for (let n = 1; n <= 12; n++) {
      await add.city({ slug: `page-${n}`, name: `Page ${n}`, kind: "page", population: n % 4 || null });
    }
  });
});
afterAll(() => api.close());

const WHOLE_PAGE =
  "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { slug } edges { cursor node { slug } }";

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  nodes: { slug: string }[];
  edges: { cursor: string; node: { slug: string } }[];
}

interface List {
  ask: (args: Args) => Promise<Page>;
}

interface Args {
  first?: number;
  last?: number;
  after?: string | undefined;
  before?: string | undefined;
}

const VARIABLES = "$first: Int, $last: Int, $after: String, $before: String";
const PASSED = "first: $first, last: $last, after: $after, before: $before";

/** The same rows by a root field, as children of a record, and in an order of many ties. */
const LISTS: Record<string, List> = {
  "of a root field": {
    ask: async (args) =>
      (
        await api.untypedData(
          `query (${VARIABLES}) { cities(filter: { kind: { eq: "page" } }, ${PASSED}) { ${WHOLE_PAGE} } }`,
          args,
        )
      ).cities,
  },
  "of a nested field": {
    ask: async (args) =>
      (
        await api.untypedData(
          `query (${VARIABLES}) { country(code: "PL") { cities(filter: { kind: { eq: "page" } }, ${PASSED}) { ${WHOLE_PAGE} } } }`,
          args,
        )
      ).country.cities,
  },
  "in an order of ties and unknown values": {
    ask: async (args) =>
      (
        await api.untypedData(
          `query (${VARIABLES}) { cities(filter: { kind: { eq: "page" } }, orderBy: [{ field: POPULATION, direction: DESC, nulls: FIRST }], ${PASSED}) { ${WHOLE_PAGE} } }`,
          args,
        )
      ).cities,
  },
};

describe.each(Object.entries(LISTS))("a page %s", (_name, { ask }) => {
  let slugs: string[];
  let cursors: string[];
  beforeAll(async () => {
    const { edges } = await ask({ first: 100 });
    slugs = edges.map((edge) => edge.node.slug);
    cursors = edges.map((edge) => edge.cursor);
  });

  it("of all rows has them all, and nothing on either side", async () => {
    expect(slugs).toHaveLength(12);
    expect(new Set(cursors).size).toBe(12);
    expect((await ask({ first: 100 })).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: cursors[0],
      endCursor: cursors[11],
    });
    expect((await ask({ last: 100 })).nodes.map((node) => node.slug)).toEqual(slugs);
  });

  it("is the slice that its arguments mean, wherever it begins and ends", async () => {
    const places = [undefined, 0, 1, 5, 10, 11];
    for (const size of [1, 3, 12]) {
      for (const after of places) {
        for (const before of places) {
          for (const end of ["first", "last"] as const) {
            const from = after === undefined ? 0 : after + 1;
            const to = Math.max(before ?? 12, from);
            const start = end === "first" ? from : Math.max(to - size, from);
            const stop = end === "first" ? Math.min(from + size, to) : to;
            const inverted = before !== undefined && after !== undefined && before <= after;
            const page = await ask({
              [end]: size,
              after: after === undefined ? undefined : cursors[after],
              before: before === undefined ? undefined : cursors[before],
            });
            expect(page.nodes.map((node) => node.slug)).toEqual(slugs.slice(start, stop));
            expect(page.edges.map((edge) => edge.node.slug)).toEqual(slugs.slice(start, stop));
            expect(page.totalCount).toBe(12);
            expect(page.pageInfo).toEqual({
              hasPreviousPage: start > 0,
              // Nothing stands after the end of the list; of an empty page between crossed cursors, what `before` names does.
              hasNextPage: inverted || stop < 12,
              startCursor: cursors.slice(start, stop)[0] ?? null,
              endCursor: cursors.slice(start, stop).at(-1) ?? null,
            });
          }
        }
      }
    }
  });
});

describe("an empty list", () => {
  it.each(["first: 5", "last: 5"])("has no cursors, and nothing on either side, with %s", async (args) => {
    const nothing = {
      totalCount: 0,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    };
    const data = await api.untypedData(`{
      cities(filter: { or: [] }, ${args}) { ${WHOLE_PAGE} }
      country(code: "PL") { cities(filter: { or: [] }, ${args}) { ${WHOLE_PAGE} } }
    }`);
    expect(data).toEqual({ cities: nothing, country: { cities: nothing } });
  });
});

describe("a cursor whose row is gone", () => {
  it("is a place still, with what stood around it on its sides", async () => {
    const list = LISTS["of a root field"] as List;
    const before = await list.ask({ first: 12 });
    const gone = before.edges.slice(0, 2);
    const cursor = (gone[1] as (typeof gone)[number]).cursor;
    expect((await list.ask({ first: 2, after: cursor })).pageInfo.hasPreviousPage).toBe(true);

    const deleteCity = (slug: string): Promise<void> =>
      api.database.write("tester", (session) => session.execute(`DELETE FROM city WHERE slug = '${slug}'`));
    await deleteCity((gone[1] as (typeof gone)[number]).node.slug);
    const after = await list.ask({ first: 2, after: cursor });
    expect(after.nodes).toEqual(before.nodes.slice(2, 4));
    expect(after.pageInfo.hasPreviousPage).toBe(true);
    expect((await list.ask({ last: 5, before: cursor })).nodes).toEqual(before.nodes.slice(0, 1));

    await deleteCity((gone[0] as (typeof gone)[number]).node.slug);
    expect((await list.ask({ first: 2, after: cursor })).pageInfo).toMatchObject({
      hasPreviousPage: false,
      hasNextPage: true,
    });
    expect(await list.ask({ last: 5, before: cursor })).toMatchObject({
      nodes: [],
      totalCount: 10,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
  });
});
