// Calls on each side of their days, and who sees applications and the drafts of reports.
import sql from "sql-template-tag";
import { ANONYMOUS } from "../../../src/kernel/viewer";
import type { CallStatus } from "../../generated/documents";
import { startApi, TODAY, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { addCity, dataFor, keyOf } from "../../support/members";
import { addTo, at, called } from "../../support/records";
import { asTheySay, viewerAs } from "../../support/viewers";

const SECRETARIAT = viewerAs("SECRETARIAT");

let api: TestApi;
let today = TODAY;
beforeAll(async () => {
  api = await startApi({ clock: () => new Date(`${today}T12:00:00Z`), authenticate: asTheySay });
});
beforeEach(() => {
  today = TODAY;
});
afterAll(() => api.close());

const slugsIn = (connection: { nodes: { slug: string }[] }): string[] => connection.nodes.map(({ slug }) => slug);

describe("the status of a call", () => {
  beforeAll(async () => {
    const days = { opensOn: at("2097-03-01"), closesOn: at("2097-05-31") };
    await addTo(api.database, (add) => add.applicationCall({ slug: "spring-call", ...days }));
  });

  it.each<[name: string, day: string, status: CallStatus]>([
    ["the day before it opens", "2097-02-28", "UPCOMING"],
    ["its first day", "2097-03-01", "OPEN"],
    ["its last day", "2097-05-31", "OPEN"],
    ["the day after it", "2097-06-01", "CLOSED"],
  ])("on %s, %s, is %s", async (_name, day, status) => {
    today = day;
    const data = await api.data(
      gql(`query ($status: CallStatus!) {
        applicationCall(by: { slug: "spring-call" }) { opensOn closesOn status }
        applicationCalls(filter: { status: { eq: $status } }, first: 5) { nodes { slug } }
      }`),
      { status },
    );
    expect(data.applicationCall).toEqual({ opensOn: "2097-03-01", closesOn: "2097-05-31", status });
    expect(slugsIn(data.applicationCalls)).toEqual(["spring-call"]);
  });
});

describe("applications", () => {
  beforeAll(async () => {
    await addTo(api.database, async (add) => {
      await add.applicationCall({ slug: "seen-call" });
      for (const slug of ["krakow", "york"]) {
        await add.application({ call: called("seen-call"), city: called(slug), status: "DRAFT" });
      }
    });
  });
  const QUERY = gql(`{
    applicationCall(by: { slug: "seen-call" }) { applications(first: 5) { totalCount nodes { city { slug } } } }
    city(by: { slug: "krakow" }) { applications(first: 5) { nodes { status } } }
    applications(first: 5) { totalCount }
    cities(filter: { applications: { some: {} } }, first: 5) { totalCount }
  }`);

  it("are seen by the Secretariat", async () => {
    const data = await dataFor(api, SECRETARIAT, QUERY);
    expect(data.applicationCall?.applications?.totalCount).toBe(2);
    expect(data.city?.applications?.nodes).toEqual([{ status: "DRAFT" }]);
    expect([data.applications.totalCount, data.cities.totalCount]).toEqual([2, 2]);
  });

  it("are seen by the city that applies, and others' are not", async () => {
    expect(await dataFor(api, await keyOf(api, "york"), QUERY)).toEqual({
      applicationCall: { applications: { totalCount: 1, nodes: [{ city: { slug: "york" } }] } },
      city: { applications: { nodes: [] } },
      applications: { totalCount: 1 },
      cities: { totalCount: 1 },
    });
  });

  it.each([ANONYMOUS, viewerAs("READER"), viewerAs("NETWORK", "01900000-0000-7000-8000-000000000000")])(
    "are not shown to others: $role",
    async (viewer) => {
      expect(await dataFor(api, viewer, QUERY)).toEqual({
        applicationCall: { applications: null },
        city: { applications: null },
        applications: { totalCount: 0 },
        cities: { totalCount: 0 },
      });
    },
  );
});

describe("drafts of reports", () => {
  const DRAFTED = "drafted";
  beforeAll(async () => {
    const reports = await addCity(
      api,
      DRAFTED,
      [["2014-12-01", null, "film"]],
      [
        ["2022-12-01", "ACCEPTED"],
        ["2026-11-19", "DRAFT"],
        ["2026-11-20", "DRAFT"],
        ["2026-12-20", "DRAFT"],
        ["2026-12-10", "SUBMITTED"],
      ],
    );
    await addTo(api.database, async (add) => {
      for (const report of reports) {
        await add.plannedAction(report, { title: `Zeppelin parade of ${report.dueOn.toISOString().slice(0, 10)}` });
      }
    });
  });
  const QUERY = gql(`query ($slug: String!) {
    city(by: { slug: $slug }) {
      monitoringReports(first: 10) { nodes { dueOn status overdue actionPlan { title report { dueOn } } } }
      plannedActions(first: 10) { totalCount }
    }
    monitoringReports(filter: { city: { slug: { eq: $slug } } }, first: 10) { totalCount }
    search(query: "Zeppelin parade", first: 20) { nodes { ... on PlannedAction { title } } }
  }`);
  const PUBLIC = ["2022-12-01", "2026-12-10"];
  const ALL = ["2022-12-01", "2026-11-19", "2026-11-20", "2026-12-10", "2026-12-20"];

  it.each([
    ["others", async () => keyOf(api, "york"), PUBLIC],
    ["an anonymous caller", async () => Promise.resolve(ANONYMOUS), PUBLIC],
    ["the city itself", async () => keyOf(api, DRAFTED), ALL],
    ["the Secretariat", async () => Promise.resolve(SECRETARIAT), ALL],
  ])("are shown, with what is planned in them, as they should be to %s", async (_who, viewer, expected) => {
    const data = await dataFor(api, await viewer(), QUERY, { slug: DRAFTED });
    const { nodes } = data.city!.monitoringReports;
    expect(nodes.map(({ dueOn }) => dueOn)).toEqual(expected);
    for (const { dueOn, status, overdue, actionPlan } of nodes) {
      expect(actionPlan).toEqual([{ title: `Zeppelin parade of ${dueOn}`, report: { dueOn } }]);
      expect(overdue).toBe(status === "DRAFT" && dueOn < TODAY);
    }
    expect(data.city?.plannedActions.totalCount).toBe(expected.length);
    expect(data.monitoringReports.totalCount).toBe(expected.length);
    expect(data.search.nodes.map((found) => "title" in found && found.title).sort()).toEqual(
      expected.map((dueOn) => `Zeppelin parade of ${dueOn}`),
    );
  });

  it.each([
    [{ overdue: { eq: true } }, ["2026-11-19"]],
    [{ dueWithin: 0 }, ["2026-11-20"]],
    [{ dueWithin: 29 }, ["2026-11-20"]],
    [{ dueWithin: 30 }, ["2026-11-20", "2026-12-20"]],
  ])("are found by what is still to be handed in: %j", async (condition, expected) => {
    const FOUND = gql(`query ($filter: MonitoringReportFilter!) {
      monitoringReports(filter: $filter, first: 10) { nodes { dueOn } }
    }`);
    const filter = { ...condition, city: { slug: { eq: DRAFTED } } };
    const own = await dataFor(api, await keyOf(api, DRAFTED), FOUND, { filter });
    expect(own.monitoringReports.nodes).toEqual(expected.map((dueOn) => ({ dueOn })));
    expect((await api.data(FOUND, { filter })).monitoringReports.nodes).toEqual([]);
  });

  it("come out with what is planned in them when they are handed in", async () => {
    await api.database.write("test", (session) =>
      session.query(sql`
        UPDATE monitoring_report SET status = 'SUBMITTED', submitted_at = now()
        WHERE due_on = '2026-11-19' AND city_id = (SELECT id FROM city WHERE slug = ${DRAFTED})`),
    );
    const data = await api.data(QUERY, { slug: DRAFTED });
    expect(data.city?.plannedActions.totalCount).toBe(PUBLIC.length + 1);
  });

  it.each([
    [
      "says another state than its report",
      sql`UPDATE planned_action SET report_status = 'DRAFT' WHERE report_status = 'ACCEPTED'`,
    ],
    [
      "goes to another city than its report",
      sql`UPDATE planned_action SET city_id = (SELECT id FROM city WHERE slug = 'york')`,
    ],
  ])("cannot be uncovered by an action that %s", async (_what, statement) => {
    await expect(api.database.write("test", (session) => session.query(statement))).rejects.toMatchObject({
      code: "23503",
    });
  });
});
