// The lifecycle of an application: from a city's draft to the Secretariat's decision.
import { nextState, refuse, type Lifecycle, type NoFacts, type Outcome } from "../kernel/lifecycle";

export type ApplicationState =
  "DRAFT" | "SUBMITTED" | "UNDER_EVALUATION" | "DESIGNATED" | "NOT_DESIGNATED" | "WITHDRAWN";

/** The first and the last day of a call, both of them open, and the day that it is asked on. */
export interface CallFacts {
  call: { opensOn: string; closesOn: string };
  today: string;
}

/** What happens to an application: the city submits and withdraws it, the Secretariat does the rest. */
interface Events {
  submit: CallFacts;
  withdraw: NoFacts;
  evaluate: NoFacts;
  designate: NoFacts;
  /** The city is not designated. */
  refuse: NoFacts;
}
export type ApplicationEvent = keyof Events;

/** What the call says of a step that only an open one allows. */
function whileOpen<State extends ApplicationState>(state: State, { call, today }: CallFacts): Outcome<State> {
  if (today < call.opensOn) {
    return refuse(`the call has not opened yet: applications are taken from ${call.opensOn} to ${call.closesOn}`);
  }
  if (today > call.closesOn) {
    return refuse(`the call closed after ${call.closesOn}: apply in one that is open`);
  }
  return state;
}

const SUBMITTED_ALREADY = refuse(
  "the application has been submitted already: to take it back, withdraw it before it is decided",
);
const DECIDED = refuse("the application is decided, and a decision stands: apply in another call");
const DECIDED_ALREADY = refuse("the application is decided already, and is decided once");
const GONE = refuse("the application was withdrawn, and stays so: apply in another call");
const NOT_SUBMITTED = refuse("the application is a draft: the city must submit it first");
const NOT_UNDER_EVALUATION = refuse("the application is not under evaluation: take it under evaluation first");

const lifecycle: Lifecycle<ApplicationState, Events> = {
  DRAFT: {
    submit: (facts) => whileOpen("SUBMITTED", facts),
    withdraw: "WITHDRAWN",
    evaluate: NOT_SUBMITTED,
    designate: NOT_SUBMITTED,
    refuse: NOT_SUBMITTED,
  },
  SUBMITTED: {
    submit: SUBMITTED_ALREADY,
    withdraw: "WITHDRAWN",
    evaluate: "UNDER_EVALUATION",
    designate: NOT_UNDER_EVALUATION,
    refuse: NOT_UNDER_EVALUATION,
  },
  UNDER_EVALUATION: {
    submit: SUBMITTED_ALREADY,
    withdraw: "WITHDRAWN",
    evaluate: refuse("the application is under evaluation already: designate the city, or refuse the application"),
    designate: "DESIGNATED",
    refuse: "NOT_DESIGNATED",
  },
  DESIGNATED: {
    submit: DECIDED,
    withdraw: refuse("the city was designated: to end its membership, end the designation"),
    evaluate: DECIDED_ALREADY,
    designate: DECIDED_ALREADY,
    refuse: DECIDED_ALREADY,
  },
  NOT_DESIGNATED: {
    submit: DECIDED,
    withdraw: DECIDED,
    evaluate: DECIDED_ALREADY,
    designate: DECIDED_ALREADY,
    refuse: DECIDED_ALREADY,
  },
  WITHDRAWN: { submit: GONE, withdraw: GONE, evaluate: GONE, designate: GONE, refuse: GONE },
};

/**
 * Where an event leads an application, or why not.
 * Submitting asks for the call's days; all else is decided by the state alone.
 */
export function nextApplicationState<Event extends ApplicationEvent>(
  state: ApplicationState,
  event: Event,
  facts: Events[Event],
): Outcome<ApplicationState> {
  return nextState(lifecycle, state, event, facts);
}

/** Whether an application may be begun: only in an open call, for a draft of any other could never be submitted in time. */
export function draftOpen(facts: CallFacts): Outcome<"DRAFT"> {
  return whileOpen("DRAFT", facts);
}
