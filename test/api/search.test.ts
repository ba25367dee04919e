// Search: what it finds, in which order, why, and page by page.
import type { ResultOf } from "@graphql-typed-document-node/core";
import type { RecordType } from "../generated/documents";
import { startApi, type TestApi } from "../support/api";
import { gql } from "../support/gql";
import { refusalOfQuery } from "../support/refusal";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const HITS = gql(`query ($q: String!, $types: [RecordType!]) { search(query: $q, types: $types, first: 100) { edges {
  score cursor reason { field kind matchedText language }
  node { id __typename ... on City { slug } ... on Country { code } ... on CreativeField { slug } }
} } }`);

const hits = async (q: string, types?: RecordType[]) =>
  (await api.data(HITS, { q, ...(types !== undefined && { types }) })).search.edges;

const PAGE = gql(`query ($q: String!, $a: String) { search(query: $q, first: 7, after: $a) {
  totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }
} }`);

describe("a search", () => {
  it.each(["san", "a", "city"])("for %j gives each hit once, page by page, and counts them", async (query) => {
    const whole: string[] = [];
    let after: string | null = null;
    let total = 0;
    do {
      const { search }: ResultOf<typeof PAGE> = await api.data(PAGE, { q: query, a: after });
      expect(search.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(search.edges.map((edge) => edge.node)).toEqual(search.nodes);
      expect(search.pageInfo.startCursor).toBe(search.edges[0]?.cursor);
      whole.push(...search.nodes.map((node) => node.id));
      total = search.totalCount;
      after = search.pageInfo.hasNextPage ? search.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(whole).size).toBe(whole.length);
    expect(whole).toHaveLength(total);
    expect(total).toBeGreaterThan(7);
    expect((await hits(query)).map((hit) => hit.node.id)).toEqual(whole.slice(0, 100));
  });

  it("ranks the very name before names that begin so, and these before similar ones", async () => {
    const found = await hits("san");
    const rank = { EXACT: 0, LEADING: 1, SIMILAR: 2 };
    const ranks = found.map((hit) => rank[hit.reason.kind]);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks)).toContain(1);
    const scores = found.map((hit) => hit.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const score of scores) expect(score > 0 && score <= 1).toBe(true);
  });

  it("says which text was found, in which language, and how", async () => {
    expect((await hits("Krakow"))[0]).toMatchObject({
      score: 1,
      reason: { field: "NAME", kind: "EXACT", matchedText: "Krakow", language: null },
      node: { slug: "krakow" },
    });
    expect((await hits("cracovie"))[0]).toMatchObject({
      reason: { field: "OTHER_NAME", kind: "EXACT", matchedText: "Cracovie", language: "fr" },
      node: { slug: "krakow" },
    });
    expect((await hits("krak"))[0]).toMatchObject({ reason: { kind: "LEADING" }, node: { slug: "krakow" } });
    expect((await hits("krakwo"))[0]).toMatchObject({ reason: { kind: "SIMILAR" }, node: { slug: "krakow" } });
  });

  it("puts what is called so before what has it among its other names", async () => {
    const found = await hits("Santiago");
    const firstOther = found.findIndex((hit) => hit.reason.field === "OTHER_NAME" && hit.reason.kind === "EXACT");
    const lastName = found.findLastIndex((hit) => hit.reason.field === "NAME" && hit.reason.kind === "EXACT");
    expect(firstOther === -1 || lastName < firstOther).toBe(true);
  });

  it("finds only records of the types that are asked for, and counts only these", async () => {
    const all = new Set((await hits("music")).map((hit) => hit.node.__typename));
    expect(all).toContain("CreativeField");
    expect(new Set((await hits("music", ["CREATIVE_FIELD"])).map((hit) => hit.node.__typename))).toEqual(
      new Set(["CreativeField"]),
    );
    expect((await hits("Poland", ["COUNTRY"])).map(({ node }) => "code" in node && node.code)).toContain("PL");
    const data = await api.data(
      gql(
        '{ none: search(query: "music", types: []) { totalCount nodes { id } } unsearched: search(query: "music", types: [DESIGNATION]) { totalCount nodes { id } } }',
      ),
    );
    expect(data).toEqual({ none: { totalCount: 0, nodes: [] }, unsearched: { totalCount: 0, nodes: [] } });
  });

  it.each(["", " ", "\t\n", "-", "!?.,;", "'", "%", "_", "\\", "()"])(
    "for %j, which has no letter and no digit, finds nothing",
    async (query) => {
      const data = await api.data(
        gql(
          "query ($q: String!) { search(query: $q) { totalCount edges { cursor } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
        ),
        { q: query },
      );
      expect(data.search).toEqual({
        totalCount: 0,
        edges: [],
        nodes: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      });
    },
  );

  it("takes 200 characters, and refuses more, also where only the total is asked for", async () => {
    expect(await hits("krakow ".repeat(28))).toBeDefined();
    for (const selection of ["nodes { id }", "totalCount", "pageInfo { endCursor }"]) {
      const query = `query ($q: String!) { search(query: $q) { ${selection} } }`;
      expect((await api.askUntyped(query, { q: "x".repeat(200) })).errors).toBeUndefined();
      expect(await refusalOfQuery(api.url, query, { q: "x".repeat(201) })).toMatchObject({
        status: 200,
        code: "BAD_USER_INPUT",
        reason: "QUERY_TOO_LONG",
      });
    }
  });
});
