// The history of a record page by page, and what it costs.
import "reflect-metadata";
import { VisibilityFixture, SECRETARIAT_CALLS } from "../support/visibility-fixture";
import { DatabaseWatch } from "../support/watched-database";
import type { Caller } from "../support/who-sees";

const watch = new DatabaseWatch();
let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open({ wrap: (database) => watch.over(database) });
  for (let population = 1; population <= 7; population += 1) {
    // Two entries of one revision every time: these stand in an order too.
    await fixture.api.database.write(`writer ${population}`, (session) =>
      session.execute(
        `UPDATE city SET population = ${population} WHERE slug IN ('krakow', 'york');
         UPDATE city SET website = 'https://${population}.example.org/' WHERE slug IN ('krakow', 'york');`,
      ),
    );
  }
});
afterAll(() => fixture.close());

interface HistoryPage {
  totalCount: number;
  edges: { cursor: string; node: { revision: string; actor: string; changes: { field: string }[] } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const PAGE =
  "totalCount edges { cursor node { revision actor changes { field } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

async function page(args: string, slug = "krakow", who = SECRETARIAT_CALLS): Promise<HistoryPage> {
  const { city } = await fixture.data(who, `{ city(by: { slug: "${slug}" }) { history(${args}) { ${PAGE} } } }`);
  return city.history as HistoryPage;
}

const KRAKOW: Caller = { title: "CITY krakow", role: "CITY", slug: "krakow" };

describe("a page of a history", () => {
  it("has the newest first, also of one revision", async () => {
    const { edges, totalCount, pageInfo } = await page("first: 100");
    expect(edges).toHaveLength(totalCount);
    expect(totalCount).toBeGreaterThan(14);
    expect(edges.slice(0, 4).map(({ node }) => [node.actor, node.changes.map(({ field }) => field)])).toEqual([
      ["writer 7", ["website"]],
      ["writer 7", ["population"]],
      ["writer 6", ["website"]],
      ["writer 6", ["population"]],
    ]);
    const revisions = edges.map(({ node }) => Number(node.revision));
    expect(revisions).toEqual([...revisions].sort((a, b) => b - a));
    expect(pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: edges[0]!.cursor,
      endCursor: edges.at(-1)!.cursor,
    });
  });

  it.each([1, 2, 3, 5])("of %i follows another, both ways, to the end", async (size) => {
    const whole = (await page("first: 100")).edges;
    for (const who of [SECRETARIAT_CALLS, KRAKOW]) {
      const forward: HistoryPage["edges"] = [];
      let after = "";
      for (;;) {
        const { edges, pageInfo, totalCount } = await page(`first: ${size}${after}`, "krakow", who);
        expect(totalCount).toBe(whole.length);
        expect(pageInfo.hasPreviousPage).toBe(after !== "");
        forward.push(...edges);
        if (!pageInfo.hasNextPage) break;
        after = `, after: ${JSON.stringify(pageInfo.endCursor)}`;
      }
      expect(forward).toEqual(whole);
      const backward: HistoryPage["edges"] = [];
      let before = "";
      for (;;) {
        const { edges, pageInfo } = await page(`last: ${size}${before}`, "krakow", who);
        expect(pageInfo.hasNextPage).toBe(before !== "");
        backward.unshift(...edges);
        if (!pageInfo.hasPreviousPage) break;
        before = `, before: ${JSON.stringify(pageInfo.startCursor)}`;
      }
      expect(backward).toEqual(whole);
    }
  });

  it("goes on from its cursor when the record was changed since", async () => {
    const { edges } = await page("first: 3", "york");
    await fixture.api.database.write("later", (session) =>
      session.execute("UPDATE city SET population = 99 WHERE slug = 'york'"),
    );
    const after = JSON.stringify(edges[1]!.cursor);
    expect((await page(`first: 1, after: ${after}`, "york")).edges).toEqual([edges[2]]);
    expect((await page("first: 1", "york")).edges[0]!.node.actor).toBe("later");
  });

  it.each([
    ["", "NO_PAGE_SIZE"],
    ["(first: 0)", "BAD_PAGE_SIZE"],
    ["(first: 101)", "BAD_PAGE_SIZE"],
    ["(first: 1, last: 1)", "FIRST_AND_LAST"],
    ['(first: 1, after: "x")', "BAD_CURSOR"],
  ])("is refused where its arguments are wrong: history%s", async (args, reason) => {
    const query = `{ city(by: { slug: "krakow" }) { history${args} { nodes { revision } } } }`;
    const { errors } = await fixture.ask(SECRETARIAT_CALLS, { query });
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([{ code: "BAD_USER_INPUT", reason }]);
  });

  it("is refused with the cursor of another list", async () => {
    const { cities } = await fixture.data(SECRETARIAT_CALLS, "{ cities(first: 1) { pageInfo { endCursor } } }");
    const query = `{ city(by: { slug: "krakow" }) { history(first: 1, after: "${cities.pageInfo.endCursor}") { nodes { revision } } } }`;
    const { errors } = await fixture.ask(SECRETARIAT_CALLS, { query });
    expect(errors?.[0]?.extensions.reason).toBe("BAD_CURSOR");
  });
});

describe("the cost of histories", () => {
  // Krakow is the smallest. The list, and the pages; for a city's key the heads, which say whose each record is.
  it.each([
    ["the Secretariat", SECRETARIAT_CALLS, 2],
    ["a city", KRAKOW, 3],
  ])("is one statement for many records: %s", async (_title, who, statements) => {
    for (const size of [2, 50]) {
      const query = `{ cities(first: ${size}, orderBy: [{ field: POPULATION }]) {
        nodes { history(first: 2) { nodes { revision actor changes { field before after } } } } } }`;
      expect(await watch.statementsOf(() => fixture.data(who, query))).toHaveLength(statements);
    }
  });

  it("is one statement more for all totals, and one for what lies before a cursor", async () => {
    const query = (size: number, selection: string, args = "") =>
      `{ cities(first: ${size}) { nodes { history(first: 2 ${args}) { ${selection} } } } }`;
    const cursor = JSON.stringify((await page("first: 1")).pageInfo.endCursor);
    for (const size of [2, 50]) {
      const costOf = async (selection: string, args?: string) =>
        (await watch.statementsOf(() => fixture.data(SECRETARIAT_CALLS, query(size, selection, args)))).length;
      expect(await costOf("totalCount")).toBe(2);
      expect(await costOf("totalCount nodes { revision }")).toBe(3);
      expect(await costOf("pageInfo { hasPreviousPage hasNextPage }", `, after: ${cursor}`)).toBe(3);
    }
  });

  it("is one statement more for records of several types that changes name", async () => {
    for (const size of [2, 8]) {
      const query = `{ opportunities(first: ${size}) { nodes { history(first: 5) { nodes { changes { before after } } } } } }`;
      expect(await watch.statementsOf(() => fixture.data(SECRETARIAT_CALLS, query))).toHaveLength(3);
    }
  });

  it("is no statement beyond the head for those who may not read it", async () => {
    const query = "{ cities(first: 50) { nodes { history(first: 5) { totalCount nodes { revision } } } } }";
    const anybody: Caller = { title: "ANONYMOUS", role: "ANONYMOUS" };
    expect(await watch.statementsOf(() => fixture.data(anybody, query))).toHaveLength(1);
  });

  it("is multiplied by the lists around it, and refused beyond the limit", async () => {
    const query =
      "{ cities(first: 100) { nodes { projects(first: 100) { nodes { history(first: 100) { nodes { revision changes { field } } } } } } } }";
    const { data, errors } = await fixture.ask(SECRETARIAT_CALLS, { query });
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: "QUERY_TOO_COMPLEX", reason: "COST" });
  });
});
