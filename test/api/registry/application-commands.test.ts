// What cities and the Secretariat do with applications.
import { TODAY } from "../../support/api";
import { Actors, type Actor } from "../../support/actors";

const NOW = `${TODAY}T12:00:00.000Z`;

let actors: Actors;
let secretariat: Actor;
let rival: Actor;
beforeAll(async () => {
  actors = await Actors.open();
  ({ secretariat } = actors);
  rival = await actors.city("rival");
  const call = { slug: "call-2026", year: 2026, title: "Call of 2026", opensOn: "2026-11-01", closesOn: TODAY };
  await secretariat.does("createApplicationCall", call, "applicationCall { id }");
});
afterAll(() => actors.close());

interface Applied {
  city: Actor;
  by: { id: string };
}

/** A new city with a draft in the call that is open up to today. */
async function draft(slug: string): Promise<Applied> {
  const city = await actors.city(slug);
  const input = { call: { slug: "call-2026" }, city: { slug }, creativeField: { slug: "music" } };
  const { application } = await city.does("createApplication", input, "application { id status }");
  expect(application.status).toBe("DRAFT");
  return { city, by: { id: application.id } };
}

async function submitted(slug: string): Promise<Applied> {
  const { city, by } = await draft(slug);
  await city.does("submitApplication", { by }, "application { id }");
  return { city, by };
}

async function underEvaluation(slug: string): Promise<Applied> {
  const { city, by } = await submitted(slug);
  await secretariat.does("evaluateApplication", { by }, "application { id }");
  return { city, by };
}

describe("submitApplication", () => {
  it("hands a draft in, at this instant and once; others do not even learn of it", async () => {
    const { city, by } = await draft("submits");
    expect(await rival.isRefused("submitApplication", { by })).toMatchObject({ code: "NOT_FOUND" });
    const { application } = await city.does("submitApplication", { by }, "application { status submittedAt }");
    expect(application).toEqual({ status: "SUBMITTED", submittedAt: NOW });
    expect(await city.isRefused("submitApplication", { by })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the application has been submitted already: to take it back, withdraw it before it is decided",
    });
  });

  it("is refused after the last day of the call", async () => {
    const { city, by } = await draft("submits-late");
    const call = { by: { slug: "call-2026" }, closesOn: "2026-11-19" };
    await secretariat.does("updateApplicationCall", call, "applicationCall { id }");
    const late = await city.isRefused("submitApplication", { by });
    await secretariat.does("updateApplicationCall", { ...call, closesOn: TODAY }, "applicationCall { id }");
    expect(late).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the call closed after 2026-11-19: apply in one that is open",
    });
  });
});

describe("withdrawApplication", () => {
  it("takes back what was handed in, for good", async () => {
    const { city, by } = await submitted("withdraws");
    expect(await rival.isRefused("withdrawApplication", { by })).toMatchObject({ code: "NOT_FOUND" });
    const { application } = await city.does("withdrawApplication", { by }, "application { status decidedAt }");
    expect(application).toEqual({ status: "WITHDRAWN", decidedAt: null });
    expect(await secretariat.isRefused("evaluateApplication", { by })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the application was withdrawn, and stays so: apply in another call",
    });
  });
});

describe("evaluateApplication", () => {
  it("takes what was handed in under evaluation, by the Secretariat alone", async () => {
    const { city, by } = await draft("is-evaluated");
    expect(await secretariat.isRefused("evaluateApplication", { by })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the application is a draft: the city must submit it first",
    });
    await city.does("submitApplication", { by }, "application { id }");
    expect(await city.isRefused("evaluateApplication", { by })).toMatchObject({ code: "FORBIDDEN" });
    const { application } = await secretariat.does("evaluateApplication", { by }, "application { status }");
    expect(application).toEqual({ status: "UNDER_EVALUATION" });
  });
});

describe("designateApplication", () => {
  it("makes the city a member from that day on, in the field that it applied for", async () => {
    const { city, by } = await underEvaluation("is-designated");
    expect(await city.isRefused("designateApplication", { by })).toMatchObject({ code: "FORBIDDEN" });
    const { application } = await secretariat.does(
      "designateApplication",
      { by, designatedOn: "2026-11-10" },
      "application { status decidedAt designation { designatedOn creativeField { slug } call { slug } city { memberSince } } }",
    );
    expect(application).toEqual({
      status: "DESIGNATED",
      decidedAt: NOW,
      designation: {
        designatedOn: "2026-11-10",
        creativeField: { slug: "music" },
        call: { slug: "call-2026" },
        city: { memberSince: "2026-11-10" },
      },
    });
  });

  it("is refused for a city that is designated already", async () => {
    const { by } = await underEvaluation("has-a-field");
    const other = { city: { slug: "has-a-field" }, creativeField: { slug: "film" }, designatedOn: "2019" };
    await secretariat.does("createDesignation", other, "designation { id }");
    expect(await secretariat.isRefused("designateApplication", { by })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the city is designated already: change its field, or end that designation first",
    });
  });
});

describe("refuseApplication", () => {
  it("decides, at this instant, that the city is no member", async () => {
    const { city, by } = await underEvaluation("is-refused");
    expect(await city.isRefused("refuseApplication", { by })).toMatchObject({ code: "FORBIDDEN" });
    const { application } = await secretariat.does(
      "refuseApplication",
      { by },
      "application { status decidedAt designation { id } city { memberSince } }",
    );
    expect(application).toEqual({
      status: "NOT_DESIGNATED",
      decidedAt: NOW,
      designation: null,
      city: { memberSince: null },
    });
    expect(await secretariat.isRefused("designateApplication", { by })).toMatchObject({ code: "NOT_ALLOWED_NOW" });
  });
});
