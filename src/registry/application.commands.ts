// What cities and the Secretariat do with applications. Designating makes the designation, and so the member.
import { withPrisma } from "../database/client/prisma";
import { partialDate } from "../database/declare/column";
import { AUTHORITY, SECRETARIAT } from "../database/declare/rights";
import { type Command, commandOn } from "../database/write/command";
import { rulesOn } from "../database/write/rules";
import type { WriteContext } from "../database/write/write-context";
import { recordNamed, transition, transitionsOf } from "../database/write/transition-command";
import { insertRecord, updateRecord } from "../database/write/write-record";
import { firstDay } from "../kernel/dates";
import { allowed, refusal } from "../kernel/user-errors";
import { applicationCall } from "./application-call.record";
import { application } from "./application.record";
import { draftOpen, nextApplicationState, type ApplicationEvent, type CallFacts } from "./application.rules";
import { designationRound } from "./designation-round.record";
import { designation } from "./designation.record";

async function callFacts(write: WriteContext, callId: string): Promise<CallFacts> {
  const { opensOn, closesOn } = await recordNamed(write, applicationCall, callId);
  return { call: { opensOn, closesOn }, today: write.read.today };
}

export const applicationWrites = rulesOn(application)({
  begin: () => ({ status: "DRAFT" }),
  check: async (write, { before, after }) => {
    if (before !== undefined && before.status !== "DRAFT" && write.read.viewer.role !== "SECRETARIAT") {
      throw refusal("NOT_ALLOWED_NOW", "the application was handed in, and only a draft is changed or deleted", "by");
    }
    if (after !== undefined && after.callId !== before?.callId)
      allowed(draftOpen(await callFacts(write, after.callId)));
  },
});

const applicationTransition = transitionsOf(
  application,
  "status",
  (target, event: Exclude<ApplicationEvent, "submit">) => nextApplicationState(target.status, event, {}),
);

const submitApplication = transition({
  name: "submitApplication",
  may: AUTHORITY,
  on: application,
  column: "status",
  description: "Hands an application in, while its call is open.",
  next: async (target, write) => nextApplicationState(target.status, "submit", await callFacts(write, target.callId)),
  also: ({ now }) => ({ submittedAt: now }),
});

/** A city is a Creative City of one field. */
async function refuseDesignated(
  { session }: WriteContext,
  { cityId }: { cityId: string },
  since: string,
): Promise<void> {
  const designations = await withPrisma(session, (prisma) =>
    prisma.designation.findMany({ where: { cityId }, select: { endedOn: true } }),
  );
  if (designations.every(({ endedOn }) => endedOn !== null && firstDay(endedOn) <= firstDay(since))) return;
  throw refusal(
    "NOT_ALLOWED_NOW",
    "the city is designated already: change its field, or end that designation first",
    "by",
  );
}

const designateApplication = commandOn(application)({
  name: "designateApplication",
  may: SECRETARIAT,
  description:
    "Designates the city that applied: makes the designation in the field of the application, with which the city is a member of the network from that day on.",
  takes: {
    columns: {
      designatedOn: partialDate("Since when the designation is in force; left out, today.", { nullable: true }),
    },
    references: {
      roundId: { to: () => designationRound, nullable: true, description: "The round in which it was decided." },
    },
  },
  act: async (write, target, { designatedOn, roundId }) => {
    const status = allowed(nextApplicationState(target.status, "designate", {}));
    const since = designatedOn ?? write.read.today;
    await refuseDesignated(write, target, since);
    const designationId = await insertRecord(write.session, designation, {
      cityId: target.cityId,
      creativeFieldId: target.creativeFieldId,
      callId: target.callId,
      roundId,
      designatedOn: since,
    });
    await updateRecord(write.session, application, target.id, { status, decidedAt: write.now, designationId });
    return target.id;
  },
});

export const applicationCommands: readonly Command[] = [
  submitApplication,
  applicationTransition(
    "withdrawApplication",
    "withdraw",
    AUTHORITY,
    "Takes an application back, at any time before it is decided.",
  ),
  applicationTransition("evaluateApplication", "evaluate", SECRETARIAT, "Takes an application under evaluation."),
  designateApplication,
  applicationTransition(
    "refuseApplication",
    "refuse",
    SECRETARIAT,
    "Decides that the city is not designated.",
    ({ now }) => ({
      decidedAt: now,
    }),
  ),
];
