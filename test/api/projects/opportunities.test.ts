// Opportunities on each side of their dates, the projects that grow from them, the partners that networks have by their
// agreements, and what an anonymous caller is told of experts.
import type { Opportunity, OpportunityState } from "../../../src/database/rows";
import type { OpportunityStatus } from "../../generated/documents";
import { startApi, TODAY, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { addTo, at, called } from "../../support/records";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe("the status of an opportunity", () => {
  const YESTERDAY = "2026-11-19";
  const TOMORROW = "2026-11-21";
  const cases: [
    slug: string,
    state: OpportunityState,
    opensOn: string,
    closesOn: string | null,
    status: OpportunityStatus,
  ][] = [
    ["opens-tomorrow", "PUBLISHED", TOMORROW, null, "UPCOMING"],
    ["opens-today", "PUBLISHED", TODAY, TOMORROW, "OPEN"],
    ["closes-today", "PUBLISHED", YESTERDAY, TODAY, "OPEN"],
    ["closes-never", "PUBLISHED", "2008-01-01", null, "OPEN"],
    ["closed-yesterday", "PUBLISHED", "2026-01-01", YESTERDAY, "CLOSED"],
    ["matched-while-open", "MATCHED", YESTERDAY, TOMORROW, "MATCHED"],
    ["withdrawn-while-open", "WITHDRAWN", YESTERDAY, TOMORROW, "WITHDRAWN"],
    ["withdrawn-and-past", "WITHDRAWN", "2026-01-01", YESTERDAY, "WITHDRAWN"],
  ];
  const statuses = [...new Set(cases.map(([, , , , status]) => status))];

  beforeAll(async () => {
    for (const [slug, state, opensOn, closesOn] of cases) await post({ slug, state, opensOn, closesOn });
    await post({ slug: "draft-in-time", state: "DRAFT", opensOn: YESTERDAY, closesOn: TOMORROW });
  });

  it.each(cases)("shows %s: in state %s, from %s to %s, it is %s", async (slug, state, opensOn, closesOn, status) => {
    const { opportunity } = await api.data(
      gql(`query ($slug: String!) { opportunity(by: { slug: $slug }) { state opensOn closesOn status } }`),
      { slug },
    );
    expect(opportunity).toEqual({ state, opensOn, closesOn, status });
  });

  it.each(statuses)("finds those that are %s by it", async (status) => {
    const { opportunities } = await api.data(
      gql(`query ($status: OpportunityStatus!) {
        opportunities(first: 100, filter: { status: { eq: $status }, postedBy: { city: { slug: { eq: "york" } } } }) { nodes { slug } }
      }`),
      { status },
    );
    const expected = cases.filter((one) => one[4] === status).map(([slug]) => slug);
    expect(slugsOf(opportunities)).toEqual(expected.sort());
  });

  it("keeps drafts from an anonymous caller", async () => {
    const data = await api.data(
      gql(`{
      opportunity(by: { slug: "draft-in-time" }) { slug }
      opportunities(first: 1, filter: { slug: { eq: "draft-in-time" } }) { totalCount }
      byState: opportunities(first: 1, filter: { state: { eq: DRAFT } }) { totalCount }
      byStatus: opportunities(first: 1, filter: { status: { eq: DRAFT } }) { totalCount }
      city(by: { slug: "york" }) { opportunities(first: 100) { nodes { slug } } }
    }`),
    );
    expect(data).toMatchObject({
      opportunity: null,
      opportunities: { totalCount: 0 },
      byState: { totalCount: 0 },
      byStatus: { totalCount: 0 },
    });
    expect(slugsOf(data.city!.opportunities)).toEqual(cases.map(([slug]) => slug).sort());
  });
});

describe("a project that grew from an opportunity", () => {
  beforeAll(async () => {
    await post({ slug: "offer-that-grew", state: "MATCHED", opensOn: "2026-01-01", closesOn: null });
    await post({ slug: "offer-without-project", state: "PUBLISHED", opensOn: "2026-01-01", closesOn: null });
    await post({ slug: "draft-that-grew", state: "DRAFT", opensOn: "2026-01-01", closesOn: null });
    await addTo(api.database, async (add) => {
      for (const slug of ["offer-that-grew", "draft-that-grew"]) {
        await add.project({ slug: `grown-from-${slug}`, title: "Grown", opportunity: called(slug) });
      }
    });
  });

  it("is found from either side", async () => {
    const data = await api.data(
      gql(`{
      opportunity(by: { slug: "offer-that-grew" }) { project { slug opportunity { slug } } }
      project(by: { slug: "grown-from-offer-that-grew" }) { opportunity { slug project { slug } } }
      projects(first: 100, filter: { opportunity: { slug: { eq: "offer-that-grew" } } }) { nodes { slug } }
    }`),
    );
    const slug = "grown-from-offer-that-grew";
    expect(data.opportunity).toEqual({ project: { slug, opportunity: { slug: "offer-that-grew" } } });
    expect(data.project).toEqual({ opportunity: { slug: "offer-that-grew", project: { slug } } });
    expect(slugsOf(data.projects)).toEqual([slug]);
  });

  it("is null where there is none", async () => {
    const data = await api.data(
      gql(`{
      opportunity(by: { slug: "offer-without-project" }) { project { slug } }
      project(by: { slug: "city-to-city-2020" }) { opportunity { slug } }
    }`),
    );
    expect(data).toEqual({ opportunity: { project: null }, project: { opportunity: null } });
  });

  it("says nothing of a draft that it grew from", async () => {
    const data = await api.data(
      gql(`{ project(by: { slug: "grown-from-draft-that-grew" }) { title opportunity { slug } } }`),
    );
    expect(data.project).toEqual({ title: "Grown", opportunity: null });
  });
});

describe("the partners of a network", () => {
  beforeAll(() =>
    addTo(api.database, async (add) => {
      await add.networkAgreement(["gnlc", "uccn"], { kind: "MEMORANDUM", since: "2016-05" });
      await add.networkAgreement(["gnlc", "uccn", "iccar"], {
        kind: "JOINT_PROGRAMME",
        since: "2015",
        until: "2018-12-31",
      });
      await add.networkAgreement(["gnlc", "iccar"], { kind: "AFFILIATION", since: "2019", until: TODAY });
    }),
  );

  const partnersOn = async (network: string, validOn?: string): Promise<string[]> => {
    const data = await api.data(
      gql(`query ($slug: String!, $validOn: Date) { network(by: { slug: $slug }) {
        partners(first: 100, validOn: $validOn) { totalCount edges { kind since until node { slug } } }
      } }`),
      { slug: network, ...(validOn !== undefined && { validOn }) },
    );
    const { edges, totalCount } = data.network!.partners;
    expect(totalCount).toBe(edges.length);
    return edges.map((edge) => `${edge.node.slug} ${edge.kind} ${edge.since} ${edge.until}`).sort();
  };

  it("are those of the agreements in force today", async () => {
    expect(await partnersOn("gnlc")).toEqual(["uccn MEMORANDUM 2016-05 null"]);
    expect(await partnersOn("uccn")).toEqual(["gnlc MEMORANDUM 2016-05 null"]);
    expect(await partnersOn("iccar")).toEqual([]);
  });

  it("are those of another day where one is asked for, each agreement for itself", async () => {
    expect(await partnersOn("gnlc", "2015-06-01")).toEqual([
      "iccar JOINT_PROGRAMME 2015 2018-12-31",
      "uccn JOINT_PROGRAMME 2015 2018-12-31",
    ]);
    expect(await partnersOn("gnlc", "2016-05-01")).toEqual([
      "iccar JOINT_PROGRAMME 2015 2018-12-31",
      "uccn JOINT_PROGRAMME 2015 2018-12-31",
      "uccn MEMORANDUM 2016-05 null",
    ]);
    expect(await partnersOn("iccar", "2018-12-31")).toEqual([]);
    expect(await partnersOn("iccar", "2026-11-19")).toEqual([`gnlc AFFILIATION 2019 ${TODAY}`]);
  });

  it("are found by a filter on the same day", async () => {
    const data = await api.data(
      gql(`{
      today: networks(first: 100, filter: { partners: { some: { slug: { eq: "gnlc" } } } }) { nodes { slug } }
      then: networks(first: 100, filter: { partners: { validOn: "2015-06-01", some: { slug: { eq: "gnlc" } } } }) { nodes { slug } }
    }`),
    );
    expect(slugsOf(data.today)).toEqual(["uccn"]);
    expect(slugsOf(data.then)).toEqual(["iccar", "uccn"]);
  });
});

it("tells an anonymous caller of an expert, and not how to reach them", async () => {
  const ada = { slug: "ada-example", name: "Ada Example", contact: "ada@example.org" };
  await addTo(api.database, (add) => add.expert({ ...ada, languages: ["en", "pt-BR"], city: called("york") }));
  const data = await api.data(
    gql(`{
    expert(by: { slug: "ada-example" }) { name languages contact city { slug experts(first: 10) { nodes { slug contact } } } }
    experts(first: 10) { nodes { slug contact } }
    guessed: experts(first: 10, filter: { contact: { eq: "ada@example.org" } }) { nodes { slug } }
  }`),
  );
  const shown = { nodes: [{ slug: "ada-example", contact: null }] };
  expect(data).toEqual({
    expert: { name: "Ada Example", languages: ["en", "pt-BR"], contact: null, city: { slug: "york", experts: shown } },
    experts: shown,
    guessed: { nodes: [] },
  });
});

describe("a response", () => {
  let answered: Opportunity;
  let unpublished: Opportunity;
  const respond = (to: Opportunity, responder: string): Promise<unknown> =>
    addTo(api.database, async (add) => {
      return add.opportunityResponse(to, { responderId: await add.partnerId(responder) });
    });

  beforeAll(async () => {
    answered = await post({ slug: "answered", state: "PUBLISHED", opensOn: TODAY, closesOn: null });
    unpublished = await post({ slug: "unpublished", state: "DRAFT", opensOn: TODAY, closesOn: null });
    await respond(answered, "krakow");
  });

  it("answers no draft, and what was answered becomes none again", async () => {
    const constraint = "opportunity_response_is_not_to_a_draft";
    await expect(respond(unpublished, "krakow")).rejects.toMatchObject({ constraint });
    await expect(write("UPDATE opportunity SET state = 'DRAFT' WHERE slug = 'answered'")).rejects.toMatchObject({
      constraint,
    });
    const { opportunity } = await api.data(gql(`{ opportunity(by: { slug: "answered" }) { state } }`));
    expect(opportunity?.state).toBe("PUBLISHED");
  });

  it("names the poster of its opportunity, and never oneself", async () => {
    const postedById = await addTo(api.database, (add) => add.partnerId("krakow"));
    await expect(respond({ ...answered, postedById }, "lyon")).rejects.toMatchObject({
      constraint: "opportunity_response_opportunity_id_posted_by_id_fkey",
    });
    await expect(respond(answered, "york")).rejects.toMatchObject({
      constraint: "opportunity_response_is_not_to_oneself",
    });
  });

  it("is not shown to an anonymous caller", async () => {
    const data = await api.data(
      gql(`{
      opportunityResponses(first: 1) { totalCount nodes { message } }
      opportunity(by: { slug: "answered" }) { responses(first: 1) { totalCount nodes { message } } }
      opportunities(first: 1, filter: { responses: { some: { state: { eq: OPEN } } } }) { totalCount }
    }`),
    );
    const nothing = { totalCount: 0, nodes: [] };
    expect(data).toEqual({
      opportunityResponses: nothing,
      opportunity: { responses: nothing },
      opportunities: { totalCount: 0 },
    });
  });
});

it("is posted by a city, a network or an organization, and by nothing else", async () => {
  const ofMeeting = addTo(api.database, async (add) => {
    const { id } = await add.meeting();
    return add.opportunity({ slug: "of-a-meeting", postedBy: { connect: { id } } });
  });
  await expect(ofMeeting).rejects.toMatchObject({ constraint: "opportunity_posted_by_id_is_partner" });
  expect((await api.data(gql(`{ opportunity(by: { slug: "of-a-meeting" }) { slug } }`))).opportunity).toBeNull();
});

function write(statements: string): Promise<void> {
  return api.database.write("test", (session) => session.execute(statements));
}

interface Period {
  opensOn: string;
  closesOn: string | null;
}

/** An opportunity of York. */
function post(row: Pick<Opportunity, "slug" | "state"> & Period): Promise<Opportunity> {
  const [opensOn, closesOn] = [at(row.opensOn), row.closesOn === null ? null : at(row.closesOn)];
  return addTo(api.database, async (add) =>
    add.opportunity({ ...row, opensOn, closesOn, postedBy: await add.partner("york") }),
  );
}

function slugsOf(connection: { nodes: { slug: string }[] }): string[] {
  return connection.nodes.map(({ slug }) => slug).sort();
}
