// The watch of the revision by its table alone: every event in every state.
import type { CounterState } from "../../../src/database/epoch";
import {
  restingWatch,
  step,
  TRANSITIONS,
  wakesAt,
  type Asker,
  type Effect,
  type Step,
  type Waiter,
  type Watch,
  type WatchEvents,
  type WatchState,
} from "../../../src/database/revision-transitions";

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
const awaited: Watch = { ...restingWatch(KNOWN, TIMES, NOW - 1_000), waiters: [early, late] };
const WATCHES: Record<WatchState, Watch> = {
  resting: awaited,
  asking: { ...awaited, state: "asking", askers: [one] },
  askingAgain: { ...awaited, state: "askingAgain", askers: [one], nextAskers: [other] },
  closed: { ...awaited, state: "closed", waiters: [] },
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
  woken: { "in time": {} },
  closed: { "for good": {} },
};

/** What came of an event, in few words: the state, then what changed, then the effects in their order. */
function told(before: Watch, { watch, effects }: Step): string {
  const { newest, waiters } = watch;
  return [
    watch.state,
    ...(newest === before.newest ? [] : [`knows ${newest.epoch}:${newest.revision}`]),
    ...(waiters.length > before.waiters.length ? ["waits"] : []),
    ...effects.map(words),
  ].join(", ");
}

function words(effect: Effect): string {
  switch (effect.effect) {
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
    woken: { "in time": "asking, 6 not reached, ask after e:5" },
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
    woken: { "in time": "asking, 6 not reached" },
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
    woken: { "in time": "askingAgain, 6 not reached" },
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
    woken: { "in time": "closed" },
    closed: { "for good": "closed" },
  },
};

const names = <Key extends string>(of: Partial<Record<Key, unknown>>): Key[] => Object.keys(of) as Key[];
const ALL_PAIRS = names(TRANSITIONS).flatMap((state) =>
  names(TRANSITIONS[state]).flatMap((event) => names(EVENTS[event]).map((form) => [state, event, form] as const)),
);

it.each(ALL_PAIRS)("%s, %s: %s", (state, event, form) => {
  const before = WATCHES[state];
  expect(told(before, step(before, event, EVENTS[event][form]!, NOW))).toBe(EXPECTED[state][event][form]);
});

describe("time", () => {
  it("has the database asked after each answer: soon where somebody waits, later where nobody does", () => {
    const asking = WATCHES.asking;
    expect(wakesAt(step(asking, "failed", {}, NOW).watch)).toBe(NOW);
    expect(wakesAt(step({ ...asking, waiters: [late] }, "failed", {}, NOW).watch)).toBe(NOW + 100);
    expect(wakesAt(step({ ...asking, waiters: [] }, "failed", {}, NOW).watch)).toBe(NOW + 1_000);
  });

  it("asks nothing while a question runs, and wakes whoever waits alone", () => {
    expect(wakesAt(WATCHES.asking)).toBe(NOW);
    expect(wakesAt({ ...WATCHES.askingAgain, waiters: [late] })).toBe(NOW + 500);
    expect(wakesAt({ ...WATCHES.asking, waiters: [] })).toBe(Infinity);
    expect(wakesAt(WATCHES.closed)).toBe(Infinity);
  });

  it("that is not there yet changes nothing", () => {
    const resting = { ...restingWatch(KNOWN, TIMES, NOW), waiters: [late] };
    expect(step(resting, "woken", {}, NOW + 499)).toEqual({ watch: resting, effects: [] });
  });
});

it("an answer of the epoch before does not bring that back", () => {
  const asked = step(WATCHES.resting, "ask", { asker: one }, NOW).watch;
  const noted = step(asked, "noted", { noted: { epoch: "f", revision: "1" } }, NOW).watch;
  const answered = step(noted, "answered", { counter: counterAt("e", "7") }, NOW).watch;
  expect(answered).toMatchObject({ state: "resting", newest: { epoch: "f", revision: "1" }, seen: KNOWN });
});
