// The watch of the revision after any sequence of events, by its table alone.
import fc from "fast-check";
import type { CounterState } from "../../../src/database/epoch";
import {
  restingWatch,
  WATCH,
  type Asker,
  type Waiter,
  type WatchEvents,
} from "../../../src/database/revision-watch.state";

const TIMES = { pollMs: 1_000, pollWhileAwaitedMs: 100 };
const counterAt = (epoch: string, revision: string): CounterState => ({ epoch, revision, mintedAt: `at ${revision}` });

const revision = fc.integer({ min: 0, max: 12 }).map(String);
const state = fc.record({ epoch: fc.constantFrom("e", "f"), revision });
const happening = fc.oneof(
  fc.constantFrom("ask" as const, "failed" as const, "alarm" as const),
  fc.record({ told: fc.option(state, { nil: undefined }) }),
  fc.record({ noted: state }),
  fc.record({ counter: state.map((found) => counterAt(found.epoch, found.revision)) }),
  fc.record({ revision: fc.bigInt({ min: 0n, max: 15n }), forMs: fc.integer({ min: 0, max: 300 }) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

/** A watch that things happen to, which looks at each step. */
class Trial {
  now = 0;
  private watch = restingWatch(counterAt("e", "5"), TIMES, 0);
  private questions = 0;
  private readonly served = new Map<Waiter | Asker, number>();

  happen(what: Happening): void {
    if (what === "ask") this.step("ask", { asker: this.comes(() => undefined) });
    else if (what === "alarm") this.step("alarm", {});
    else if (what === "failed") this.end("failed", {});
    else if ("told" in what) this.step("heard", what);
    else if ("noted" in what) this.step("noted", what);
    else if ("counter" in what) this.end("answered", what);
    else {
      const { revision: wanted, forMs } = what;
      this.step("awaited", {
        waiter: this.comes({ revision: wanted, until: this.now + forMs, end: () => undefined }),
      });
    }
  }

  /** Closes the watch. @returns how often those were served who came */
  close(): number[] {
    this.step("closed", {});
    return [...this.served.values()];
  }

  private comes<Whom extends Waiter | Asker>(whom: Whom): Whom {
    this.served.set(whom, 0);
    return whom;
  }

  private serve(whom: Waiter | Asker): void {
    this.served.set(whom, (this.served.get(whom) ?? 0) + 1);
  }

  private end<Event extends "answered" | "failed">(event: Event, facts: WatchEvents[Event]): void {
    if (this.questions === 0) return;
    this.questions -= 1;
    this.step(event, facts);
  }

  private step<Event extends keyof WatchEvents>(event: Event, facts: WatchEvents[Event]): void {
    const before = this.watch.data.newest;
    const { state, data, effects } = WATCH[this.watch.state][event](this.watch.data, facts, this.now);
    this.watch = { state, data };
    for (const effect of effects) {
      if (effect.do === "ask") this.questions += 1;
      if (effect.do === "endAskers") effect.askers.forEach((asker) => this.serve(asker));
      if (effect.do !== "endWaiter") continue;
      this.serve(effect.waiter);
      expect(effect.isReached).toBe(effect.waiter.revision <= BigInt(data.newest.revision));
    }
    if (state !== "closed") expect(this.questions).toBe(state === "resting" ? 0 : 1);
    if (data.newest.epoch !== before.epoch) return;
    expect(BigInt(data.newest.revision)).toBeGreaterThanOrEqual(BigInt(before.revision));
  }
}

it("one question runs at a time, what is known only grows, and everybody is served once, with the truth", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(happening, fc.integer({ min: 0, max: 200 })), { maxLength: 60 }), (sequence) => {
      const trial = new Trial();
      for (const [what, laterMs] of sequence) {
        trial.now += laterMs;
        trial.happen(what);
      }
      expect(trial.close().filter((times) => times !== 1)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
