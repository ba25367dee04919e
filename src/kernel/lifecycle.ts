// The lifecycles of records: which state an event leads to from each state, or why it does not. A lifecycle is one table in which
// every pair of state and event has an entry; the compiler refuses a table that lacks one.

/** Why something may not be. */
export interface Refusal {
  /** a sentence for the caller: what is wrong, and what would be right */
  refused: string;
}

/** What becomes of an event: the state after it, or why it is refused. */
export type Outcome<State extends string> = State | Refusal;

/** What an event does in a state: always the same, or what the facts decide. */
export type Transition<State extends string, Facts> = Outcome<State> | ((facts: Facts) => Outcome<State>);

/**
 * All transitions of a lifecycle.
 * @typeParam Events each event with the facts that it is decided by; NoFacts where the state alone decides
 */
export type Lifecycle<State extends string, Events> = Readonly<
  Record<State, { readonly [Event in keyof Events]: Transition<State, Events[Event]> }>
>;

/** The facts of an event that the state alone decides: pass `{}`. */
export type NoFacts = Readonly<Record<string, never>>;

export function refuse(sentence: string): Refusal {
  return { refused: sentence };
}

export function isRefusal(outcome: string | Refusal): outcome is Refusal {
  return typeof outcome !== "string";
}

/** The outcome of an event in a state: pure, and defined for every pair. Whatever depends on a day comes with the facts. */
export function nextState<State extends string, Events, Event extends keyof Events>(
  lifecycle: Lifecycle<State, Events>,
  state: NoInfer<State>,
  event: Event,
  facts: Events[Event],
): Outcome<State> {
  const transition: Transition<State, Events[Event]> = lifecycle[state][event];
  return typeof transition === "function" ? transition(facts) : transition;
}
