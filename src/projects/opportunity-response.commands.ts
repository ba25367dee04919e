// How opportunities are answered, and what their posters say to the answers.
import { text } from "../database/declare/column";
import { AUTHORITY } from "../database/declare/rights";
import { type Command, commandOn } from "../database/write/command";
import { rulesOn } from "../database/write/rules";
import type { WriteContext } from "../database/write/write-context";
import { recordNamed, transition } from "../database/write/transition-command";
import { updateRecord } from "../database/write/write-record";
import { allowed, refusal } from "../kernel/user-errors";
import { opportunityResponse } from "./opportunity-response.record";
import { firstResponse, nextResponseState, type AnswerFacts } from "./opportunity-response.rules";
import { opportunity } from "./opportunity.record";

const POSTER = ["POSTER"];

async function answerFacts(
  write: WriteContext,
  { opportunityId, responderId }: { opportunityId: string; responderId: string },
): Promise<AnswerFacts> {
  const offer = await recordNamed(write, opportunity, opportunityId);
  return {
    opportunity: offer,
    today: write.read.today,
    own: offer.postedById === responderId,
  };
}

export const responseWrites = rulesOn(opportunityResponse)({
  begin: ({ now }) => ({ state: "OPEN", respondedAt: now }),
  check: async (write, { before, after }) => {
    if (before === undefined) {
      if (after !== undefined) allowed(firstResponse(await answerFacts(write, after)));
      return;
    }
    if (write.read.viewer.role === "SECRETARIAT") return;
    if (before.state !== "OPEN") {
      throw refusal("NOT_ALLOWED_NOW", "the answer was decided about or withdrawn, and is not changed any more", "by");
    }
    if (after?.opportunityId !== before.opportunityId) {
      throw refusal(
        "NOT_ALLOWED_NOW",
        "an answer stays with its opportunity: withdraw it, and answer the other",
        "opportunity",
      );
    }
  },
});

const respondAgain = commandOn(opportunityResponse)({
  name: "respondAgain",
  may: AUTHORITY,
  description: "Gives an answer again that was withdrawn, while answers are taken.",
  takes: {
    columns: {
      message: text("What those who answer have to say; left out, what they said before.", { nullable: true }),
    },
  },
  act: async (write, target, { message }) => {
    const state = allowed(nextResponseState(target.state, "respond", await answerFacts(write, target)));
    await updateRecord(write.session, opportunityResponse, target.id, {
      state,
      respondedAt: write.now,
      message: message ?? target.message,
    });
    return target.id;
  },
});

export const responseCommands: readonly Command[] = [
  transition({
    name: "acceptResponse",
    may: POSTER,
    on: opportunityResponse,
    column: "state",
    description: "Accepts an answer: who gave it is invited to the project that grows from the opportunity.",
    next: async (target, write) => {
      const { opportunity: offer } = await answerFacts(write, target);
      return nextResponseState(target.state, "accept", { opportunity: offer });
    },
  }),
  transition({
    name: "declineResponse",
    may: POSTER,
    on: opportunityResponse,
    column: "state",
    description: "Declines an answer.",
    next: (target) => nextResponseState(target.state, "decline", {}),
  }),
  transition({
    name: "withdrawResponse",
    may: AUTHORITY,
    on: opportunityResponse,
    column: "state",
    description: "Takes an answer back that was not decided about.",
    next: (target) => nextResponseState(target.state, "withdraw", {}),
  }),
  respondAgain,
];
