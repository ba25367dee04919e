// What grouped counts refuse, how many groups and statements they take at most, and what they cost.
import { startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { addTo } from "../../support/records";
import { referenceRows } from "../../support/reference-rows";
import { refusalOfQuery } from "../../support/refusal";
import { DatabaseWatch } from "../../support/watched-database";

const watch = new DatabaseWatch();
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ wrap: (database) => watch.over(database) });
});
afterAll(() => api.close());

describe("groupBy", () => {
  it.each([
    ["without a dimension", "[]"],
    ["with three dimensions", "[COUNTRY, REGION, KIND]"],
    ["with one dimension twice", "[COUNTRY, COUNTRY]"],
  ])("is refused %s", async (_title, groupBy) => {
    expect(await refusalOfQuery(api.url, `{ cityStatistics(groupBy: ${groupBy}) { count } }`)).toMatchObject({
      code: "BAD_USER_INPUT",
      reason: "BAD_GROUPING",
      data: null,
    });
  });

  it("is refused with a dimension of other records", async () => {
    const refusal = await refusalOfQuery(api.url, "{ projectStatistics(groupBy: COUNTRY) { count } }");
    expect(refusal.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  it("is refused where it is missing", async () => {
    const refusal = await refusalOfQuery(api.url, "{ projectStatistics { count } }");
    expect(refusal.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

describe("a filter of a statistic", () => {
  it.each([
    ["a null", "{ slug: null }", "NULL_IN_FILTER"],
    ["a condition of nothing", "{ networks: {} }", "EMPTY_CONDITION"],
    ["more than a list's may", `{ or: [${'{ slug: { eq: "x" } },'.repeat(41)}] }`, "FILTER_TOO_LARGE"],
  ])("is refused with %s", async (_title, filter, reason) => {
    for (const field of ["cityStatistics(groupBy: KIND, ", "membershipTimeline("]) {
      const refusal = await refusalOfQuery(api.url, `{ ${field}filter: ${filter}) { __typename } }`);
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", reason });
    }
  });

  it("may be null, which is as none", async () => {
    const data = await api.data(
      gql(`{
      cityStatistics(filter: null, groupBy: GLOBAL_SOUTH, validOn: null) { count }
      membershipTimeline(filter: null) { members }
    }`),
    );
    expect(data.cityStatistics).toEqual([{ count: 205 }, { count: 196 }]);
    expect(data.membershipTimeline.at(-1)).toEqual({ members: 401 });
  });
});

describe("a day of a statistic", () => {
  it("must be one", async () => {
    const refusal = await refusalOfQuery(api.url, '{ cityStatistics(groupBy: KIND, validOn: "2018-02-30") { count } }');
    expect(refusal.status).toBe(400);
  });
});

describe("statements", () => {
  it.each([
    ["{ cityStatistics(groupBy: KIND) { count keys { key label } } }", 1],
    ["{ cityStatistics(groupBy: [REGION, REPORTING_STATUS]) { count keys { key label } } }", 1],
    ["{ cityStatistics(groupBy: [COUNTRY, CREATIVE_FIELD]) { count keys { key values { value } } } }", 1],
    ["{ cityStatistics(groupBy: [COUNTRY, CREATIVE_FIELD]) { count keys { key label values { label } } } }", 3],
    ["{ cityStatistics(groupBy: COUNTRY) { keys { label(language: FR) } } }", 3],
    ["{ projectStatistics(groupBy: [GOAL, LEAD_COUNTRY], severalValues: EACH) { count keys { key label } } }", 3],
    ["{ networkStatistics { network { name } memberCount completeness projectCount } }", 2],
    ["{ networkOverlaps { thisSide { network { name } } otherSide { network { name } } shared jaccard } }", 2],
    ["{ reportStatistics { due overdue unknown byYear { year due } } }", 1],
    ["{ membershipTimeline { year members } }", 1],
    ["{ membershipTimeline { year members byField { members field { name } } } }", 2],
    ["{ coverage(groupBy: COUNTRIES) { value label isGap } }", 2],
    ["{ coverage(groupBy: REGIONS) { value label isGap } }", 1],
    // The network, the other one, and one for all that is asked of each.
    ['{ network(by: { slug: "uccn" }) { overlap(with: { slug: "gnlc" }) { jaccard } } }', 3],
    [
      '{ network(by: { slug: "uccn" }) { overlap(with: { slug: "gnlc" }) { shared(first: 5) { nodes { slug } } } } }',
      3,
    ],
    // The networks, the other one, the counts for all of them, and their lists.
    ['{ networks(first: 20) { nodes { overlap(with: { slug: "gnlc" }) { jaccard shared { totalCount } } } } }', 5],
  ])("of %s are %i", async (query, statements) => {
    expect(await watch.statementsOf(() => api.untypedData(query))).toHaveLength(statements);
  });

  it("read each table a few times, however many rows it has", async () => {
    const [statement] = await watch.statementsOf(() =>
      api.untypedData("{ cityStatistics(groupBy: [REPORTING_STATUS, NETWORK]) { count } }"),
    );
    // 401 cities and as many designations, each read for memberships and for reports; once for each city would be 160,000.
    expect(await watch.rowsRead(statement!)).toBeLessThan(20 * 401);
  });
});

describe("the cost of statistics", () => {
  it("lets a dashboard ask for many of them", async () => {
    const many = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, i) => `a${i}: cityStatistics(groupBy: KIND) { count keys { key label } }`).join(" ")} }`;
    expect((await api.askUntyped(many(30))).errors).toBeUndefined();
  });
});

describe("more groups than an answer holds", () => {
  beforeAll(() =>
    addTo(api.database, (add) =>
      add.manyCities(1_200, (n) => ({ slug: `kind-${n}`, kind: `kind ${String(n).padStart(4, "0")}` })),
    ),
  );

  it.each(["TOGETHER", "EACH"] as const)(
    "have their rest in the last one, and all add up (%s)",
    async (severalValues) => {
      const data = await api.data(
        gql(`query ($severalValues: SeveralValues) {
        cityStatistics(groupBy: KIND, severalValues: $severalValues) { count isRest keys { key label values { value } } }
      }`),
        { severalValues },
      );
      const groups = data.cityStatistics;
      expect(groups).toHaveLength(1_000);
      expect(groups[0]).toMatchObject({ count: 373, isRest: false, keys: [{ key: "city" }] });
      const ofReference = new Set(referenceRows("cities.csv").map((row) => row.member_kind)).size;
      const all = 401 + 1_200;
      const shown = groups.slice(0, -1);
      expect(shown.every(({ isRest }) => !isRest)).toBe(true);
      expect(groups.at(-1)).toEqual({
        count: ofReference + 1_200 - 999,
        isRest: true,
        keys: [{ key: null, label: "All others", values: [] }],
      });
      expect(shown.reduce((sum, { count }) => sum + count, 0) + (groups.at(-1)?.count ?? 0)).toBe(all);
    },
  );

  it("are all there where they are exactly as many as it holds", async () => {
    const data = await api.data(
      gql(`{
      cityStatistics(groupBy: KIND, filter: { kind: { gte: "kind 0201" }, slug: { startsWith: "kind-" } }) { count isRest }
    }`),
    );
    expect(data.cityStatistics).toEqual(Array.from({ length: 1_000 }, () => ({ count: 1, isRest: false })));
  });
});
