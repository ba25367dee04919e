// The lifecycle of an answer to an opportunity: whoever posted the opportunity decides about it, whoever gave it may take it
// back and give it again.
import { nextState, refuse, type Lifecycle, type NoFacts, type Outcome } from "../kernel/lifecycle";
import type { OpportunityState } from "./opportunity.rules";

export type ResponseState = "OPEN" | "ACCEPTED" | "DECLINED" | "WITHDRAWN";

/** The opportunity, the day that it is asked on, and whether it is the responder's own. */
export interface AnswerFacts {
  opportunity: { state: OpportunityState; opensOn: string; closesOn: string | null };
  today: string;
  own: boolean;
}

/** What happens to an answer: the poster accepts and declines, the responder withdraws and responds again. */
interface Events {
  accept: { opportunity: { state: OpportunityState } };
  decline: NoFacts;
  withdraw: NoFacts;
  respond: AnswerFacts;
}
export type ResponseEvent = keyof Events;

function whileOpen({ opportunity: { state, opensOn, closesOn }, today, own }: AnswerFacts): Outcome<"OPEN"> {
  if (own) return refuse("nobody answers an opportunity of their own: answer one that another posted");
  if (state === "DRAFT") return refuse("the opportunity is a draft: answers are taken once it is published");
  if (state === "MATCHED") return refuse("the opportunity takes no answers any more: a project grew from it");
  if (state === "WITHDRAWN") return refuse("the opportunity takes no answers any more: it was withdrawn");
  if (today < opensOn) return refuse(`the opportunity has not opened yet: answers are taken from ${opensOn} on`);
  if (closesOn !== null && today > closesOn) {
    return refuse(`the opportunity is closed: answers were taken up to ${closesOn}`);
  }
  return "OPEN";
}

const IS_ACCEPTED = refuse("the answer was accepted, and stays so: leave the project that grows from it instead");
const IS_DECLINED = refuse("the answer was declined, and stays so");
const IS_WITHDRAWN = refuse("the answer was withdrawn by those who gave it: they may respond again");

const lifecycle: Lifecycle<ResponseState, Events> = {
  OPEN: {
    // Also after its last day: that is when most answers are decided about.
    accept: ({ opportunity: { state } }) =>
      state === "WITHDRAWN"
        ? refuse("the opportunity was withdrawn, so that no answer to it can be accepted: decline it, or leave it open")
        : state === "MATCHED"
          ? refuse("a project grew from the opportunity already: invite them to it instead")
          : "ACCEPTED",
    decline: "DECLINED",
    withdraw: "WITHDRAWN",
    respond: refuse("this opportunity has been answered already: change the answer's message, or withdraw it"),
  },
  ACCEPTED: {
    accept: refuse("the answer has been accepted already"),
    decline: refuse("the answer was accepted, and stays so"),
    withdraw: IS_ACCEPTED,
    respond: IS_ACCEPTED,
  },
  DECLINED: {
    accept: IS_DECLINED,
    decline: refuse("the answer has been declined already"),
    withdraw: IS_DECLINED,
    respond: IS_DECLINED,
  },
  WITHDRAWN: {
    accept: IS_WITHDRAWN,
    decline: IS_WITHDRAWN,
    withdraw: refuse("the answer has been withdrawn already"),
    respond: whileOpen,
  },
};

/** Where an event leads an answer, or why not. One that was withdrawn may be given again while answers are taken. */
export function nextResponseState<Event extends ResponseEvent>(
  state: ResponseState,
  event: Event,
  facts: Events[Event],
): Outcome<ResponseState> {
  return nextState(lifecycle, state, event, facts);
}

/** Whether somebody may answer who has not yet: on the first and on the last day of a published one, and between. */
export function firstResponse(facts: AnswerFacts): Outcome<"OPEN"> {
  return whileOpen(facts);
}
