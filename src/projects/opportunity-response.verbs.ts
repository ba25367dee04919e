// How opportunities are answered, and what their posters say to the answers.
import { text } from "../database/declare/column";
import { AUTHORITY } from "../database/declare/rights";
import { rulesOn, verbOn, type Deed, type Verb } from "../database/write/deed";
import { recordNamed, step } from "../database/write/step";
import { updateRecord } from "../database/write/write-record";
import { allowed, refusal } from "../kernel/user-errors";
import { opportunityResponse } from "./opportunity-response.record";
import { firstResponse, nextResponseState, type AnswerFacts } from "./opportunity-response.rules";
import { opportunity } from "./opportunity.record";

const POSTER = ["POSTER"];

async function answerFacts(
  deed: Deed,
  { opportunityId, responderId }: { opportunityId: string; responderId: string },
): Promise<AnswerFacts> {
  const offer = await recordNamed(deed, opportunity, opportunityId);
  return {
    opportunity: offer,
    today: deed.read.today,
    own: offer.postedById === responderId,
  };
}

export const responseWrites = rulesOn(opportunityResponse)({
  begin: ({ now }) => ({ state: "OPEN", respondedAt: now }),
  check: async (deed, { before, after }) => {
    if (before === undefined) {
      if (after !== undefined) allowed(firstResponse(await answerFacts(deed, after)));
      return;
    }
    if (deed.read.viewer.role === "SECRETARIAT") return;
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

const respondAgain = verbOn(opportunityResponse)({
  name: "respondAgain",
  may: AUTHORITY,
  description: "Gives an answer again that was withdrawn, while answers are taken.",
  takes: {
    columns: {
      message: text("What those who answer have to say; left out, what they said before.", { nullable: true }),
    },
  },
  act: async (deed, target, { message }) => {
    const state = allowed(nextResponseState(target.state, "respond", await answerFacts(deed, target)));
    await updateRecord(deed.session, opportunityResponse, target.id, {
      state,
      respondedAt: deed.now,
      message: message ?? target.message,
    });
    return target.id;
  },
});

export const responseVerbs: readonly Verb[] = [
  step({
    name: "acceptResponse",
    may: POSTER,
    on: opportunityResponse,
    column: "state",
    description: "Accepts an answer: who gave it is invited to the project that grows from the opportunity.",
    next: async (target, deed) => {
      const { opportunity: offer } = await answerFacts(deed, target);
      return nextResponseState(target.state, "accept", { opportunity: offer });
    },
  }),
  step({
    name: "declineResponse",
    may: POSTER,
    on: opportunityResponse,
    column: "state",
    description: "Declines an answer.",
    next: (target) => nextResponseState(target.state, "decline", {}),
  }),
  step({
    name: "withdrawResponse",
    may: AUTHORITY,
    on: opportunityResponse,
    column: "state",
    description: "Takes an answer back that was not decided about.",
    next: (target) => nextResponseState(target.state, "withdraw", {}),
  }),
  respondAgain,
];
