// Practices that wait to be decided about, and the order in which requests for experts come.
import sql from "sql-template-tag";
import { encodeId } from "../../../src/kernel/ids";
import { ANONYMOUS, type Viewer } from "../../../src/kernel/viewer";
import { startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { dataFor, keyOf } from "../../support/members";
import { addTo, called } from "../../support/records";
import { asTheySay, viewerAs } from "../../support/viewers";

const SECRETARIAT = viewerAs("SECRETARIAT");

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asTheySay });
});
afterAll(() => api.close());

const run = (script: string): Promise<void> => api.database.write("test", (session) => session.execute(script));

describe("a practice", () => {
  beforeAll(() =>
    addTo(api.database, async (add) => {
      await add.practice({ slug: "accepted", state: "ACCEPTED", submittedBy: called("krakow") });
      await add.practice({ slug: "of-secretariat", state: "ACCEPTED" });
      await add.practice({ slug: "submitted", state: "SUBMITTED", submittedBy: called("krakow") });
      await add.practice({ slug: "declined", state: "DECLINED", submittedBy: called("krakow") });
      await add.practice({ slug: "of-york", state: "SUBMITTED", submittedBy: called("york") });
    }),
  );

  const QUERY = gql(`{
    practices(first: 100) { totalCount nodes { slug state submittedBy { slug } } }
    waiting: practices(first: 100, filter: { state: { eq: SUBMITTED } }) { nodes { slug } }
    practiceCollection(by: { slug: "lab-2030" }) { practices(first: 100) { totalCount } }
  }`);
  const seenBy = async (viewer: Viewer): Promise<unknown> => {
    const { practices, waiting, practiceCollection } = await dataFor(api, viewer, QUERY);
    expect(practiceCollection?.practices.totalCount).toBe(practices.totalCount);
    const slugs = (list: { nodes: { slug: string }[] }): string => list.nodes.map(({ slug }) => slug).join(" ");
    return [slugs(practices), slugs(waiting)];
  };

  it("is seen by everybody once it is accepted, and before by its city and the Secretariat", async () => {
    expect(await seenBy(ANONYMOUS)).toEqual(["accepted of-secretariat", ""]);
    expect(await seenBy(viewerAs("READER"))).toEqual(["accepted of-secretariat", ""]);
    expect(await seenBy(await keyOf(api, "york"))).toEqual(["accepted of-secretariat of-york", "of-york"]);
    expect(await seenBy(await keyOf(api, "krakow"))).toEqual([
      "accepted declined of-secretariat submitted",
      "submitted",
    ]);
    expect(await seenBy(SECRETARIAT)).toEqual([
      "accepted declined of-secretariat of-york submitted",
      "of-york submitted",
    ]);
  });

  it("says which city submitted it, if one did", async () => {
    const { practices } = await dataFor(api, ANONYMOUS, QUERY);
    expect(practices.nodes).toEqual([
      { slug: "accepted", state: "ACCEPTED", submittedBy: { slug: "krakow" } },
      { slug: "of-secretariat", state: "ACCEPTED", submittedBy: null },
    ]);
  });

  it.each(["SUBMITTED", "DECLINED"] as const)("cannot be %s by nobody", async (state) => {
    const before = await api.database.query(sql`SELECT count(*)::int AS count FROM practice`);
    await expect(addTo(api.database, (add) => add.practice({ state }))).rejects.toThrow(
      /practice_not_accepted_was_submitted/,
    );
    expect(await api.database.query(sql`SELECT count(*)::int AS count FROM practice`)).toEqual(before);
  });

  it("has no state unless one is said", async () => {
    await expect(
      run(`INSERT INTO practice (slug, title, collection_id) SELECT 'stateless', 'Stateless', id
        FROM practice_collection WHERE slug = 'lab-2030'`),
    ).rejects.toThrow(/"state"/);
  });
});

describe("a request for an expert", () => {
  // York and Lyon stand in the Global North, Santos (Brazil) and Durban (South Africa) in the Global South.
  beforeAll(() =>
    addTo(api.database, async (add) => {
      await add.expert({ slug: "somebody" });
      const to = (city: string) => ({ expert: called("somebody"), hostCity: called(city) });
      await add.expertMission({ ...to("york"), topic: "First", startsOn: "2026-12-01" });
      await add.expertMission({ ...to("santos"), topic: "Second", startsOn: "2027" });
      await add.expertMission({ ...to("lyon"), topic: "Third", startsOn: "2026-12-02" });
      await add.expertMission({ ...to("durban"), topic: "Fourth", startsOn: "2026-12-24" });
      await add.expertMission({ ...to("santos"), topic: "Fifth", startsOn: "2020", state: "COMPLETED" });
    }),
  );

  it("comes first where it is for a city of the Global South", async () => {
    const { expertMissions } = await api.data(
      gql(`{
      expertMissions(
        first: 10
        filter: { state: { eq: REQUESTED } }
        orderBy: [{ field: PRIORITY }, { field: STARTS_ON }]
      ) { nodes { topic priority hostCity { country { globalSouth } } } }
    }`),
    );
    const node = (topic: string, isSouth: boolean): object => ({
      topic,
      priority: isSouth ? "GLOBAL_SOUTH" : "OTHER",
      hostCity: { country: { globalSouth: isSouth } },
    });
    expect(expertMissions.nodes).toEqual([
      node("Fourth", true),
      node("Second", true),
      node("First", false),
      node("Third", false),
    ]);
  });

  it("is found by its priority", async () => {
    const { expertMissions } = await api.data(
      gql(`{
      expertMissions(first: 10, filter: { priority: { eq: GLOBAL_SOUTH } }, orderBy: [{ field: STATE }, { field: STARTS_ON }]) {
        totalCount nodes { topic state }
      }
    }`),
    );
    expect(expertMissions).toEqual({
      totalCount: 3,
      nodes: [
        { topic: "Fourth", state: "REQUESTED" },
        { topic: "Second", state: "REQUESTED" },
        { topic: "Fifth", state: "COMPLETED" },
      ],
    });
  });

  it("belongs to the city that asks, which reads its history", async () => {
    const [row] = await api.database.query<{ id: string }>(sql`SELECT id FROM expert_mission WHERE topic = 'Second'`);
    const query = gql(`query ($id: ID!) { node(id: $id) { ... on ExpertMission {
      authority { ... on City { slug } } history(first: 5) { totalCount } } } }`);
    const by = { id: encodeId("expert-mission", row!.id) };
    const authority = { slug: "santos" };
    expect(await dataFor(api, await keyOf(api, "santos"), query, by)).toEqual({
      node: { authority, history: { totalCount: 1 } },
    });
    expect(await dataFor(api, await keyOf(api, "york"), query, by)).toEqual({ node: { authority, history: null } });
  });
});
