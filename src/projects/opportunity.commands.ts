// What becomes of opportunities: published, taken back, or made into a project with those who answered.
import { withPrisma } from "../database/client/prisma";
import { name, slug, text } from "../database/declare/column";
import { AUTHORITY } from "../database/declare/rights";
import { type Command, commandOn } from "../database/write/command";
import { rulesOn } from "../database/write/rules";
import type { WriteContext } from "../database/write/write-context";
import { changeLinks } from "../database/write/owned-rows";
import { transition } from "../database/write/transition-command";
import { insertRecord, updateRecord } from "../database/write/write-record";
import { allowed, refusal } from "../kernel/user-errors";
import { meeting } from "../registry/meeting.record";
import { opportunity } from "./opportunity.record";
import { nextOpportunityState } from "./opportunity.rules";
import { projectParticipation } from "./project-participation.record";
import { project } from "./project.record";

export const opportunityWrites = rulesOn(opportunity)({
  begin: () => ({ state: "DRAFT" }),
  check: ({ read }, { before, after }) => {
    if (before === undefined || read.viewer.role === "SECRETARIAT") return;
    const state = before.state;
    if (after === undefined && state !== "DRAFT") {
      throw refusal("NOT_ALLOWED_NOW", "only a draft is deleted: withdraw the opportunity instead", "by");
    }
    if (state === "MATCHED" || state === "WITHDRAWN") {
      throw refusal(
        "NOT_ALLOWED_NOW",
        `the opportunity is ${state.toLowerCase()}, and stays as it is: post a new one`,
        "by",
      );
    }
  },
});

const formProject = commandOn(opportunity)({
  name: "formProject",
  may: AUTHORITY,
  gives: project,
  description:
    "Makes a project of an opportunity, and ends it. Those who posted it lead the project, those whose answers were accepted are invited to it, and it has the fields, areas of action and goals of the opportunity.",
  takes: {
    columns: {
      slug: slug("The project's stable, URL-safe name."),
      title: name("What the project is called; left out, as the opportunity.", { nullable: true }),
      summary: text("What is to be done in it.", { nullable: true }),
    },
    references: {
      meetingId: {
        to: () => meeting,
        nullable: true,
        description: "The meeting of the network where the partnership was formed.",
      },
    },
  },
  act: async (write, target, given) => {
    const state = allowed(nextOpportunityState(target.state, "form", {}));
    await updateRecord(write.session, opportunity, target.id, { state });
    const projectId = await insertRecord(write.session, project, {
      slug: given.slug,
      title: given.title ?? target.title,
      summary: given.summary,
      status: "PROPOSED",
      areasOfAction: target.areasOfAction,
      opportunityId: target.id,
      meetingId: given.meetingId,
    });
    await copyLinks(write, target.id, projectId);
    await takePartners(write, target, projectId);
    return projectId;
  },
});

async function copyLinks({ session }: WriteContext, opportunityId: string, projectId: string): Promise<void> {
  const { creativeFields, goals } = await withPrisma(session, (prisma) =>
    prisma.opportunity.findUniqueOrThrow({
      where: { id: opportunityId },
      select: { creativeFields: { select: { creativeFieldId: true } }, goals: { select: { goalId: true } } },
    }),
  );
  const fieldIds = creativeFields.map(({ creativeFieldId }) => creativeFieldId);
  const goalIds = goals.map(({ goalId }) => goalId);
  await changeLinks(session, projectId, "project_creative_field", "creativeFieldId", { kind: "add", items: fieldIds });
  await changeLinks(session, projectId, "project_goal", "goalId", { kind: "add", items: goalIds });
}

async function takePartners(
  { session, read }: WriteContext,
  target: { id: string; postedById: string },
  projectId: string,
): Promise<void> {
  await insertRecord(session, projectParticipation, {
    projectId,
    partnerId: target.postedById,
    role: "LEAD",
    status: "ACCEPTED",
    since: read.today,
  });
  const accepted = await withPrisma(session, (prisma) =>
    prisma.opportunityResponse.findMany({
      where: { opportunityId: target.id, state: "ACCEPTED" },
      orderBy: [{ respondedAt: "asc" }, { id: "asc" }],
      select: { responderId: true },
    }),
  );
  for (const { responderId } of accepted) {
    await insertRecord(session, projectParticipation, {
      projectId,
      partnerId: responderId,
      role: "PARTNER",
      status: "INVITED",
    });
  }
}

export const opportunityCommands: readonly Command[] = [
  transition({
    name: "publishOpportunity",
    may: AUTHORITY,
    on: opportunity,
    column: "state",
    description: "Makes an opportunity public; answers are taken from its first day to its last.",
    next: (target, { read }) =>
      nextOpportunityState(target.state, "publish", {
        closesOn: target.closesOn,
        today: read.today,
      }),
  }),
  transition({
    name: "withdrawOpportunity",
    may: AUTHORITY,
    on: opportunity,
    column: "state",
    description: "Takes a published opportunity back.",
    next: (target) => nextOpportunityState(target.state, "withdraw", {}),
  }),
  formProject,
];
