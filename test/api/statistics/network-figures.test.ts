// Networks' figures, and how much of each other they have.
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";
import type { ParticipationStatus, ProjectStatus } from "../../../src/database/rows";
import { startApi, TODAY, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { addTo, called } from "../../support/records";
import { membersOf, referenceRows } from "../../support/reference-rows";
import { refusalOfQuery } from "../../support/refusal";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const all = new Set(referenceRows("cities.csv").map((row) => row.slug!));

describe("networkStatistics", () => {
  it("says of each network of the reference data what is recorded and what is stated", async () => {
    const data = await api.data(
      gql(`{ networkStatistics {
      network { slug } memberCount creativeCityCount statedMemberCount statedIn membersComplete completeness agreementCount
    } }`),
    );
    const expected = referenceRows("networks.csv").map((row) => {
      const memberCount = row.slug === "uccn" ? 401 : membersOf(row.slug!).size;
      const stated = row.stated_members === "" ? null : Number(row.stated_members);
      return {
        network: { slug: row.slug },
        memberCount,
        creativeCityCount: memberCount,
        statedMemberCount: stated,
        statedIn: row.stated_in === "" ? null : Number(row.stated_in),
        membersComplete: false,
        completeness: stated === null ? null : memberCount / stated,
        agreementCount: 0,
      };
    });
    expect(data.networkStatistics).toHaveLength(21);
    expect(data.networkStatistics).toEqual(expect.arrayContaining(expected));
    const home = data.networkStatistics.find((one) => one.network.slug === "uccn");
    expect(home).toMatchObject({ memberCount: 401, statedMemberCount: 408, completeness: 401 / 408 });
  });

  it("counts parts that were accepted in projects that were not cancelled, and agreements", async () => {
    await addTo(api.database, async (add) => {
      const [network, partner] = [called("delice"), await add.partner("delice")];
      const takesPart = async (status: ProjectStatus, part: ParticipationStatus): Promise<unknown> => {
        const { id } = await add.project({ status });
        return add.projectParticipation({ project: { connect: { id } }, partner, status: part });
      };
      await takesPart("ACTIVE", "ACCEPTED");
      await takesPart("PROPOSED", "INVITED");
      await takesPart("CANCELLED", "ACCEPTED");
      await add.networkAgreement(["delice", "uccn"], { until: "2010" });
      await add.networkAgreement(["delice", "uccn"]);
      await add.city({ slug: "no-creative-city" });
      await add.networkMembership({ network, city: called("no-creative-city"), since: "2010" });
      await add.networkMembership({ network, city: called("lyon") });
      await add.networkMembership({ network, city: called("krakow"), since: "2010", until: "2015" });
    });
    const data = await api.data(
      gql(`{
      networkStatistics(filter: { slug: { eq: "delice" } }) { memberCount creativeCityCount projectCount agreementCount completeness }
      network(by: { slug: "delice" }) { members { totalCount } agreements { totalCount } }
    }`),
    );
    expect(data).toEqual({
      networkStatistics: [
        { memberCount: 2, creativeCityCount: 1, projectCount: 1, agreementCount: 2, completeness: null },
      ],
      network: { members: { totalCount: 2 }, agreements: { totalCount: 2 } },
    });
  });
});

describe("the overlap of two networks", () => {
  const query = gql(`query ($one: String!, $other: String!, $day: Date) { network(by: { slug: $one }) {
    overlap(with: { slug: $other }, validOn: $day) {
      other { slug } validOn jaccard
      shared(first: 100) { totalCount nodes { slug } }
      onlyThis(first: 100) { totalCount nodes { slug } }
      onlyOther(first: 100) { totalCount nodes { slug } }
    }
  } }`);
  const overlapOf = async (variables: VariablesOf<typeof query>) => (await api.data(query, variables)).network!.overlap;
  const slugs = (connection: { nodes: { slug: string }[] }): string[] =>
    connection.nodes.map(({ slug }) => slug).sort();

  it.each([
    ["gnlc", "c40"],
    ["c40", "gnlc"],
    ["c40", "iccar"],
  ])("has the members that %s and %s share, and those that only one has", async (one, other) => {
    const overlap = await overlapOf({ one, other });
    const [ones, others] = [membersOf(one), membersOf(other)];
    const shared = [...ones].filter((slug) => others.has(slug)).sort();
    const onlyThis = [...ones].filter((slug) => !others.has(slug)).sort();
    const onlyOther = [...others].filter((slug) => !ones.has(slug)).sort();
    expect([slugs(overlap.shared), slugs(overlap.onlyThis), slugs(overlap.onlyOther)]).toEqual([
      shared,
      onlyThis,
      onlyOther,
    ]);
    expect(overlap).toMatchObject({
      other: { slug: other },
      validOn: TODAY,
      jaccard: shared.length / (shared.length + onlyThis.length + onlyOther.length),
    });
  });

  it("reads the home network's members from designations, on any day", async () => {
    const then = "2018-12-31";
    const overlap = await overlapOf({ one: "uccn", other: "gnlc", day: then });
    const partners = membersOf("gnlc", 2018);
    const data = await api.data(
      gql(
        `query ($day: Date!, $in: [String!]) { cities(filter: { memberOn: $day, slug: { in: $in } }, first: 1) { totalCount } }`,
      ),
      { day: then, in: [...partners] },
    );
    const shared = data.cities.totalCount;
    expect(shared).toBeGreaterThan(5);
    expect([overlap.shared.totalCount, overlap.onlyThis.totalCount, overlap.onlyOther.totalCount]).toEqual([
      shared,
      180 - shared,
      partners.size - shared,
    ]);
    expect(overlap.jaccard).toBeCloseTo(shared / (180 + partners.size - shared), 12);
  });

  it("is all of it with itself, and nothing where neither has members", async () => {
    expect(await overlapOf({ one: "gnlc", other: "gnlc" })).toMatchObject({
      jaccard: 1,
      shared: { totalCount: membersOf("gnlc").size },
      onlyThis: { totalCount: 0 },
      onlyOther: { totalCount: 0 },
    });
    expect(await overlapOf({ one: "iclei", other: "eurocities" })).toMatchObject({
      jaccard: 0,
      shared: { totalCount: 0 },
      onlyThis: { totalCount: 0 },
      onlyOther: { totalCount: 0 },
    });
  });

  it("has lists that are walked, filtered and ordered as lists of cities are", async () => {
    const page = gql(`query ($other: String!, $after: String) {
      network(by: { slug: "uccn" }) { overlap(with: { slug: $other }) {
      onlyThis(first: 100, after: $after, filter: { country: { region: { eq: EUROPE_AND_NORTH_AMERICA } } }, orderBy: [{ field: SLUG, direction: DESC }]) {
        totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage endCursor }
      } } } }`);
    const found: string[] = [];
    let after: string | null = null;
    for (;;) {
      const answer: ResultOf<typeof page> = await api.data(page, { other: "gnlc", after });
      const { onlyThis } = answer.network!.overlap;
      found.push(...onlyThis.nodes.map(({ slug }) => slug));
      expect(onlyThis.pageInfo.hasPreviousPage).toBe(after !== null);
      after = onlyThis.pageInfo.endCursor;
      if (onlyThis.pageInfo.hasNextPage) continue;
      expect(onlyThis.totalCount).toBe(found.length);
      break;
    }
    const countries = new Map(referenceRows("countries.csv").map((row) => [row.code, row.unesco_region]));
    const europeans = referenceRows("cities.csv").filter(
      (row) => countries.get(row.country_code) === "Europe and North America" && !membersOf("gnlc").has(row.slug!),
    );
    expect(found).toEqual(
      europeans
        .map((row) => row.slug)
        .sort()
        .reverse(),
    );
    // A cursor is good for its own list alone.
    const refusal = await refusalOfQuery(api.url, page, { other: "c40", after });
    expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", reason: "BAD_CURSOR" });
  });

  it("is refused with a network that there is not, and without a page's size", async () => {
    expect(
      await refusalOfQuery(
        api.url,
        '{ network(by: { slug: "uccn" }) { overlap(with: { slug: "none" }) { jaccard } } }',
      ),
    ).toMatchObject({ code: "BAD_USER_INPUT", reason: "NOT_FOUND" });
    const noSize =
      '{ network(by: { slug: "uccn" }) { overlap(with: { slug: "gnlc" }) { shared { nodes { slug } } } } }';
    expect(await refusalOfQuery(api.url, noSize)).toMatchObject({ code: "BAD_USER_INPUT", reason: "NO_PAGE_SIZE" });
  });
});

describe("the matrix of overlaps", () => {
  const query = gql(`query ($filter: NetworkFilter, $day: Date) { networkOverlaps(filter: $filter, validOn: $day) {
    thisSide { network { slug } recordedMemberCount statedMemberCount statedIn membersComplete completeness }
    otherSide { network { slug } recordedMemberCount }
    shared onlyThis onlyOther jaccard
  } }`);

  it("has every pair once, with the figures of their overlap", async () => {
    const { networkOverlaps } = await api.data(query);
    expect(networkOverlaps).toHaveLength((21 * 20) / 2);
    const pairs = networkOverlaps.map((pair) =>
      [pair.thisSide.network.slug, pair.otherSide.network.slug].sort().join(),
    );
    expect(new Set(pairs).size).toBe(210);
    for (const pair of networkOverlaps) {
      const [one, other] = [pair.thisSide.network.slug, pair.otherSide.network.slug] as const;
      if (one === "delice" || other === "delice") continue;
      const members = (network: string): Set<string> => (network === "uccn" ? all : membersOf(network));
      const shared = [...members(one)].filter((slug) => members(other).has(slug)).length;
      const either = members(one).size + members(other).size - shared;
      expect([pair.shared, pair.onlyThis, pair.onlyOther]).toEqual([
        shared,
        members(one).size - shared,
        members(other).size - shared,
      ]);
      expect(pair.jaccard).toBe(either === 0 ? 0 : shared / either);
      expect(pair.otherSide.recordedMemberCount).toBe(members(other).size);
    }
  });

  it("says how complete each side is, on a day", async () => {
    const filter = { slug: { in: ["uccn", "c40"] } };
    const { networkOverlaps } = await api.data(query, { filter, day: "2018-12-31" });
    const joined = membersOf("c40", 2018).size;
    expect(networkOverlaps).toMatchObject([
      {
        thisSide: {
          network: { slug: "c40" },
          recordedMemberCount: joined,
          statedMemberCount: 96,
          statedIn: 2024,
          membersComplete: false,
          completeness: joined / 96,
        },
        otherSide: { network: { slug: "uccn" }, recordedMemberCount: 180 },
      },
    ]);
  });

  it("is empty for one network, and refused for more than 45", async () => {
    expect((await api.data(query, { filter: { slug: { eq: "gnlc" } } })).networkOverlaps).toEqual([]);
    await addTo(api.database, async (add) => {
      for (let n = 1; n <= 46; n++) await add.network({ slug: `more-${n}`, name: `More ${n}` });
    });
    expect(await refusalOfQuery(api.url, query, { filter: { slug: { startsWith: "more-" } } })).toMatchObject({
      code: "BAD_USER_INPUT",
      reason: "TOO_MANY_NETWORKS",
    });
    const fewer = { slug: { startsWith: "more-" }, name: { eq: "More 46" } };
    expect(
      (await api.data(query, { filter: { and: [{ slug: { startsWith: "more-" } }], not: fewer } })).networkOverlaps,
    ).toHaveLength(990);
  });
});
