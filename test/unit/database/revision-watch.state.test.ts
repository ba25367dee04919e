// The watch of the revision by its table alone: every event in every state.
import type { CounterState } from "../../../src/database/epoch";
import type { Next } from "../../../src/kernel/transitions";
import {
  alarmOf,
  restingWatch,
  WATCH,
  type Asker,
  type Waiter,
  type Watch,
  type WatchData,
  type WatchEffect,
  type WatchEvents,
  type WatchState,
} from "../../../src/database/revision-watch.state";

const NOW = 10_000;
const TIMES = { pollMs: 1_000, pollWhileAwaitedMs: 100 };
const KNOWN: CounterState = { epoch: "e", revision: "5", mintedAt: "at 5" };

const nothing = (): void => undefined;
const waiterFor = (revision: bigint, until = NOW + 500): Waiter => ({ revision, until, end: nothing });
const counterAt = (epoch: string, revision: string): CounterState => ({ epoch, revision, mintedAt: `at ${revision}` });

const [early, late, one, other, another]: [Waiter, Waiter, Asker, Asker, Asker] = [
  waiterFor(6n, NOW),
  waiterFor(9n),
  () => undefined,
  () => undefined,
  () => undefined,
];

/** A watch in each state, with somebody who waits for 6 until now, and somebody who waits for 9. */
const awaited: WatchData = { ...restingWatch(KNOWN, TIMES, NOW - 1_000).data, waiters: [early, late] };
const WATCHES: Record<WatchState, Watch> = {
  resting: { state: "resting", data: awaited },
  asking: { state: "asking", data: { ...awaited, askers: [one] } },
  askingAgain: { state: "askingAgain", data: { ...awaited, askers: [one], nextAskers: [other] } },
  closed: { state: "closed", data: { ...awaited, waiters: [] } },
};

/** Each event, with what it brings; some in several forms. */
const EVENTS: { [Event in keyof WatchEvents]: Record<string, WatchEvents[Event]> } = {
  ask: { "somebody asks": { asker: another } },
  heard: {
    "a newer revision": { told: { epoch: "e", revision: "6" } },
    "an older one": { told: { epoch: "e", revision: "4" } },
    "another epoch": { told: { epoch: "f", revision: "6" } },
    rubbish: { told: undefined },
  },
  noted: {
    "a newer revision": { noted: { epoch: "e", revision: "10" } },
    "an older one": { noted: { epoch: "e", revision: "4" } },
    "another epoch": { noted: { epoch: "f", revision: "1" } },
  },
  answered: {
    "nothing new": { counter: counterAt("e", "5") },
    "a newer revision": { counter: counterAt("e", "6") },
    "another epoch": { counter: counterAt("f", "1") },
  },
  failed: { "no answer": {} },
  awaited: { "what is known": { waiter: waiterFor(5n) }, "what is not": { waiter: waiterFor(6n) } },
  alarm: { "in time": {} },
  closed: { "for good": {} },
};

type WatchNext = Next<WatchState, WatchData, WatchEffect>;

function step<Event extends keyof WatchEvents>(
  { state, data }: Watch,
  event: Event,
  facts: WatchEvents[Event],
  now: number,
): WatchNext {
  return WATCH[state][event](data, facts, now);
}

/** The same watch, with other people who wait. */
const waitedForBy = ({ state, data }: Watch, waiters: readonly Waiter[]): Watch => ({
  state,
  data: { ...data, waiters },
});

/** What came of an event, in few words: the state, then what changed, then the effects in their order. */
function told({ data: before }: Watch, { state, data, effects }: WatchNext): string {
  const { newest, waiters } = data;
  return [
    state,
    ...(newest === before.newest ? [] : [`knows ${newest.epoch}:${newest.revision}`]),
    ...(waiters.length > before.waiters.length ? ["waits"] : []),
    ...effects.map(words),
  ].join(", ");
}

function words(effect: WatchEffect): string {
  switch (effect.do) {
    case "ask":
      return `ask after ${effect.known.newest.epoch}:${effect.known.newest.revision}`;
    case "tellFollowers":
      return "tell";
    case "endWaiter":
      return `${effect.waiter.revision} ${effect.isReached ? "reached" : "not reached"}`;
    case "endAskers":
      return `${effect.askers.map((asker) => [one, other, another].indexOf(asker) + 1).join("+")} served`;
  }
}

const EXPECTED: Record<WatchState, { [Event in keyof WatchEvents]: Record<string, string> }> = {
  resting: {
    ask: { "somebody asks": "asking, ask after e:5" },
    heard: {
      "a newer revision": "resting, knows e:6, 6 reached, tell",
      "an older one": "resting",
      "another epoch": "asking, ask after e:5",
      rubbish: "asking, ask after e:5",
    },
    noted: {
      "a newer revision": "resting, knows e:10, 6 reached, 9 reached, tell",
      "an older one": "resting",
      "another epoch": "resting, knows f:1, tell",
    },
    answered: { "nothing new": "resting", "a newer revision": "resting", "another epoch": "resting" },
    failed: { "no answer": "resting" },
    awaited: { "what is known": "resting, 5 reached", "what is not": "asking, waits, ask after e:5" },
    alarm: { "in time": "asking, 6 not reached, ask after e:5" },
    closed: { "for good": "closed, 6 not reached, 9 not reached" },
  },
  asking: {
    ask: { "somebody asks": "askingAgain" },
    heard: {
      "a newer revision": "asking, knows e:6, 6 reached, tell",
      "an older one": "asking",
      "another epoch": "askingAgain",
      rubbish: "askingAgain",
    },
    noted: {
      "a newer revision": "asking, knows e:10, 6 reached, 9 reached, tell",
      "an older one": "asking",
      "another epoch": "asking, knows f:1, tell",
    },
    answered: {
      "nothing new": "resting, 1 served",
      "a newer revision": "resting, knows e:6, 6 reached, tell, 1 served",
      "another epoch": "resting, knows f:1, tell, 1 served",
    },
    failed: { "no answer": "resting, 1 served" },
    awaited: { "what is known": "asking, 5 reached", "what is not": "askingAgain, waits" },
    alarm: { "in time": "asking, 6 not reached" },
    closed: { "for good": "closed, 6 not reached, 9 not reached, 1 served" },
  },
  askingAgain: {
    ask: { "somebody asks": "askingAgain" },
    heard: {
      "a newer revision": "askingAgain, knows e:6, 6 reached, tell",
      "an older one": "askingAgain",
      "another epoch": "askingAgain",
      rubbish: "askingAgain",
    },
    noted: {
      "a newer revision": "askingAgain, knows e:10, 6 reached, 9 reached, tell",
      "an older one": "askingAgain",
      "another epoch": "askingAgain, knows f:1, tell",
    },
    answered: {
      "nothing new": "asking, 1 served, ask after e:5",
      "a newer revision": "asking, knows e:6, 6 reached, tell, 1 served, ask after e:6",
      "another epoch": "asking, knows f:1, tell, 1 served, ask after f:1",
    },
    failed: { "no answer": "asking, 1 served, ask after e:5" },
    awaited: { "what is known": "askingAgain, 5 reached", "what is not": "askingAgain, waits" },
    alarm: { "in time": "askingAgain, 6 not reached" },
    closed: { "for good": "closed, 6 not reached, 9 not reached, 1+2 served" },
  },
  closed: {
    ask: { "somebody asks": "closed, 3 served" },
    heard: { "a newer revision": "closed", "an older one": "closed", "another epoch": "closed", rubbish: "closed" },
    noted: {
      "a newer revision": "closed, knows e:10, tell",
      "an older one": "closed",
      "another epoch": "closed, knows f:1, tell",
    },
    answered: {
      "nothing new": "closed",
      "a newer revision": "closed, knows e:6, tell",
      "another epoch": "closed, knows f:1, tell",
    },
    failed: { "no answer": "closed" },
    awaited: { "what is known": "closed, 5 reached", "what is not": "closed, 6 not reached" },
    alarm: { "in time": "closed" },
    closed: { "for good": "closed" },
  },
};

const names = <Key extends string>(of: Partial<Record<Key, unknown>>): Key[] => Object.keys(of) as Key[];
const ALL_PAIRS = names(WATCH).flatMap((state) =>
  names(WATCH[state]).flatMap((event) => names(EVENTS[event]).map((form) => [state, event, form] as const)),
);

it.each(ALL_PAIRS)("%s, %s: %s", (state, event, form) => {
  const before = WATCHES[state];
  expect(told(before, step(before, event, EVENTS[event][form]!, NOW))).toBe(EXPECTED[state][event][form]);
});

describe("time", () => {
  it("has the database asked after each answer: soon where somebody waits, later where nobody does", () => {
    const asking = WATCHES.asking;
    expect(alarmOf(step(asking, "failed", {}, NOW))).toBe(NOW);
    expect(alarmOf(step(waitedForBy(asking, [late]), "failed", {}, NOW))).toBe(NOW + 100);
    expect(alarmOf(step(waitedForBy(asking, []), "failed", {}, NOW))).toBe(NOW + 1_000);
  });

  it("asks nothing while a question runs, and wakes whoever waits alone", () => {
    expect(alarmOf(WATCHES.asking)).toBe(NOW);
    expect(alarmOf(waitedForBy(WATCHES.askingAgain, [late]))).toBe(NOW + 500);
    expect(alarmOf(waitedForBy(WATCHES.asking, []))).toBe(Infinity);
    expect(alarmOf(WATCHES.closed)).toBe(Infinity);
  });

  it("that is not there yet changes nothing", () => {
    const resting = waitedForBy(restingWatch(KNOWN, TIMES, NOW), [late]);
    expect(step(resting, "alarm", {}, NOW + 499)).toEqual({ ...resting, effects: [] });
  });
});

it("an answer of the epoch before does not bring that back", () => {
  const asked = step(WATCHES.resting, "ask", { asker: one }, NOW);
  const noted = step(asked, "noted", { noted: { epoch: "f", revision: "1" } }, NOW);
  const answered = step(noted, "answered", { counter: counterAt("e", "7") }, NOW);
  expect(answered).toMatchObject({ state: "resting", data: { newest: { epoch: "f", revision: "1" }, seen: KNOWN } });
});
