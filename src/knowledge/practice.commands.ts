// How practices come into collections: submitted by a city, accepted or declined by the Secretariat.
import { withPrisma } from "../database/client/prisma";
import { AUTHORITY, SECRETARIAT } from "../database/declare/rights";
import type { Command } from "../database/write/command";
import { rulesOn } from "../database/write/rules";
import { transitionsOf } from "../database/write/transition-command";
import { refusal } from "../kernel/user-errors";
import { practice } from "./practice.record";
import { nextPracticeState, type PracticeEvent } from "./practice.rules";

export const practiceWrites = rulesOn(practice)({
  begin: ({ read }) => ({ state: read.viewer.role === "SECRETARIAT" ? "ACCEPTED" : "SUBMITTED" }),
  check: ({ read }, { before }) => {
    if (before === undefined || read.viewer.role === "SECRETARIAT" || before.state !== "ACCEPTED") return;
    throw refusal("NOT_ALLOWED_NOW", "the practice was accepted: ask the Secretariat to change it", "by");
  },
  created: async ({ session }, id) => {
    // A city submits a practice of its own, alone or with others.
    await withPrisma(session, async (prisma) => {
      const { submittedById: cityId } = await prisma.practice.findUniqueOrThrow({
        where: { id },
        select: { submittedById: true },
      });
      if (cityId === null) return;
      await prisma.practiceCity.createMany({ data: { recordId: id, cityId }, skipDuplicates: true });
    });
  },
});

const practiceTransition = transitionsOf(practice, "state", (target, event: PracticeEvent) =>
  nextPracticeState(target.state, event, {}),
);

export const practiceCommands: readonly Command[] = [
  practiceTransition(
    "acceptPractice",
    "accept",
    SECRETARIAT,
    "Takes a practice into its collection, for everybody to see.",
  ),
  practiceTransition("declinePractice", "decline", SECRETARIAT, "Does not take a practice into its collection."),
  practiceTransition("resubmitPractice", "resubmit", AUTHORITY, "Submits a practice again that was declined."),
];
