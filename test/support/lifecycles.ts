// What every lifecycle keeps: each pair of state and event has the outcome that the expectation says, refusals are sentences, and
// no series of events leads out of the declared states or on from a last one.
import fc from "fast-check";
import { isRefusal, type Refusal } from "../../src/kernel/lifecycle";

/** By state and event: the state that comes, or null where the event is refused. */
export type Expected = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

export interface LifeUnderTest {
  /** the words of the declaration */
  states: readonly string[];
  /** written by hand, with facts that stand in no event's way; null where it is refused */
  expected: Expected;
  /** facts of each event that stand in its way nowhere */
  facts: Readonly<Record<string, unknown>>;
  /** further facts that events come with in random series */
  otherFacts?: Readonly<Record<string, readonly unknown[]>>;
  /** the states that nothing leads on from, also written by hand */
  last: readonly string[];
  next: (state: never, event: never, facts: never) => string | Refusal;
}

/** A sentence for the caller: what is wrong, and something of what would be right. */
export function expectRefusal(outcome: string | Refusal, saying: RegExp | string): void {
  if (!isRefusal(outcome)) throw new Error(`is not refused, but leads to ${outcome}`);
  expect(outcome.refused).toMatch(saying);
}

export function itIsALifecycle({ states, expected, facts, otherFacts = {}, last, next }: LifeUnderTest): void {
  const events = Object.keys(facts);
  const step = (state: string, event: string, given: unknown): string | Refusal =>
    next(state as never, event as never, given as never);

  it("is expected in every declared state, for every event", () => {
    expect(Object.keys(expected).sort()).toEqual([...states].sort());
    for (const outcomes of Object.values(expected)) expect(Object.keys(outcomes).sort()).toEqual([...events].sort());
  });

  const pairs = Object.entries(expected).flatMap(([state, outcomes]) =>
    Object.entries(outcomes).map(([event, outcome]) => [event, state, outcome ?? "nothing", outcome] as const),
  );
  it.each(pairs)("takes %s in %s to %s", (event, state, _title, outcome) => {
    const found = step(state, event, facts[event]);
    if (outcome !== null) expect(found).toBe(outcome);
    else expectRefusal(found, /^[a-z].{20,}[a-z]$/);
  });

  it("never leaves its states, nor a last one, whatever happens", () => {
    const happening = fc.constantFrom(...events).chain((event) => {
      const all = [facts[event], ...(otherFacts[event] ?? [])];
      return fc.record({ event: fc.constant(event), given: fc.constantFrom(...all) });
    });
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.array(happening, { maxLength: 30 }), (first, happenings) => {
        let state = first;
        for (const { event, given } of happenings) {
          const outcome = step(state, event, given);
          if (isRefusal(outcome)) continue;
          expect(states).toContain(outcome);
          expect(last).not.toContain(state);
          // Facts only ever stand in an event's way: they do not lead elsewhere.
          expect(outcome).toBe(expected[state]?.[event]);
          state = outcome;
        }
      }),
    );
  });
}
