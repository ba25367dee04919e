// What becomes of a member: its reports, its field, its leaving, and that it turns out to be another.
import { TODAY } from "../../support/api";
import { Actors, type Actor } from "../../support/actors";
import { gql } from "../../support/gql";

let actors: Actors;
let secretariat: Actor;
let other: Actor;
beforeAll(async () => {
  actors = await Actors.open();
  ({ secretariat } = actors);
  other = await actors.member("other");
});
afterAll(() => actors.close());

const NODE = gql("query ($id: ID!) { node(id: $id) { id } }");

/** A member since 2023 with a draft of the report that it owes next, in 2027. */
async function report(slug: string): Promise<{ city: Actor; by: { id: string } }> {
  const city = await actors.member(slug);
  const input = { city: { slug }, dueOn: "2027-01-15", periodStart: "2023-01-15", periodEnd: "2026-12-31" };
  const { monitoringReport } = await city.does("createMonitoringReport", input, "monitoringReport { id }");
  return { city, by: { id: monitoringReport.id } };
}

describe("submitMonitoringReport", () => {
  it("hands the report in, shows it to everybody, and makes the next one due", async () => {
    const { city, by } = await report("reports");
    expect(await other.isRefused("submitMonitoringReport", { by })).toMatchObject({ code: "NOT_FOUND" });
    const { monitoringReport } = await city.does(
      "submitMonitoringReport",
      { by },
      "monitoringReport { status submittedAt city { nextReportDue } }",
    );
    expect(monitoringReport).toEqual({
      status: "SUBMITTED",
      submittedAt: `${TODAY}T12:00:00.000Z`,
      city: { nextReportDue: "2031-01-15" },
    });
    expect(await other.sees(NODE, by)).toEqual({ node: by });
  });
});

describe("acceptMonitoringReport", () => {
  it("accepts what was handed in, for good, by the Secretariat alone", async () => {
    const { city, by } = await report("is-accepted");
    expect(await secretariat.isRefused("acceptMonitoringReport", { by })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the report is a draft: the city must submit it first",
    });
    await city.does("submitMonitoringReport", { by }, "monitoringReport { id }");
    expect(await city.isRefused("acceptMonitoringReport", { by })).toMatchObject({ code: "FORBIDDEN" });
    const { monitoringReport } = await secretariat.does(
      "acceptMonitoringReport",
      { by },
      "monitoringReport { status }",
    );
    expect(monitoringReport).toEqual({ status: "ACCEPTED" });
    expect(await secretariat.isRefused("returnMonitoringReport", { by })).toMatchObject({ code: "NOT_ALLOWED_NOW" });
  });
});

describe("returnMonitoringReport", () => {
  it("makes the report a draft again, which its city writes and others do not see", async () => {
    const { city, by } = await report("is-returned");
    await city.does("submitMonitoringReport", { by }, "monitoringReport { id }");
    expect(await city.isRefused("updateMonitoringReport", { by, summary: "More." })).toMatchObject({
      code: "NOT_ALLOWED_NOW",
    });
    expect(await city.isRefused("returnMonitoringReport", { by })).toMatchObject({ code: "FORBIDDEN" });
    const { monitoringReport } = await secretariat.does(
      "returnMonitoringReport",
      { by },
      "monitoringReport { status submittedAt city { nextReportDue } }",
    );
    expect(monitoringReport).toEqual({ status: "DRAFT", submittedAt: null, city: { nextReportDue: "2027-01-15" } });
    expect(await other.sees(NODE, by)).toEqual({ node: null });
    await city.does("updateMonitoringReport", { by, summary: "More." }, "monitoringReport { summary }");
  });
});

describe("changeCreativeField", () => {
  it("ends the designation on the day and begins one in the new field, and the city stays a member", async () => {
    const city = await actors.member("changes");
    const seen = await city.sees(gql('{ city(by: { slug: "changes" }) { designations { id } } }'));
    const by = { id: seen.city!.designations[0]!.id };
    const change = { by, changedOn: "2025-06", creativeField: { slug: "film" } };
    expect(await city.isRefused("changeCreativeField", change)).toMatchObject({ code: "FORBIDDEN" });
    expect(await secretariat.isRefused("changeCreativeField", { ...change, creativeField: { slug: "music" } })).toEqual(
      {
        code: "NOT_ALLOWED_NOW",
        message: "the designation is in this field already: give another one",
      },
    );
    const { designation } = await secretariat.does(
      "changeCreativeField",
      change,
      "designation { designatedOn endedOn creativeField { slug } city { memberSince } }",
    );
    expect(designation).toEqual({
      designatedOn: "2025-06",
      endedOn: null,
      creativeField: { slug: "film" },
      city: { memberSince: "2023-01-15" },
    });
    expect(await city.sees(gql("query ($id: ID!) { node(id: $id) { ... on Designation { endedOn } } }"), by)).toEqual({
      node: { endedOn: "2025-06" },
    });
  });
});

describe("leaveNetwork", () => {
  it("ends the membership on the day, today at the earliest, by the city itself", async () => {
    const city = await actors.member("leaves");
    const by = { slug: "leaves" };
    expect(await other.isRefused("leaveNetwork", { by, leftOn: TODAY })).toMatchObject({ code: "FORBIDDEN" });
    expect(await city.isRefused("leaveNetwork", { by, leftOn: "2026-11-19" })).toEqual({
      code: "INVALID",
      message: `a city leaves on ${TODAY} or later: ask the Secretariat to record an earlier day`,
    });
    const left = await city.does(
      "leaveNetwork",
      { by, leftOn: TODAY },
      "city { memberSince designations { endedOn } }",
    );
    expect(left.city).toEqual({ memberSince: null, designations: [{ endedOn: TODAY }] });
    expect(await city.isRefused("leaveNetwork", { by, leftOn: TODAY })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the city has no designation in force, so it is no member",
    });
  });
});

describe("mergeCities", () => {
  it("leads what led to the one to the other, with its key, by the Secretariat alone", async () => {
    const [goes, stays] = [await actors.city("goes"), await actors.member("stays")];
    const merge = { by: { slug: "goes" }, into: { slug: "stays" } };
    expect(await stays.isRefused("mergeCities", merge)).toMatchObject({ code: "FORBIDDEN" });
    const { city } = await secretariat.does("mergeCities", merge, "city { slug }");
    expect(city).toEqual({ slug: "stays" });
    expect(
      await goes.sees(gql('{ city(by: { slug: "goes" }) { slug memberSince } viewer { city { slug } } }')),
    ).toEqual({
      city: { slug: "stays", memberSince: "2023-01-15" },
      viewer: { city: { slug: "stays" } },
    });
  });
});
