// How projects begin and end, and how partners come to take part in them.
import { TODAY } from "../../support/api";
import { Actors, type Actor } from "../../support/actors";
import { gql } from "../../support/gql";

let actors: Actors;
let lead: Actor;
let partner: Actor;
let other: Actor;
beforeAll(async () => {
  actors = await Actors.open();
  [lead, partner, other] = [
    await actors.city("lead"),
    await actors.organization("partner"),
    await actors.network("other"),
  ];
});
afterAll(() => actors.close());

/** A project that was proposed by the city that leads it. */
async function proposed(slug: string): Promise<{ by: { slug: string } }> {
  const { project } = await lead.does("createProject", { slug, title: slug }, "project { status leadCity { slug } }");
  expect(project).toEqual({ status: "PROPOSED", leadCity: { slug: "lead" } });
  return { by: { slug } };
}

async function started(slug: string): Promise<{ by: { slug: string } }> {
  const project = await proposed(slug);
  await lead.does("startProject", project, "project { id }");
  return project;
}

/** The organization's part in a new project, to which it is invited. */
async function invited(slug: string): Promise<{ by: { id: string } }> {
  const { by } = await proposed(slug);
  const invitation = { by, partner: { organization: "partner" } };
  const { projectParticipation } = await lead.does("inviteToProject", invitation, "projectParticipation { id }");
  return { by: { id: projectParticipation.id } };
}

async function accepted(slug: string): Promise<{ by: { id: string } }> {
  const part = await invited(slug);
  await partner.does("acceptInvitation", part, "projectParticipation { id }");
  return part;
}

describe("startProject", () => {
  it("begins what was proposed, by its lead alone", async () => {
    const project = await proposed("is-started");
    expect(await other.isRefused("startProject", project)).toMatchObject({ code: "FORBIDDEN" });
    expect(await lead.does("startProject", project, "project { status }")).toEqual({ project: { status: "ACTIVE" } });
    expect(await lead.isRefused("startProject", project)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the project is under way already",
    });
  });
});

describe("completeProject", () => {
  it("ends what was begun, by its lead alone", async () => {
    const project = await proposed("is-completed");
    expect(await lead.isRefused("completeProject", project)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the project has not begun: start it first, or cancel it",
    });
    await lead.does("startProject", project, "project { id }");
    expect(await other.isRefused("completeProject", project)).toMatchObject({ code: "FORBIDDEN" });
    expect(await lead.does("completeProject", project, "project { status }")).toEqual({
      project: { status: "COMPLETED" },
    });
  });
});

describe("cancelProject", () => {
  it("gives up what is not completed, by its lead alone; it takes no new parts then", async () => {
    const project = await proposed("is-cancelled");
    expect(await other.isRefused("cancelProject", project)).toMatchObject({ code: "FORBIDDEN" });
    expect(await lead.does("cancelProject", project, "project { status }")).toEqual({
      project: { status: "CANCELLED" },
    });
    expect(await lead.isRefused("inviteToProject", { ...project, partner: { network: "other" } })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the project is cancelled and takes no new parts: reopen it first",
    });
  });
});

describe("reopenProject", () => {
  it("makes a completed project active again, and a cancelled one a proposal, by its lead alone", async () => {
    const [completed, cancelled] = [await started("goes-on"), await started("is-planned-again")];
    expect(await lead.isRefused("reopenProject", completed)).toMatchObject({ code: "NOT_ALLOWED_NOW" });
    await lead.does("completeProject", completed, "project { id }");
    await lead.does("cancelProject", cancelled, "project { id }");
    expect(await other.isRefused("reopenProject", completed)).toMatchObject({ code: "FORBIDDEN" });
    expect(await lead.does("reopenProject", completed, "project { status }")).toEqual({
      project: { status: "ACTIVE" },
    });
    expect(await lead.does("reopenProject", cancelled, "project { status }")).toEqual({
      project: { status: "PROPOSED" },
    });
  });
});

describe("inviteToProject", () => {
  it("invites a partner, also one that declined, but nobody twice; by the lead alone", async () => {
    const project = await proposed("invites");
    const invitation = { ...project, partner: { network: "other" } };
    expect(await partner.isRefused("inviteToProject", invitation)).toMatchObject({ code: "FORBIDDEN" });
    const invite = () =>
      lead.does(
        "inviteToProject",
        invitation,
        "projectParticipation { id role status since partner { ... on Network { slug } } }",
      );
    const { projectParticipation } = await invite();
    expect(projectParticipation).toMatchObject({
      role: "PARTNER",
      status: "INVITED",
      since: null,
      partner: { slug: "other" },
    });
    expect(await lead.isRefused("inviteToProject", invitation)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the partner is invited already and has not answered: wait for the answer",
    });
    const by = { id: projectParticipation.id };
    await other.does("declineInvitation", { by }, "projectParticipation { id }");
    const again = await invite();
    expect(again.projectParticipation).toMatchObject({ ...by, status: "INVITED" });
  });
});

describe("handLeadOver", () => {
  it("makes a partner that has accepted the lead, whose project it is then", async () => {
    const part = await invited("changes-hands");
    const over = { by: { slug: "changes-hands" }, partner: { organization: "partner" } };
    expect(await lead.isRefused("handLeadOver", over)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "only a partner that has accepted its part can lead the project",
    });
    await partner.does("acceptInvitation", part, "projectParticipation { id }");
    expect(await partner.isRefused("handLeadOver", over)).toMatchObject({ code: "FORBIDDEN" });
    const { project } = await lead.does(
      "handLeadOver",
      over,
      "project { participations(first: 5) { nodes { role partner { ... on City { slug } ... on Organization { slug } } } } }",
    );
    expect(project.participations.nodes).toEqual(
      expect.arrayContaining([
        { role: "LEAD", partner: { slug: "partner" } },
        { role: "PARTNER", partner: { slug: "lead" } },
      ]),
    );
    expect(await lead.isRefused("startProject", { by: over.by })).toMatchObject({ code: "FORBIDDEN" });
    await partner.does("startProject", { by: over.by }, "project { id }");
  });
});

describe("acceptInvitation", () => {
  it("takes part from today on, by the partner itself", async () => {
    const part = await invited("is-joined");
    expect(await lead.isRefused("acceptInvitation", part)).toMatchObject({ code: "FORBIDDEN" });
    const { projectParticipation } = await partner.does(
      "acceptInvitation",
      part,
      "projectParticipation { status since until }",
    );
    expect(projectParticipation).toEqual({ status: "ACCEPTED", since: TODAY, until: null });
    expect(await partner.isRefused("acceptInvitation", part)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the invitation has been accepted already",
    });
  });
});

describe("declineInvitation", () => {
  it("takes no part, by the partner itself, until it is invited again", async () => {
    const part = await invited("is-declined");
    expect(await lead.isRefused("declineInvitation", part)).toMatchObject({ code: "FORBIDDEN" });
    const declined = await partner.does("declineInvitation", part, "projectParticipation { status since }");
    expect(declined.projectParticipation).toEqual({ status: "DECLINED", since: null });
    expect(await partner.isRefused("acceptInvitation", part)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the invitation was declined: ask to be invited again",
    });
  });
});

describe("leaveProject", () => {
  it("takes part up to today, by the partner itself; the lead hands the lead over first", async () => {
    const part = await accepted("is-left");
    expect(await lead.isRefused("leaveProject", part)).toMatchObject({ code: "FORBIDDEN" });
    const left = await partner.does("leaveProject", part, "projectParticipation { status since until }");
    expect(left.projectParticipation).toEqual({ status: "LEFT", since: TODAY, until: TODAY });
    const { project } = await lead.sees(
      gql('{ project(by: { slug: "is-left" }) { participations(first: 5) { nodes { id role } } } }'),
    );
    const own = project?.participations.nodes.find(({ role }) => role === "LEAD");
    expect(await lead.isRefused("leaveProject", { by: { id: own?.id } })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the lead cannot leave the project: hand the lead over to another partner first",
    });
  });
});
