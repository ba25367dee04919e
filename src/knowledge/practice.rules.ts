// The lifecycle of a practice: a city submits it to a collection, the Secretariat accepts or declines it.
import { nextState, refuse, type Lifecycle, type NoFacts, type Outcome } from "../kernel/lifecycle";

export type PracticeState = "SUBMITTED" | "ACCEPTED" | "DECLINED";

/** What happens to a practice: the Secretariat accepts and declines, the city submits it again. */
interface Events {
  accept: NoFacts;
  decline: NoFacts;
  resubmit: NoFacts;
}
export type PracticeEvent = keyof Events;

const lifecycle: Lifecycle<PracticeState, Events> = {
  SUBMITTED: {
    accept: "ACCEPTED",
    decline: "DECLINED",
    resubmit: refuse("the practice is submitted already and waits for the Secretariat's decision"),
  },
  ACCEPTED: {
    accept: refuse("the practice has been accepted already"),
    decline: refuse("the practice was accepted and is public: to take it out of the collection, delete it"),
    resubmit: refuse("the practice was accepted, so there is nothing to submit again"),
  },
  DECLINED: {
    accept: refuse("the practice was declined: the city may submit it again first"),
    decline: refuse("the practice has been declined already"),
    resubmit: "SUBMITTED",
  },
};

/** Where an event leads a practice, or why not. */
export function nextPracticeState<Event extends PracticeEvent>(
  state: PracticeState,
  event: Event,
  facts: Events[Event],
): Outcome<PracticeState> {
  return nextState(lifecycle, state, event, facts);
}
