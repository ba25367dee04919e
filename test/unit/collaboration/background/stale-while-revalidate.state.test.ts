// When a value is computed anew, and who gets which meanwhile: every event in both states, and what holds whatever comes.
import * as fc from "fast-check";
import {
  alarmOf,
  CACHE,
  newCache,
  WAIT_MS,
  type CacheData,
  type CacheEffect,
  type CacheEvents,
  type CacheState,
  type Version,
} from "../../../../src/collaboration/background/stale-while-revalidate.state";

const NOW = 10_000;
const WAIT_FIRST_MS = 20_000;
const error = new Error("the thread is gone");
const of = (version: number, epoch = "e", day = "2026-11-20"): Version => ({ epoch, version, day });

/** There is nothing, a value of version 1, or one of another epoch; somebody may wait for version 2. */
const HAS = { nothing: undefined, older: of(1), "of another epoch": of(1, "other") } as const;
type Has = keyof typeof HAS;

const dataWith = (has: Has, asks: CacheData["asks"]): CacheData => ({
  has: HAS[has],
  asks,
  waitFirstMs: WAIT_FIRST_MS,
});
const served = { id: 1, of: of(2), until: NOW + 500, isServed: true };
const unserved = { id: 2, of: of(3), until: NOW + 500, isServed: false };

const FACTS: CacheEvents = { asked: { id: 9, of: of(3) }, computed: { of: of(2) }, failed: { error }, alarm: {} };

type Outcome = readonly [state: CacheState, ...effects: string[]];
const inWords = (effect: CacheEffect): string => ("id" in effect ? `${effect.do} ${effect.id}` : effect.do);

/** What each event leads to: where nobody waits, and where one waits for whom it is computed, and one who came after it began. */
const EXPECTED: Record<CacheState, Record<keyof CacheEvents, { nobody: Outcome; both: Record<Has, Outcome> }>> = {
  idle: {
    asked: same(["computing", "compute"], ["computing", "compute"]),
    computed: same(["idle"], ["idle"]),
    failed: same(["idle"], ["idle"]),
    alarm: same(["idle"], ["idle"]),
  },
  computing: {
    asked: same(["computing"], ["computing"]),
    // The one who came after it began wants a newer one.
    computed: same(["idle"], ["computing", "give 1", "compute"]),
    failed: {
      nobody: ["idle"],
      both: {
        nothing: ["computing", "fail 1", "compute"],
        older: ["computing", "give 1", "compute"],
        "of another epoch": ["computing", "fail 1", "compute"],
      },
    },
    alarm: same(["computing"], ["computing"]),
  },
};

function same(nobody: Outcome, both: Outcome): { nobody: Outcome; both: Record<Has, Outcome> } {
  return { nobody, both: { nothing: both, older: both, "of another epoch": both } };
}

const STATES = Object.keys(EXPECTED) as CacheState[];
const EVENTS = Object.keys(FACTS) as (keyof CacheEvents)[];

const next = <Event extends keyof CacheEvents>(
  state: CacheState,
  data: CacheData,
  event: Event,
  facts: CacheEvents[Event],
  now = NOW,
): ReturnType<(typeof CACHE)["idle"]["alarm"]> => CACHE[state][event](data, facts, now);

describe.each(STATES)("%s", (state) => {
  it.each(EVENTS)("has its answer to: %s", (event) => {
    const { nobody, both } = EXPECTED[state][event];
    for (const has of Object.keys(HAS) as Has[]) {
      const outcomeOf = (asks: CacheData["asks"]): string[] => {
        const { state: then, effects } = next(state, dataWith(has, asks), event, FACTS[event]);
        return [then, ...effects.map(inWords)];
      };
      expect(outcomeOf([])).toEqual(nobody);
      expect(outcomeOf([served, unserved])).toEqual(both[has]);
    }
  });

  it("gives at once what is there for whoever asks no more", () => {
    const { state: then, effects } = next(state, dataWith("older", []), "asked", { id: 9, of: of(1) });
    expect([then, ...effects.map(inWords)]).toEqual([state, "give 9"]);
  });

  it.each([
    ["nothing", "refuse 1"],
    ["older", "give 1"],
    ["of another epoch", "refuse 1"],
  ] as const)("has an end of waiting where there is %s", (has, answer) => {
    const late = next(state, dataWith(has, [served]), "alarm", {}, NOW + 500);
    expect([late.state, ...late.effects.map(inWords)]).toEqual([state, answer]);
  });
});

it("lets wait for two seconds where there is an older value of the same epoch, and for longer where there is none", () => {
  const alarms = (Object.keys(HAS) as Has[]).map((has) =>
    alarmOf(next("idle", dataWith(has, []), "asked", FACTS.asked)),
  );
  expect(alarms).toEqual([NOW + WAIT_FIRST_MS, NOW + WAIT_MS, NOW + WAIT_FIRST_MS]);
});

it("takes a value of the day before for an older one", () => {
  const tomorrow = { id: 9, of: of(1, "e", "2026-11-21") };
  expect(next("idle", dataWith("older", []), "asked", tomorrow).state).toBe("computing");
});

it("computes once for all who ask, and answers each once, whatever comes", () => {
  const events = fc.array(
    fc.record({
      event: fc.constantFrom("asked", "asked", "ended", "alarm"),
      passesMs: fc.nat(1_500),
      version: fc.nat(4),
      epoch: fc.constantFrom("e", "e", "e", "other"),
      isFailure: fc.boolean(),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(events, (sequence) => {
      let machine = newCache(5_000);
      let [now, lastId, isComputing] = [0, 0, false];
      const open = new Map<number, Version>();
      const tell = <Event extends keyof CacheEvents>(event: Event, facts: CacheEvents[Event]): void => {
        const { effects, ...then } = next(machine.state, machine.data, event, facts, now);
        machine = then;
        for (const effect of effects) {
          if (effect.do === "compute") {
            expect(isComputing).toBe(false);
            isComputing = true;
            continue;
          }
          const asked = open.get(effect.id);
          if (asked === undefined) throw new Error("it was answered before");
          open.delete(effect.id);
          if (effect.do === "give") expect(machine.data.has?.epoch).toBe(asked.epoch);
        }
      };
      for (const { event, passesMs, version, epoch, isFailure } of sequence) {
        now += passesMs;
        if (event === "asked") {
          open.set(++lastId, of(version, epoch));
          tell("asked", { id: lastId, of: of(version, epoch) });
        } else if (event === "alarm") tell("alarm", {});
        else if (isComputing) {
          isComputing = false;
          if (isFailure) tell("failed", { error });
          else tell("computed", { of: of(version, epoch) });
        }
        expect([...open.keys()].sort()).toEqual(machine.data.asks.map(({ id }) => id).sort());
        expect(machine.state).toBe(isComputing ? "computing" : "idle");
        if (open.size > 0) expect([machine.state, alarmOf(machine) < Infinity]).toEqual(["computing", true]);
      }
    }),
    { numRuns: 1_000 },
  );
});
