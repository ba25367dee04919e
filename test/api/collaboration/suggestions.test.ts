// Whom cities and opportunities are told to work with next, on the reference dataset.
import type { VariablesOf } from "@graphql-typed-document-node/core";
import type { Session } from "../../../src/database/database";
import { readRevision } from "../../../src/database/read/revision";
import { ANONYMOUS, type Viewer } from "../../../src/kernel/viewer";
import type { SuggestionFilter } from "../../generated/documents";
import { dataOf, postDocument, startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { dataFor, keyOf } from "../../support/members";
import { called, cityList, fieldList, goalList, records } from "../../support/records";
import { asTheySay } from "../../support/viewers";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asTheySay });
});
afterAll(() => api.close());

/** The newest revision that the tests made, which every answer after it must know. */
let newest = "1";

async function written(work: (session: Session) => Promise<unknown>): Promise<void> {
  await api.database.write("test", work);
  newest = (await readRevision(api.database)).revision;
}

const run = (script: string): Promise<void> => written((session) => session.execute(script));

const SUGGESTED = gql(`query ($slug: String!, $first: Int, $filter: SuggestionFilter) {
  city(by: { slug: $slug }) { suggestedPartners(first: $first, filter: $filter) {
    score
    partner { ... on City { slug country { code region globalSouth } creativeFields { slug } } }
    reasons { kind weight text evidence { __typename ... on City { slug } ... on CreativeField { slug } ... on Country { code } ... on Network { slug } } }
  } }
}`);
const MATCHES = gql(`{ opportunity(by: { slug: "choirs" }) { matches(first: 50) {
  partner { ... on City { slug creativeFields { slug } } }
  reasons { kind weight text }
} } }`);

/** Suggestions of cities: nobody else is suggested on this dataset. */
function ofCities<Suggestion extends { partner: object }>(suggestions: readonly Suggestion[]) {
  return suggestions.map(({ partner, ...said }) => {
    if (!("slug" in partner)) throw new Error("a suggested partner is no city");
    return { ...said, partner: partner as Extract<Suggestion["partner"], { slug: string }> };
  });
}

async function suggestedTo(slug: string, asked: Omit<VariablesOf<typeof SUGGESTED>, "slug"> = {}) {
  const variables = { slug, ...asked };
  const answer = await postDocument(api.url, SUGGESTED, { "x-min-revision": newest }, variables);
  return ofCities(dataOf(answer).city!.suggestedPartners);
}

const slugsOf = (suggestions: readonly { partner: { slug: string } }[]): string[] =>
  suggestions.map(({ partner }) => partner.slug);

describe("suggested partners", () => {
  it("come with reasons that an officer can check", async () => {
    const [first] = await suggestedTo("norwich", { first: 1 });
    expect(first?.partner.slug).toBe("ulyanovsk");
    const [field, common] = first?.reasons ?? [];
    expect(field).toEqual({
      kind: "SHARED_FIELD",
      weight: 1,
      text: "Norwich and Ulyanovsk are both Creative Cities of Literature.",
      evidence: [{ __typename: "CreativeField", slug: "literature" }],
    });
    expect(common?.kind).toBe("COMMON_PARTNERS");
    expect(common?.text).toBe("Norwich and Ulyanovsk both worked with Melbourne, Prague, Bucheon and 15 more.");
    expect(common?.evidence).toHaveLength(10);
    expect(common?.evidence.slice(0, 3).map((one) => "slug" in one && one.slug)).toEqual([
      "melbourne",
      "prague",
      "bucheon",
    ]);
  });

  it("have the sum of their reasons' weights as their score, the highest first", async () => {
    const suggestions = await suggestedTo("santos", { first: 50 });
    expect(suggestions).toHaveLength(39);
    for (const { score, reasons } of suggestions) {
      expect(score).toBeCloseTo(
        reasons.reduce((sum, { weight }) => sum + weight, 0),
        6,
      );
    }
    const scores = suggestions.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it("are ten, where nobody says how many", async () => {
    expect(await suggestedTo("dakar")).toHaveLength(10);
    expect(await suggestedTo("dakar", { first: 3 })).toHaveLength(3);
    const { errors } = await api.askUntyped(
      `{ city(by: { slug: "dakar" }) { suggestedPartners(first: 51) { score } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", reason: "OUT_OF_BOUNDS" });
  });

  it("leave out who worked together with the city, unless they are asked for", async () => {
    const { city } = await api.data(
      gql(`{ city(by: { slug: "york" }) {
      collaborators(first: 100, filter: { kinds: [PROJECT, PRACTICE, EXPERT_MISSION, MEETING], partnerTypes: [CITY], validOn: null }) {
        nodes { ... on City { slug } }
      }
    } }`),
    );
    const partners = city!.collaborators.nodes.flatMap((node) => ("slug" in node ? [node.slug] : []));
    expect(partners).toContain("braga");
    const news = slugsOf(await suggestedTo("york", { first: 50 }));
    expect(news.filter((slug) => slug === "york" || partners.includes(slug))).toEqual([]);
    const [first] = await suggestedTo("york", { first: 1, filter: { includeExisting: true } });
    expect(partners).toContain(first?.partner.slug);
  });

  it("take membership of the same network as a reason, not as work together", async () => {
    const [braga] = await suggestedTo("dakar", { first: 1 });
    expect(braga?.partner.slug).toBe("braga");
    const network = braga?.reasons.find(({ kind }) => kind === "SHARED_NETWORK");
    expect(network?.text).toBe("Dakar and Braga are both members of UNESCO Global Network of Learning Cities (GNLC).");
    expect(network?.evidence).toEqual([{ __typename: "Network", slug: "gnlc" }]);
  });

  it("follow the filter", async () => {
    const all = (filter: SuggestionFilter) => suggestedTo("krakow", { first: 50, filter });
    const southern = await all({ globalSouth: true });
    expect(southern.length).toBeGreaterThan(0);
    expect(southern.every(({ partner }) => partner.country.globalSouth)).toBe(true);
    const african = await all({ regions: ["AFRICA"] });
    expect(african.length).toBeGreaterThan(0);
    expect(african.every(({ partner }) => partner.country.region === "AFRICA")).toBe(true);
    const filmOrMusic = await all({ creativeFields: ["film", "music"] });
    expect(filmOrMusic.length).toBeGreaterThan(0);
    expect(
      filmOrMusic.every(({ partner }) => partner.creativeFields.some(({ slug }) => ["film", "music"].includes(slug))),
    ).toBe(true);
    expect(slugsOf(await all({ countries: [] }))).toEqual([]);
  });

  it.each([
    ['creativeFields: ["no-such-field"]', "NO_SUCH_FIELD"],
    ["countries: null", "NULL_IN_FILTER"],
  ])("refuse the filter %s", async (filter, reason) => {
    const { errors } = await api.askUntyped(
      `{ city(by: { slug: "krakow" }) { suggestedPartners(filter: { ${filter} }) { score } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", reason });
  });
});

describe("suggested partners after a write", () => {
  const readAloud = (session: Session): Promise<unknown> =>
    records(session).practice({
      slug: "reading-aloud",
      state: "SUBMITTED",
      submittedBy: called("linz"),
      areasOfAction: ["POLICIES_AND_MEASURES"],
      cities: cityList("linz", "caen"),
      goals: goalList(11),
    });
  const goalsShared = async (): Promise<string[]> => {
    const suggestions = await suggestedTo("linz", { first: 50 });
    return slugsOf(suggestions.filter(({ reasons }) => reasons.some(({ kind }) => kind === "SHARED_GOALS")));
  };

  it("are the same after a draft, and others once it is accepted", async () => {
    const before = await suggestedTo("linz", { first: 50 });
    expect(slugsOf(before)).toContain("caen");
    expect(await goalsShared()).toEqual([]);
    await written(readAloud);
    expect(await suggestedTo("linz", { first: 50 })).toEqual(before);
    await run(`UPDATE practice SET state = 'ACCEPTED' WHERE slug = 'reading-aloud'`);
    const after = await suggestedTo("linz", { first: 50 });
    expect(slugsOf(after)).not.toContain("caen");
    const york = after.find(({ partner }) => partner.slug === "york");
    expect(york?.reasons.find(({ kind }) => kind === "SHARED_GOALS")?.text).toBe(
      "Both Linz and York work for goal 11 (Sustainable Cities and Communities).",
    );
    await run(`DELETE FROM practice_goal WHERE record_id = (SELECT id FROM practice WHERE slug = 'reading-aloud')`);
    expect(await goalsShared()).toEqual([]);
    await run(`DELETE FROM practice WHERE slug = 'reading-aloud'`);
    expect(await suggestedTo("linz", { first: 50 })).toEqual(before);
  });
});

describe("matches of an opportunity", () => {
  beforeAll(() =>
    written(async (session) => {
      const add = records(session);
      const opportunity = await add.opportunity({
        slug: "choirs",
        postedBy: await add.partner("krakow"),
        seeking: ["PARTNER_CITIES"],
        creativeFields: fieldList("music"),
      });
      await add.opportunityResponse(opportunity, { responderId: await add.partnerId("bologna") });
    }),
  );
  // Whoever asks with the revision waits for it; all later requests know it.
  beforeAll(() => suggestedTo("krakow"));

  const matchesFor = async (viewer: Viewer) => ofCities((await dataFor(api, viewer, MATCHES)).opportunity!.matches);

  it("fit what is wished for, without the one that posted it", async () => {
    const matches = await matchesFor(ANONYMOUS);
    expect(slugsOf(matches)).not.toContain("krakow");
    expect(matches[0]?.partner.creativeFields).toEqual([{ slug: "music" }]);
    expect(matches[0]?.reasons[0]).toMatchObject({ kind: "WISHED_FIELD", weight: 2 });
    expect(matches[0]?.reasons[0]?.text).toMatch(/ is a Creative City of Music, which the opportunity is about\.$/);
  });

  it("leave out who answered, for those who may know of it alone", async () => {
    expect(slugsOf(await matchesFor(ANONYMOUS))).toContain("bologna");
    expect(slugsOf(await matchesFor(await keyOf(api, "york")))).toContain("bologna");
    expect(slugsOf(await matchesFor(await keyOf(api, "krakow")))).not.toContain("bologna");
  });
});

describe("the cost of suggestions", () => {
  it("is bounded for a page of a hundred cities", async () => {
    const { cities } = await api.data(
      gql(
        `{ cities(first: 100) { nodes { suggestedPartners(first: 3) { score partner { __typename } reasons { kind text } } } } }`,
      ),
    );
    expect(cities.nodes).toHaveLength(100);
    const { errors } = await api.askUntyped(
      `{ cities(first: 100) { nodes { suggestedPartners(first: 50) { reasons { text evidence { id revision createdAt updatedAt } } } } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "QUERY_TOO_COMPLEX", reason: "COST" });
  });
});
