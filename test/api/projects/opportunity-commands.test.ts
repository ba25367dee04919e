// What becomes of opportunities, and of the answers to them.
import { TODAY } from "../../support/api";
import { Actors, type Actor } from "../../support/actors";
import { gql } from "../../support/gql";

const NOW = `${TODAY}T12:00:00.000Z`;

let actors: Actors;
let poster: Actor;
let responder: Actor;
let other: Actor;
beforeAll(async () => {
  actors = await Actors.open();
  [poster, responder, other] = [
    await actors.city("poster"),
    await actors.network("responder"),
    await actors.city("other"),
  ];
});
afterAll(() => actors.close());

type By<Key extends string> = { by: Record<Key, string> };

/** An opportunity that takes answers up to today, once it is published. */
async function draft(slug: string): Promise<By<"slug">> {
  const input = { slug, title: slug, description: "Music at night.", postedBy: { city: "poster" }, opensOn: TODAY };
  const said = { closesOn: TODAY, creativeFields: [{ slug: "music" }], goals: [{ number: 11 }] };
  await poster.does("createOpportunity", { ...input, ...said }, "opportunity { id }");
  return { by: { slug } };
}

async function published(slug: string): Promise<By<"slug">> {
  const { by } = await draft(slug);
  await poster.does("publishOpportunity", { by }, "opportunity { id }");
  return { by };
}

async function answered(slug: string): Promise<By<"id">> {
  const { by } = await published(slug);
  const input = { opportunity: by, responder: { network: "responder" }, message: "Yes." };
  const { opportunityResponse } = await responder.does(
    "createOpportunityResponse",
    input,
    "opportunityResponse { id state respondedAt }",
  );
  expect(opportunityResponse).toMatchObject({ state: "OPEN", respondedAt: NOW });
  return { by: { id: opportunityResponse.id } };
}

describe("publishOpportunity", () => {
  it("shows to everybody what was a draft of its poster", async () => {
    const { by } = await draft("is-published");
    const seen = gql('{ opportunity(by: { slug: "is-published" }) { slug } }');
    expect(await other.sees(seen)).toEqual({ opportunity: null });
    expect(await other.isRefused("publishOpportunity", { by })).toMatchObject({ code: "NOT_FOUND" });
    const { opportunity } = await poster.does("publishOpportunity", { by }, "opportunity { status }");
    expect(opportunity).toEqual({ status: "OPEN" });
    expect(await other.sees(seen)).toEqual({ opportunity: { slug: "is-published" } });
  });

  it("is refused after the last day for answers", async () => {
    const { by } = await draft("is-late");
    await poster.does(
      "updateOpportunity",
      { by, opensOn: "2026-11-01", closesOn: "2026-11-19" },
      "opportunity { closesOn }",
    );
    expect(await poster.isRefused("publishOpportunity", { by })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the last day for answers, 2026-11-19, is past: change closesOn to today or later, or clear it",
    });
  });
});

describe("withdrawOpportunity", () => {
  it("takes back what was published, for good, and no answers are taken any more", async () => {
    const { by } = await published("is-withdrawn");
    expect(await other.isRefused("withdrawOpportunity", { by })).toMatchObject({ code: "FORBIDDEN" });
    const { opportunity } = await poster.does("withdrawOpportunity", { by }, "opportunity { status }");
    expect(opportunity).toEqual({ status: "WITHDRAWN" });
    const answer = { opportunity: by, responder: { network: "responder" }, message: "Yes." };
    expect(await responder.isRefused("createOpportunityResponse", answer)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the opportunity takes no answers any more: it was withdrawn",
    });
    expect(await poster.isRefused("publishOpportunity", { by })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the opportunity was withdrawn, and stays so: post a new one",
    });
  });
});

describe("formProject", () => {
  it("makes a project that the poster leads, and invites those whose answers were accepted", async () => {
    const answer = await answered("becomes-a-project");
    await poster.does("acceptResponse", answer, "opportunityResponse { id }");
    const form = { by: { slug: "becomes-a-project" }, slug: "formed", meeting: { number: 12 } };
    expect(await other.isRefused("formProject", form)).toMatchObject({ code: "FORBIDDEN" });
    const { project } = await poster.does(
      "formProject",
      form,
      `project { slug title status meeting { number } opportunity { status } creativeFields { slug } goals { number }
        participations(first: 5) { nodes { role status since partner { ... on City { slug } ... on Network { slug } } } } }`,
    );
    expect(project).toEqual({
      slug: "formed",
      title: "becomes-a-project",
      status: "PROPOSED",
      meeting: { number: 12 },
      opportunity: { status: "MATCHED" },
      creativeFields: [{ slug: "music" }],
      goals: [{ number: 11 }],
      participations: {
        nodes: expect.arrayContaining([
          { role: "LEAD", status: "ACCEPTED", since: TODAY, partner: { slug: "poster" } },
          { role: "PARTNER", status: "INVITED", since: null, partner: { slug: "responder" } },
        ]) as unknown,
      },
    });
    expect(project.participations.nodes).toHaveLength(2);
    expect(await poster.isRefused("formProject", { ...form, slug: "formed-again" })).toMatchObject({
      code: "NOT_ALLOWED_NOW",
    });
  });
});

describe("acceptResponse", () => {
  it("is the poster's, and stands", async () => {
    const answer = await answered("is-accepted");
    expect(await responder.isRefused("acceptResponse", answer)).toMatchObject({ code: "FORBIDDEN" });
    expect(await other.isRefused("acceptResponse", answer)).toMatchObject({ code: "NOT_FOUND" });
    const { opportunityResponse } = await poster.does("acceptResponse", answer, "opportunityResponse { state }");
    expect(opportunityResponse).toEqual({ state: "ACCEPTED" });
    expect(await responder.isRefused("withdrawResponse", answer)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the answer was accepted, and stays so: leave the project that grows from it instead",
    });
  });
});

describe("declineResponse", () => {
  it("is the poster's, and stands", async () => {
    const answer = await answered("is-declined");
    expect(await responder.isRefused("declineResponse", answer)).toMatchObject({ code: "FORBIDDEN" });
    const { opportunityResponse } = await poster.does("declineResponse", answer, "opportunityResponse { state }");
    expect(opportunityResponse).toEqual({ state: "DECLINED" });
    expect(await poster.isRefused("acceptResponse", answer)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the answer was declined, and stays so",
    });
  });
});

describe("withdrawResponse", () => {
  it("takes an answer back that was not decided about, by who gave it", async () => {
    const answer = await answered("loses-an-answer");
    expect(await poster.isRefused("withdrawResponse", answer)).toMatchObject({ code: "FORBIDDEN" });
    const { opportunityResponse } = await responder.does("withdrawResponse", answer, "opportunityResponse { state }");
    expect(opportunityResponse).toEqual({ state: "WITHDRAWN" });
    expect(await poster.isRefused("acceptResponse", answer)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the answer was withdrawn by those who gave it: they may respond again",
    });
  });
});

describe("respondAgain", () => {
  it("gives an answer again that was withdrawn, with another message, while answers are taken", async () => {
    const answer = await answered("gets-an-answer-back");
    expect(await responder.isRefused("respondAgain", answer)).toMatchObject({ code: "NOT_ALLOWED_NOW" });
    await responder.does("withdrawResponse", answer, "opportunityResponse { id }");
    expect(await poster.isRefused("respondAgain", answer)).toMatchObject({ code: "FORBIDDEN" });
    const { opportunityResponse } = await responder.does(
      "respondAgain",
      { ...answer, message: "Yes, after all." },
      "opportunityResponse { state message respondedAt }",
    );
    expect(opportunityResponse).toEqual({ state: "OPEN", message: "Yes, after all.", respondedAt: NOW });
  });
});
