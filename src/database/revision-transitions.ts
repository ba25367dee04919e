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
// the time (`woken`). However many want one while one runs, a single one follows it: only a statement that begins afterwards serves them.
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

export interface Watch extends KnownOfCounter {
  readonly state: WatchState;
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
  /** the time is there that `wakesAt` named, or later */
  woken: object;
  closed: object;
}

export type Effect =
  | { readonly effect: "ask"; readonly known: KnownOfCounter }
  | { readonly effect: "tellFollowers" }
  | { readonly effect: "endWaiter"; readonly waiter: Waiter; readonly isReached: boolean }
  | { readonly effect: "endAskers"; readonly askers: readonly Asker[] };

export interface Step {
  watch: Watch;
  effects: readonly Effect[];
}

type Transition<Event extends keyof WatchEvents> = (watch: Watch, facts: WatchEvents[Event], now: number) => Step;
type Transitions = { readonly [Event in keyof WatchEvents]: Transition<Event> };

/** What becomes of the watch by an event. @param now in milliseconds, of a clock that never goes back */
export function step<Event extends keyof WatchEvents>(
  watch: Watch,
  event: Event,
  facts: WatchEvents[Event],
  now: number,
): Step {
  const transition: Transition<Event> = TRANSITIONS[watch.state][event];
  return transition(watch, facts, now);
}

export function restingWatch(counter: CounterState, times: WatchTimes, now: number): Watch {
  return {
    state: "resting",
    newest: { epoch: counter.epoch, revision: counter.revision },
    seen: counter,
    askedIn: counter.epoch,
    pollAt: now + times.pollMs,
    waiters: [],
    askers: [],
    nextAskers: [],
    times,
  };
}

/** When `woken` is due. */
export function wakesAt({ state, pollAt, waiters }: Watch): number {
  return Math.min(state === "resting" ? pollAt : Infinity, ...waiters.map(({ until }) => until));
}

// Of another epoch only the database can say which is the later one; so too of what no transaction of ours sent.
const isBelieved = ({ newest }: Watch, told: RevisionState | undefined): told is RevisionState =>
  told?.epoch === newest.epoch;

const stay = (watch: Watch): Step => ({ watch, effects: [] });

const both = ({ watch, effects }: Step, next: (watch: Watch) => Step): Step => {
  const second = next(watch);
  return { watch: second.watch, effects: [...effects, ...second.effects] };
};

/** What is known only grows within an epoch; another epoch replaces it. */
function learn(watch: Watch, { epoch, revision }: RevisionState): Step {
  const { newest } = watch;
  const reached = BigInt(revision);
  if (epoch === newest.epoch && reached <= BigInt(newest.revision)) return stay(watch);
  return both(
    endWaiters({ ...watch, newest: { epoch, revision } }, (waiter) => waiter.revision <= reached, true),
    (learnt) => ({ watch: learnt, effects: [{ effect: "tellFollowers" }] }),
  );
}

function endWaiters(watch: Watch, isEnded: (waiter: Waiter) => boolean, isReached: boolean): Step {
  return {
    watch: { ...watch, waiters: watch.waiters.filter((waiter) => !isEnded(waiter)) },
    effects: watch.waiters.filter(isEnded).map((waiter) => ({ effect: "endWaiter", waiter, isReached })),
  };
}

function question(watch: Watch, askers: readonly Asker[]): Step {
  const { newest, seen } = watch;
  return {
    watch: { ...watch, state: "asking", askedIn: newest.epoch, askers, nextAskers: [] },
    effects: [{ effect: "ask", known: { newest, seen } }],
  };
}

const askAgain = (watch: Watch, askers: readonly Asker[]): Step =>
  stay({ ...watch, state: "askingAgain", nextAskers: [...watch.nextAskers, ...askers] });

const endAskers = (askers: readonly Asker[]): Effect[] =>
  askers.length === 0 ? [] : [{ effect: "endAskers", askers }];

function rest(watch: Watch, now: number): Step {
  const { times, waiters, askers } = watch;
  const pollAt = now + (waiters.length > 0 ? times.pollWhileAwaitedMs : times.pollMs);
  return { watch: { ...watch, state: "resting", pollAt, askers: [] }, effects: endAskers(askers) };
}

const askAnew = (watch: Watch): Step =>
  both({ watch, effects: endAskers(watch.askers) }, (ended) => question(ended, watch.nextAskers));

/** An answer of the epoch before must not bring that back. */
function take(watch: Watch, counter: CounterState): Step {
  const { newest, askedIn } = watch;
  if (counter.epoch !== newest.epoch && newest.epoch !== askedIn) return stay(watch);
  return learn({ ...watch, seen: counter }, counter);
}

const isReached = ({ newest }: Watch, { revision }: Waiter): boolean => revision <= BigInt(newest.revision);

/** On the server that all write to, the answer to the question of whoever waits is final; a standby may need a while to get there. */
function wait(watch: Watch, waiter: Waiter, ask: (watch: Watch) => Step): Step {
  if (isReached(watch, waiter)) return { watch, effects: [{ effect: "endWaiter", waiter, isReached: true }] };
  return ask({ ...watch, waiters: [...watch.waiters, waiter] });
}

const expire = (watch: Watch, now: number): Step => endWaiters(watch, ({ until }) => until <= now, false);

function close(watch: Watch): Step {
  const askers = [...watch.askers, ...watch.nextAskers];
  return both(
    endWaiters(watch, () => true, false),
    (ended) => ({
      watch: { ...ended, state: "closed", askers: [], nextAskers: [] },
      effects: endAskers(askers),
    }),
  );
}

export const TRANSITIONS: Readonly<Record<WatchState, Transitions>> = {
  resting: {
    ask: (watch, { asker }) => question(watch, [asker]),
    heard: (watch, { told }) => (isBelieved(watch, told) ? learn(watch, told) : question(watch, [])),
    noted: (watch, { noted }) => learn(watch, noted),
    answered: stay,
    failed: stay,
    awaited: (watch, { waiter }) => wait(watch, waiter, (waiting) => question(waiting, [])),
    woken: (watch, _, now) =>
      both(expire(watch, now), (rested) => (rested.pollAt <= now ? question(rested, []) : stay(rested))),
    closed: close,
  },
  asking: {
    ask: (watch, { asker }) => askAgain(watch, [asker]),
    heard: (watch, { told }) => (isBelieved(watch, told) ? learn(watch, told) : askAgain(watch, [])),
    noted: (watch, { noted }) => learn(watch, noted),
    answered: (watch, { counter }, now) => both(take(watch, counter), (taken) => rest(taken, now)),
    failed: (watch, _, now) => rest(watch, now),
    awaited: (watch, { waiter }) => wait(watch, waiter, (waiting) => askAgain(waiting, [])),
    woken: (watch, _, now) => expire(watch, now),
    closed: close,
  },
  askingAgain: {
    ask: (watch, { asker }) => askAgain(watch, [asker]),
    heard: (watch, { told }) => (isBelieved(watch, told) ? learn(watch, told) : stay(watch)),
    noted: (watch, { noted }) => learn(watch, noted),
    answered: (watch, { counter }) => both(take(watch, counter), askAnew),
    failed: askAnew,
    awaited: (watch, { waiter }) => wait(watch, waiter, stay),
    woken: (watch, _, now) => expire(watch, now),
    closed: close,
  },
  closed: {
    ask: (watch, { asker }) => ({ watch, effects: endAskers([asker]) }),
    heard: stay,
    noted: (watch, { noted }) => learn(watch, noted),
    // What was asked before the end is still learnt.
    answered: (watch, { counter }) => take(watch, counter),
    failed: stay,
    awaited: (watch, { waiter }) => ({
      watch,
      effects: [{ effect: "endWaiter", waiter, isReached: isReached(watch, waiter) }],
    }),
    woken: stay,
    closed: stay,
  },
};
