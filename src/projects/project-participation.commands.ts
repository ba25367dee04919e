// How cities, networks and organizations come to take part in a project, and leave it. Each answers for itself.
import { withPrisma } from "../database/client/prisma";
import type { Reference } from "../database/declare/record-type";
import { AUTHORITY } from "../database/declare/rights";
import type { ProjectParticipation } from "../database/rows";
import { type Command, commandOn } from "../database/write/command";
import { rulesOn } from "../database/write/rules";
import type { WriteContext } from "../database/write/write-context";
import { recordNamed, transition } from "../database/write/transition-command";
import { insertRecord, updateRecord } from "../database/write/write-record";
import { allowed, refusal } from "../kernel/user-errors";
import { partner } from "../networks/organization.record";
import { city } from "../registry/city.record";
import { projectParticipation } from "./project-participation.record";
import { firstInvitation, nextParticipationState, type ProjectFacts } from "./project-participation.rules";
import { project } from "./project.record";

const LEAD = ["LEAD"];

async function projectFacts(write: WriteContext, projectId: string): Promise<ProjectFacts> {
  return { project: (await recordNamed(write, project, projectId)).status };
}

export const participationWrites = rulesOn(projectParticipation)({
  begin: () => ({ role: "PARTNER", status: "INVITED" }),
  check: async (write, { before, after }) => {
    if (before === undefined && after !== undefined) {
      allowed(firstInvitation(await projectFacts(write, after.projectId)));
    }
  },
});

/** The part that a partner has or had in a project. */
async function participationOf(
  { session }: WriteContext,
  projectId: string,
  whose: { partnerId: string } | { role: "LEAD" },
): Promise<ProjectParticipation | null> {
  return withPrisma(session, (prisma) => prisma.projectParticipation.findFirst({ where: { projectId, ...whose } }));
}

function partnerTaken(description: string): { references: { partnerId: Reference & { nullable: false } } } {
  return { references: { partnerId: { to: () => city, anyOf: partner, nullable: false, description } } };
}

const inviteToProject = commandOn(project)({
  name: "inviteToProject",
  may: LEAD,
  gives: projectParticipation,
  description:
    "Invites a city, a network or an organization to a project, also one that declined or left before. The part counts once it is accepted.",
  takes: partnerTaken("Who is invited."),
  act: async (write, target, { partnerId }) => {
    const facts: ProjectFacts = { project: target.status };
    const participation = await participationOf(write, target.id, { partnerId });
    if (participation === null) {
      const status = allowed(firstInvitation(facts));
      return insertRecord(write.session, projectParticipation, {
        projectId: target.id,
        partnerId,
        role: "PARTNER",
        status,
      });
    }
    const status = allowed(nextParticipationState(participation.status, "invite", facts));
    await updateRecord(write.session, projectParticipation, participation.id, { status, role: "PARTNER" });
    return participation.id;
  },
});

const handLeadOver = commandOn(project)({
  name: "handLeadOver",
  may: LEAD,
  description: "Makes another partner that takes part in a project its lead. Who led it before stays as a partner.",
  takes: partnerTaken("Who is to lead it."),
  act: async (write, target, { partnerId }) => {
    const next = await participationOf(write, target.id, { partnerId });
    if (next?.status !== "ACCEPTED") {
      throw refusal("NOT_ALLOWED_NOW", "only a partner that has accepted its part can lead the project", "partner");
    }
    const lead = await participationOf(write, target.id, { role: "LEAD" });
    if (lead?.id === next.id) throw refusal("NOT_ALLOWED_NOW", "the partner leads the project already", "partner");
    if (lead !== null) await updateRecord(write.session, projectParticipation, lead.id, { role: "PARTNER" });
    await updateRecord(write.session, projectParticipation, next.id, { role: "LEAD" });
    return target.id;
  },
});

const acceptInvitation = transition({
  name: "acceptInvitation",
  may: AUTHORITY,
  on: projectParticipation,
  column: "status",
  description: "Accepts an invitation to a project: from today on the part counts as collaboration.",
  next: async (target, write) =>
    nextParticipationState(target.status, "accept", await projectFacts(write, target.projectId)),
  also: ({ read }) => ({ since: read.today, until: null }),
});

const declineInvitation = transition({
  name: "declineInvitation",
  may: AUTHORITY,
  on: projectParticipation,
  column: "status",
  description: "Declines an invitation to a project.",
  next: (target) => nextParticipationState(target.status, "decline", {}),
});

const leaveProject = transition({
  name: "leaveProject",
  may: AUTHORITY,
  on: projectParticipation,
  column: "status",
  description: "Leaves a project: the part counted up to today.",
  next: (target) => nextParticipationState(target.status, "leave", { role: target.role }),
  also: ({ read }) => ({ until: read.today }),
});

export const participationCommands: readonly Command[] = [
  inviteToProject,
  handLeadOver,
  acceptInvitation,
  declineInvitation,
  leaveProject,
];
