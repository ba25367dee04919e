// A story over HTTP with six keys: a call opens, two cities apply, one is designated and posts an opportunity; a network, an
// organization and a foreign city answer; a project is formed at a meeting and accepted by each; one leaves; a report falls
// due and is handed in. The log tells it all.
import "reflect-metadata";
import type { KeyRole } from "../../../src/kernel/viewer";
import { startApi, type TestApi } from "../../support/api";
import { askWith, makeCity, makeKey, scopeId } from "../../support/keys";

type Who = "secretariat" | "applicant" | "rival" | "network" | "organization" | "foreign";

/** Monitoring reports fall due four years after the designation. */
const DESIGNATED_ON = "2023-01-15";
const REPORT_DUE = "2027-01-15";

let api: TestApi;
const tokens = new Map<Who, string>();
beforeAll(async () => {
  api = await startApi();
  const [applicant, rival] = [await makeCity(api.database, "applicant"), await makeCity(api.database, "rival")];
  const scope = (role: KeyRole, slug: string): Promise<string> => scopeId(api.database, role, slug);
  tokens.set("secretariat", await makeKey(api.database, "SECRETARIAT"));
  tokens.set("applicant", await makeKey(api.database, "CITY", applicant));
  tokens.set("rival", await makeKey(api.database, "CITY", rival));
  tokens.set("network", await makeKey(api.database, "NETWORK", await scope("NETWORK", "gnlc")));
  tokens.set("foreign", await makeKey(api.database, "CITY", await scope("CITY", "york")));
});
afterAll(() => api.close());

/** Done, with nothing to mend; the payload. */
async function does(who: Who, mutation: string, input: object, selection: string): Promise<any> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { revision userErrors { code message path } ${selection} } }`;
  const { data, errors } = await askWith(api.url, tokens.get(who) ?? "", query, { input });
  expect({ mutation, errors, userErrors: data?.done.userErrors }).toEqual({
    mutation,
    errors: undefined,
    userErrors: [],
  });
  return data.done;
}

/** Refused, with the code that it is refused with, as data or as an error. */
async function isRefused(who: Who, mutation: string, input: object): Promise<string> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { code } } }`;
  const { data, errors } = await askWith(api.url, tokens.get(who) ?? "", query, { input });
  return errors?.[0]?.extensions.code ?? data.done.userErrors[0]?.code;
}

it("is told by the API from the call to the report", async () => {
  // A call opens.
  await does(
    "secretariat",
    "createApplicationCall",
    {
      slug: "call-2026",
      year: 2026,
      title: "Call of 2026",
      opensOn: "2026-11-01",
      closesOn: "2026-12-31",
    },
    "applicationCall { id }",
  );

  // Two cities apply; neither sees the other's application.
  const applied = async (who: Who, city: string): Promise<string> =>
    (
      await does(
        who,
        "createApplication",
        {
          call: { slug: "call-2026" },
          city: { slug: city },
          creativeField: { slug: "music" },
          statement: "We make music.",
        },
        "application { id status }",
      )
    ).application.id;
  const [first, second] = [await applied("applicant", "applicant"), await applied("rival", "rival")];
  expect(await isRefused("rival", "submitApplication", { by: { id: first } })).toBe("NOT_FOUND");
  expect(
    await isRefused("rival", "createApplication", {
      call: { slug: "call-2026" },
      city: { slug: "applicant" },
      creativeField: { slug: "film" },
    }),
  ).toBe("FORBIDDEN");
  await does("applicant", "submitApplication", { by: { id: first } }, "application { status submittedAt }");
  await does("rival", "submitApplication", { by: { id: second } }, "application { status }");
  expect(await isRefused("applicant", "designateApplication", { by: { id: first } })).toBe("FORBIDDEN");
  expect(await isRefused("secretariat", "designateApplication", { by: { id: first } })).toBe("NOT_ALLOWED_NOW");

  // One is designated, and is a member with it.
  for (const id of [first, second])
    await does("secretariat", "evaluateApplication", { by: { id } }, "application { status }");
  const { application } = await does(
    "secretariat",
    "designateApplication",
    { by: { id: first }, designatedOn: DESIGNATED_ON },
    "application { status decidedAt designation { creativeField { slug } city { memberSince nextReportDue } } }",
  );
  expect(application).toMatchObject({
    status: "DESIGNATED",
    decidedAt: "2026-11-20T12:00:00.000Z",
    designation: { creativeField: { slug: "music" }, city: { memberSince: DESIGNATED_ON, nextReportDue: REPORT_DUE } },
  });
  await does("secretariat", "refuseApplication", { by: { id: second } }, "application { status }");

  // It posts an opportunity; a network, an organization and a foreign city answer.
  await does(
    "secretariat",
    "createOrganization",
    { slug: "radio", name: "Radio", sector: "PUBLIC" },
    "organization { id }",
  );
  tokens.set(
    "organization",
    await makeKey(api.database, "ORGANIZATION", await scopeId(api.database, "ORGANIZATION", "radio")),
  );
  await does(
    "applicant",
    "createOpportunity",
    {
      slug: "night-music",
      title: "Night Music",
      description: "Concerts at night, in every partner's city.",
      postedBy: { city: "applicant" },
      seeking: ["PARTNER_CITIES"],
      areasOfAction: ["PILOT_PARTNERSHIPS"],
      creativeFields: [{ slug: "music" }],
      goals: [{ number: 11 }],
      opensOn: "2026-11-20",
      closesOn: "2026-12-20",
    },
    "opportunity { status }",
  );
  const answer = (who: Who, responder: object): Promise<any> =>
    does(
      who,
      "createOpportunityResponse",
      { opportunity: { slug: "night-music" }, responder, message: "Yes." },
      "opportunityResponse { id state respondedAt }",
    );
  expect(
    await isRefused("network", "createOpportunityResponse", {
      opportunity: { slug: "night-music" },
      responder: { network: "gnlc" },
      message: "Yes.",
    }),
  ).toBe("NOT_FOUND");
  await does("applicant", "publishOpportunity", { by: { slug: "night-music" } }, "opportunity { status }");
  const answers = [
    await answer("network", { network: "gnlc" }),
    await answer("organization", { organization: "radio" }),
    await answer("foreign", { city: "york" }),
  ];
  for (const { opportunityResponse } of answers) {
    expect(await isRefused("foreign", "acceptResponse", { by: { id: opportunityResponse.id } })).toMatch(
      /FORBIDDEN|NOT_FOUND/,
    );
    await does("applicant", "acceptResponse", { by: { id: opportunityResponse.id } }, "opportunityResponse { state }");
  }

  // A project is formed at a meeting and accepted by each.
  const { project } = await does(
    "applicant",
    "formProject",
    { by: { slug: "night-music" }, slug: "night-music", meeting: { number: 12 } },
    `project { id status meeting { number } opportunity { status } leadCity { slug } goals { number } creativeFields { slug }
      areasOfAction participations(first: 10) { nodes { id status partner { ... on Record { __typename } } } } }`,
  );
  expect(project).toMatchObject({
    status: "PROPOSED",
    meeting: { number: 12 },
    opportunity: { status: "MATCHED" },
    leadCity: { slug: "applicant" },
    goals: [{ number: 11 }],
    creativeFields: [{ slug: "music" }],
    areasOfAction: ["PILOT_PARTNERSHIPS"],
  });
  const invited: { id: string; partner: { __typename: string } }[] = project.participations.nodes.filter(
    (part: { status: string }) => part.status === "INVITED",
  );
  const keyOf: Record<string, Who> = { Network: "network", Organization: "organization", City: "foreign" };
  expect(invited.map(({ partner }) => partner.__typename).sort()).toEqual(["City", "Network", "Organization"]);
  for (const { id, partner } of invited) {
    expect(await isRefused("applicant", "acceptInvitation", { by: { id } })).toBe("FORBIDDEN");
    await does(keyOf[partner.__typename]!, "acceptInvitation", { by: { id } }, "projectParticipation { status since }");
  }
  await does("applicant", "startProject", { by: { slug: "night-music" } }, "project { status }");

  // It shows as an edge of all.
  const edges = await api.untypedData(`{
    applicant: city(by: { slug: "applicant" }) { projects(first: 5) { nodes { slug } } }
    york: city(by: { slug: "york" }) { projects(first: 5, filter: { slug: { eq: "night-music" } }) { nodes { slug } } }
    network(by: { slug: "gnlc" }) { projects(first: 5) { nodes { slug } } }
    organization(by: { slug: "radio" }) { projects(first: 5) { nodes { slug } } }
  }`);
  for (const { projects } of Object.values<any>(edges)) expect(projects.nodes).toEqual([{ slug: "night-music" }]);

  // One leaves; the lead cannot before it has handed the lead over.
  const leaving = invited.find(({ partner }) => partner.__typename === "Organization")!;
  const left = await does(
    "organization",
    "leaveProject",
    { by: { id: leaving.id } },
    "projectParticipation { status until }",
  );
  expect(left.projectParticipation).toEqual({ status: "LEFT", until: "2026-11-20" });
  const lead = project.participations.nodes.find((part: { status: string }) => part.status === "ACCEPTED");
  expect(await isRefused("applicant", "leaveProject", { by: { id: lead.id } })).toBe("NOT_ALLOWED_NOW");

  // A report falls due and is handed in, with its action plan; a draft is nobody else's business.
  const begun = await does(
    "applicant",
    "createMonitoringReport",
    {
      city: { slug: "applicant" },
      dueOn: REPORT_DUE,
      periodStart: DESIGNATED_ON,
      periodEnd: "2026-12-31",
    },
    "monitoringReport { id status }",
  );
  const by = { id: begun.monitoringReport.id };
  await does(
    "applicant",
    "createPlannedAction",
    {
      report: by,
      title: "More night music",
      areaOfAction: "PILOT_PARTNERSHIPS",
      objective: "CREATIVITY_HUBS",
      goals: [{ number: 11 }],
    },
    "plannedAction { reportStatus city { slug } }",
  );
  expect(await isRefused("rival", "submitMonitoringReport", { by })).toBe("NOT_FOUND");
  const submitted = await does(
    "applicant",
    "submitMonitoringReport",
    { by },
    "monitoringReport { status submittedAt actionPlan { title reportStatus } city { nextReportDue } }",
  );
  expect(submitted.monitoringReport).toMatchObject({
    status: "SUBMITTED",
    actionPlan: [{ title: "More night music", reportStatus: "SUBMITTED" }],
    city: { nextReportDue: "2031-01-15" },
  });
  expect(await isRefused("applicant", "updateMonitoringReport", { by, summary: "More." })).toBe("NOT_ALLOWED_NOW");
  await does("secretariat", "acceptMonitoringReport", { by }, "monitoringReport { status }");

  // The log tells it all.
  const history = await askWith(
    api.url,
    tokens.get("applicant")!,
    `query ($id: ID!) { node(id: $id) { ... on MonitoringReport { history(first: 10) { nodes { actor changes { field before after } } } } } }`,
    { id: by.id },
  );
  const told = history.data.node.history.nodes.map(
    (entry: any) => entry.changes.find((change: any) => change.field === "status")?.after,
  );
  expect(told).toEqual(["ACCEPTED", "SUBMITTED", "DRAFT"]);
});
