// What the watch of the revision does when, as one table of states and events. It is pure: the time comes in, and what is to be done
// outside goes out as effects, which revision-watch.ts carries out.
//
//                      a question is wanted              another question is wanted
//      ┌─────────┐ ────────────────────────> ┌────────┐ ────────────────────────> ┌─────────────┐
//      │ resting │                           │ asking │                           │ askingAgain │
//      └─────────┘ <──────────────────────── └────────┘ <──────────────────────── └─────────────┘
//                      answered, failed                  answered, failed: asks anew
//
//      From each of the three, `closed` leads to the fourth, where nothing is asked or awaited any more.
//
// A question is wanted by whoever asks (`ask`), by a message that is not believed (`heard`), by whoever begins to wait (`awaited`), and by
// the time (`alarm`). However many want one while one runs, a single one follows it: only a statement that begins afterwards serves them.
import type { Machine, Next, Transitions } from "../kernel/transitions";
import type { CounterState, KnownOfCounter } from "./epoch";
import type { RevisionState } from "./read/revision";

export interface WatchTimes {
  /** how often the database is asked, in milliseconds */
  pollMs: number;
  /** the same while somebody waits for a revision */
  pollWhileAwaitedMs: number;
}

export type WatchState = "resting" | "asking" | "askingAgain" | "closed";

/** Somebody who waits for a revision, until a time at most. The table never calls `end`: the effect that names the waiter does. */
export interface Waiter {
  readonly revision: bigint;
  readonly until: number;
  readonly end: (isReached: boolean) => void;
}

/** Somebody who waits for the end of a question. */
export type Asker = () => void;

export interface WatchData extends KnownOfCounter {
  /** the epoch that the running question was asked in */
  readonly askedIn: string;
  /** when the database is asked next, where the watch rests until then */
  readonly pollAt: number;
  readonly waiters: readonly Waiter[];
  /** whom the running question serves, and whom the one after it */
  readonly askers: readonly Asker[];
  readonly nextAskers: readonly Asker[];
  readonly times: WatchTimes;
}

/** Each event with what it brings. */
export interface WatchEvents {
  /** a question is wanted that begins from now on */
  ask: { asker: Asker };
  /** a message came; `told` is undefined where it has not the form of one */
  heard: { told: RevisionState | undefined };
  /** this process read or committed it itself */
  noted: { noted: RevisionState };
  /** the running question is answered */
  answered: { counter: CounterState };
  /** the running question found no answer */
  failed: object;
  /** somebody waits */
  awaited: { waiter: Waiter };
  /** the time is come that alarmOf() says */
  alarm: Readonly<Record<string, never>>;
  closed: object;
}

export type WatchEffect =
  | { readonly do: "ask"; readonly known: KnownOfCounter }
  | { readonly do: "tellFollowers" }
  | { readonly do: "endWaiter"; readonly waiter: Waiter; readonly isReached: boolean }
  | { readonly do: "endAskers"; readonly askers: readonly Asker[] };

export type Watch = Machine<WatchState, WatchData>;
type WatchNext = Next<WatchState, WatchData, WatchEffect>;

/** What changes, whatever the state. */
type Changed = Pick<WatchNext, "data" | "effects">;

export function restingWatch(counter: CounterState, times: WatchTimes, now: number): Watch {
  return {
    state: "resting",
    data: {
      newest: { epoch: counter.epoch, revision: counter.revision },
      seen: counter,
      askedIn: counter.epoch,
      pollAt: now + times.pollMs,
      waiters: [],
      askers: [],
      nextAskers: [],
      times,
    },
  };
}

/** When the next alarm is due; Infinity for never. */
export function alarmOf({ state, data: { pollAt, waiters } }: Watch): number {
  return Math.min(state === "resting" ? pollAt : Infinity, ...waiters.map(({ until }) => until));
}

// Of another epoch only the database can say which is the later one; so too of what no transaction of ours sent.
const isBelieved = ({ newest }: WatchData, told: RevisionState | undefined): told is RevisionState =>
  told?.epoch === newest.epoch;

const unchanged = (data: WatchData): Changed => ({ data, effects: [] });

const stay =
  (state: WatchState) =>
  (data: WatchData): WatchNext => ({ state, ...unchanged(data) });

/** What follows of the data that something else left, after its effects. */
function then<After extends Changed>({ data, effects }: Changed, next: (data: WatchData) => After): After {
  const after = next(data);
  return { ...after, effects: [...effects, ...after.effects] };
}

/** What is known only grows within an epoch; another epoch replaces it. */
function learn(data: WatchData, { epoch, revision }: RevisionState): Changed {
  const { newest } = data;
  const reached = BigInt(revision);
  if (epoch === newest.epoch && reached <= BigInt(newest.revision)) return unchanged(data);
  return then(
    endWaiters({ ...data, newest: { epoch, revision } }, (waiter) => waiter.revision <= reached, true),
    (learnt): Changed => ({ data: learnt, effects: [{ do: "tellFollowers" }] }),
  );
}

function endWaiters(data: WatchData, isEnded: (waiter: Waiter) => boolean, isReached: boolean): Changed {
  return {
    data: { ...data, waiters: data.waiters.filter((waiter) => !isEnded(waiter)) },
    effects: data.waiters.filter(isEnded).map((waiter) => ({ do: "endWaiter", waiter, isReached })),
  };
}

function question(data: WatchData, askers: readonly Asker[]): WatchNext {
  const { newest, seen } = data;
  return {
    state: "asking",
    data: { ...data, askedIn: newest.epoch, askers, nextAskers: [] },
    effects: [{ do: "ask", known: { newest, seen } }],
  };
}

const askAgain = (data: WatchData, askers: readonly Asker[]): WatchNext =>
  stay("askingAgain")({ ...data, nextAskers: [...data.nextAskers, ...askers] });

const endAskers = (askers: readonly Asker[]): WatchEffect[] =>
  askers.length === 0 ? [] : [{ do: "endAskers", askers }];

function rest(data: WatchData, now: number): WatchNext {
  const { times, waiters, askers } = data;
  const pollAt = now + (waiters.length > 0 ? times.pollWhileAwaitedMs : times.pollMs);
  return { state: "resting", data: { ...data, pollAt, askers: [] }, effects: endAskers(askers) };
}

const askAnew = (data: WatchData): WatchNext =>
  then({ data, effects: endAskers(data.askers) }, (ended) => question(ended, data.nextAskers));

/** An answer of the epoch before must not bring that back. */
function take(data: WatchData, counter: CounterState): Changed {
  const { newest, askedIn } = data;
  if (counter.epoch !== newest.epoch && newest.epoch !== askedIn) return unchanged(data);
  return learn({ ...data, seen: counter }, counter);
}

const isReached = ({ newest }: WatchData, { revision }: Waiter): boolean => revision <= BigInt(newest.revision);

/** On the server that all write to, the answer to the question of whoever waits is final; a standby may need a while to get there. */
function wait(state: WatchState, data: WatchData, waiter: Waiter, ask: (data: WatchData) => WatchNext): WatchNext {
  if (isReached(data, waiter)) return { state, data, effects: [{ do: "endWaiter", waiter, isReached: true }] };
  return ask({ ...data, waiters: [...data.waiters, waiter] });
}

const expire = (data: WatchData, now: number): Changed => endWaiters(data, ({ until }) => until <= now, false);

function close(data: WatchData): WatchNext {
  const askers = [...data.askers, ...data.nextAskers];
  return then(
    endWaiters(data, () => true, false),
    (ended): WatchNext => ({
      state: "closed",
      data: { ...ended, askers: [], nextAskers: [] },
      effects: endAskers(askers),
    }),
  );
}

export const WATCH: Transitions<WatchState, WatchData, WatchEvents, WatchEffect> = {
  resting: {
    ask: (data, { asker }) => question(data, [asker]),
    heard: (data, { told }) =>
      isBelieved(data, told) ? { state: "resting", ...learn(data, told) } : question(data, []),
    noted: (data, { noted }) => ({ state: "resting", ...learn(data, noted) }),
    answered: stay("resting"),
    failed: stay("resting"),
    awaited: (data, { waiter }) => wait("resting", data, waiter, (waiting) => question(waiting, [])),
    alarm: (data, _facts, now) =>
      then(expire(data, now), (rested) => (rested.pollAt <= now ? question(rested, []) : stay("resting")(rested))),
    closed: close,
  },
  asking: {
    ask: (data, { asker }) => askAgain(data, [asker]),
    heard: (data, { told }) =>
      isBelieved(data, told) ? { state: "asking", ...learn(data, told) } : askAgain(data, []),
    noted: (data, { noted }) => ({ state: "asking", ...learn(data, noted) }),
    answered: (data, { counter }, now) => then(take(data, counter), (taken) => rest(taken, now)),
    failed: (data, _facts, now) => rest(data, now),
    awaited: (data, { waiter }) => wait("asking", data, waiter, (waiting) => askAgain(waiting, [])),
    alarm: (data, _facts, now) => ({ state: "asking", ...expire(data, now) }),
    closed: close,
  },
  askingAgain: {
    ask: (data, { asker }) => askAgain(data, [asker]),
    heard: (data, { told }) => ({
      state: "askingAgain",
      ...(isBelieved(data, told) ? learn(data, told) : unchanged(data)),
    }),
    noted: (data, { noted }) => ({ state: "askingAgain", ...learn(data, noted) }),
    answered: (data, { counter }) => then(take(data, counter), askAnew),
    failed: askAnew,
    awaited: (data, { waiter }) => wait("askingAgain", data, waiter, stay("askingAgain")),
    alarm: (data, _facts, now) => ({ state: "askingAgain", ...expire(data, now) }),
    closed: close,
  },
  closed: {
    ask: (data, { asker }) => ({ state: "closed", data, effects: endAskers([asker]) }),
    heard: stay("closed"),
    noted: (data, { noted }) => ({ state: "closed", ...learn(data, noted) }),
    // What was asked before the end is still learnt.
    answered: (data, { counter }) => ({ state: "closed", ...take(data, counter) }),
    failed: stay("closed"),
    awaited: (data, { waiter }) => ({
      state: "closed",
      data,
      effects: [{ do: "endWaiter", waiter, isReached: isReached(data, waiter) }],
    }),
    alarm: stay("closed"),
    closed: stay("closed"),
  },
};
