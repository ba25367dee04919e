// The lifecycle of an opportunity: written, published, and then matched by a project or taken back.
import { nextState, refuse, type Lifecycle, type NoFacts, type Outcome } from "../kernel/lifecycle";

export type OpportunityState = "DRAFT" | "PUBLISHED" | "MATCHED" | "WITHDRAWN";

/** The last day for answers, null where there is none, and the day that it is asked on. */
export interface ClosingFacts {
  closesOn: string | null;
  today: string;
}

/** What happens to an opportunity, each time by those who posted it. */
interface Events {
  publish: ClosingFacts;
  withdraw: NoFacts;
  /** A project grows from it. */
  form: NoFacts;
}
export type OpportunityEvent = keyof Events;

const IS_MATCHED = refuse("a project grew from the opportunity, which ends it: post a new one");
const IS_WITHDRAWN = refuse("the opportunity was withdrawn, and stays so: post a new one");

const lifecycle: Lifecycle<OpportunityState, Events> = {
  DRAFT: {
    publish: ({ closesOn, today }) =>
      closesOn !== null && closesOn < today
        ? refuse(`the last day for answers, ${closesOn}, is past: change closesOn to today or later, or clear it`)
        : "PUBLISHED",
    // Everybody sees a withdrawn one, and nobody else has ever seen this.
    withdraw: refuse("the opportunity is a draft that nobody else sees: delete it instead"),
    form: refuse("the opportunity is a draft: publish it before a project grows from it"),
  },
  PUBLISHED: {
    publish: refuse("the opportunity is published already"),
    withdraw: "WITHDRAWN",
    form: "MATCHED",
  },
  MATCHED: {
    publish: IS_MATCHED,
    withdraw: refuse("a project grew from the opportunity: cancel the project instead"),
    form: refuse("a project grew from the opportunity already, and one is all that can: invite partners to it"),
  },
  WITHDRAWN: {
    publish: IS_WITHDRAWN,
    withdraw: refuse("the opportunity has been withdrawn already"),
    form: IS_WITHDRAWN,
  },
};

/** Where an event leads an opportunity, or why not. It may be published up to its last day for answers. */
export function nextOpportunityState<Event extends OpportunityEvent>(
  state: OpportunityState,
  event: Event,
  facts: Events[Event],
): Outcome<OpportunityState> {
  return nextState(lifecycle, state, event, facts);
}
