// When the follower of the log reads, rests and gives up: every event in every state, and what holds whatever comes.
import * as fc from "fast-check";
import type { GraphRevision } from "../../../../src/collaboration/graph/snapshot";
import {
  alarmOf,
  BEHIND_MS,
  FOLLOWER,
  isAsNew,
  newFollower,
  type FollowerData,
  type FollowerEffect,
  type FollowerEvents,
  type FollowerState,
} from "../../../../src/collaboration/upkeep/graph-follower.state";

const NOW = 1_000;
const RETRY_MS = 300;
const at = (revision: number, epoch = "e"): GraphRevision => ({ epoch, revision: String(revision) });
const error = new Error("no database");

/** The graph is at revision 4, and somebody may wait for the fifth. */
const dataWith = (wants: FollowerData["wants"]): FollowerData => ({
  at: at(4),
  wants,
  restsUntil: NOW,
  retryMs: RETRY_MS,
});
const waits = dataWith([{ id: 1, revision: at(5), until: NOW + 50 }]);
const nobody = dataWith([]);

const FACTS: FollowerEvents = {
  wanted: { id: 2, revision: at(6), until: NOW + 60 },
  read: { at: at(5) },
  failed: { at: at(4), error },
  alarm: {},
  close: {},
};

type Outcome = [state: FollowerState, ...effects: string[]];
/** What each event leads to where somebody waits for revision 5, and where nobody waits. */
type Expected = Record<FollowerState, Record<keyof FollowerEvents, { waits: Outcome; nobody: Outcome }>>;

const inWords = (effect: FollowerEffect): string => ("id" in effect ? `${effect.do} ${effect.id}` : effect.do);
const same = (...outcome: Outcome): { waits: Outcome; nobody: Outcome } => ({ waits: outcome, nobody: outcome });

const EXPECTED: Expected = {
  idle: {
    wanted: same("reading", "read"),
    read: { waits: ["idle", "give 1"], nobody: ["idle"] },
    failed: same("idle"),
    alarm: same("idle"),
    close: { waits: ["closed", "refuse 1"], nobody: ["closed"] },
  },
  reading: {
    wanted: same("reading"),
    read: { waits: ["idle", "give 1"], nobody: ["idle"] },
    failed: same("resting", "report"),
    alarm: same("reading"),
    close: { waits: ["closed", "refuse 1"], nobody: ["closed"] },
  },
  resting: {
    wanted: same("resting"),
    read: { waits: ["resting", "give 1"], nobody: ["resting"] },
    failed: same("resting"),
    alarm: { waits: ["reading", "read"], nobody: ["idle"] },
    close: { waits: ["closed", "refuse 1"], nobody: ["closed"] },
  },
  closed: {
    wanted: { waits: ["closed", "refuse 1", "refuse 2"], nobody: ["closed", "refuse 2"] },
    read: { waits: ["closed", "give 1"], nobody: ["closed"] },
    failed: same("closed"),
    alarm: same("closed"),
    close: { waits: ["closed", "refuse 1"], nobody: ["closed"] },
  },
};
const STATES = Object.keys(EXPECTED) as FollowerState[];
const EVENTS = Object.keys(FACTS) as (keyof FollowerEvents)[];

const next = <Event extends keyof FollowerEvents>(
  state: FollowerState,
  data: FollowerData,
  event: Event,
  facts: FollowerEvents[Event],
  now = NOW,
): ReturnType<(typeof FOLLOWER)["idle"]["alarm"]> => FOLLOWER[state][event](data, facts, now);

describe.each(STATES)("%s", (state) => {
  it.each(EVENTS)("has its answer to: %s", (event) => {
    for (const [data, key] of [
      [waits, "waits"],
      [nobody, "nobody"],
    ] as const) {
      const { state: then, effects } = next(state, data, event, FACTS[event]);
      expect([then, ...effects.map(inWords)]).toEqual(EXPECTED[state][event][key]);
    }
  });

  it.each(EVENTS)("refuses at %s whose time has passed", (event) => {
    const late = dataWith([{ id: 1, revision: at(9), until: NOW }]);
    expect(next(state, late, event, FACTS[event]).effects.map(inWords)).toContain("refuse 1");
  });
});

it("reads again at once where what was read is newer, but not new enough", () => {
  const far = dataWith([{ id: 1, revision: at(9), until: Infinity }]);
  const { state, effects } = next("reading", far, "read", { at: at(5) });
  expect([state, ...effects.map(inWords)]).toEqual(["reading", "read"]);
});

it("rests for a moment where the database is behind what was told of it, and longer after a failure", () => {
  const behind = next("reading", waits, "read", { at: at(4) });
  expect([behind.state, alarmOf(behind)]).toEqual(["resting", NOW + BEHIND_MS]);
  const failed = next("reading", nobody, "failed", { at: at(4), error });
  expect([failed.state, alarmOf(failed)]).toEqual(["resting", NOW + RETRY_MS]);
  expect(failed.effects).toEqual([{ do: "report", error }]);
  expect(next("resting", { ...waits, restsUntil: NOW + 1 }, "alarm", {}).state).toBe("resting");
});

it("takes a graph of another epoch for neither newer nor older", () => {
  expect(isAsNew(at(9, "other"), at(1))).toBe(false);
  expect(isAsNew(undefined, at(0))).toBe(false);
  expect(isAsNew(at(10), at(9))).toBe(true);
});

it("replaces what the same one wanted before", () => {
  const { data } = next("reading", waits, "wanted", { id: 1, revision: at(7), until: Infinity });
  expect(data.wants).toEqual([{ id: 1, revision: at(7), until: Infinity }]);
});

describe("whatever comes", () => {
  const events = fc.array(
    fc.record({
      event: fc.constantFrom<("wanted" | "ended" | "alarm" | "close")[]>(
        "wanted",
        "wanted",
        "ended",
        "ended",
        "alarm",
        "close",
      ),
      passesMs: fc.nat(40),
      revision: fc.nat(6),
      isFailure: fc.boolean(),
    }),
    { maxLength: 40 },
  );

  it("one reading is under way at a time, all who want are answered once, and nobody waits without an alarm", () => {
    fc.assert(
      fc.property(events, (sequence) => {
        let machine = newFollower(RETRY_MS);
        let [now, lastId, isReading] = [0, 0, false];
        const open = new Map<number, GraphRevision>();
        const tell = <Event extends keyof FollowerEvents>(event: Event, facts: FollowerEvents[Event]): void => {
          const { effects, ...then } = next(machine.state, machine.data, event, facts, now);
          machine = then;
          for (const effect of effects) {
            if (effect.do === "read") {
              expect(isReading).toBe(false);
              isReading = true;
            } else if ("id" in effect) {
              const revision = open.get(effect.id);
              if (revision === undefined) throw new Error("it was answered before");
              open.delete(effect.id);
              if (effect.do === "give") expect(isAsNew(machine.data.at, revision)).toBe(true);
            }
          }
        };
        for (const { event, passesMs, revision, isFailure } of sequence) {
          now += passesMs;
          if (event === "wanted") {
            open.set(++lastId, at(revision));
            tell("wanted", { id: lastId, revision: at(revision), until: now + 50 });
          } else if (event === "ended") {
            if (!isReading) continue;
            isReading = false;
            if (isFailure) tell("failed", { at: machine.data.at, error });
            else tell("read", { at: at(revision) });
          } else tell(event, {});
          expect([...open.keys()].sort()).toEqual(machine.data.wants.map(({ id }) => id).sort());
          if (open.size > 0) expect(alarmOf(machine)).toBeLessThan(Infinity);
          if (open.size > 0 && !isReading) expect(machine.state).toBe("resting");
          if (machine.state === "closed") expect(open.size).toBe(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
