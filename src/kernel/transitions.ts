// Machines as tables: what every event does in every state. The compiler refuses a table that lacks a pair. Tables are pure: what is to be
// done comes out as effects, and the time goes in.

export interface Machine<State extends string, Data> {
  state: State;
  data: Data;
}

/** What an event leads to. */
export interface Next<State extends string, Data, Effect> extends Machine<State, Data> {
  /** to be done by whoever runs the machine, in this order */
  effects: readonly Effect[];
}

/**
 * All transitions of a machine: `table[state][event](data, facts, now)`, with the time in milliseconds of any clock.
 * @typeParam Events each event with its facts
 */
export type Transitions<State extends string, Data, Events, Effect> = Readonly<
  Record<
    State,
    { readonly [Event in keyof Events]: (data: Data, facts: Events[Event], now: number) => Next<State, Data, Effect> }
  >
>;
