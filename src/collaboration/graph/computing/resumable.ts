// Walks over the graph that take long, step by step, so that nobody else waits for more than a step.
import type { Cancellation } from "../../../kernel/cancellation";
import type { GraphSnapshot } from "../snapshot";
import type { TimeSlicer } from "./time-slicer";

/** A walk that yields where others may have their turn. */
export type Resumable<Result> = Generator<undefined, Result, undefined>;

/** Visits the numbers below one, so many at each step. */
export function* eachBelow(count: number, atOnce: number, visit: (number: number) => void): Resumable<void> {
  for (let number = 0; number < count; number++) {
    visit(number);
    if (number % atOnce === atOnce - 1) yield;
  }
}

/** How often a walk begins anew because the graph changed under it, before it is done at one go. */
const TRIES = 3;

export class ResumableRunner {
  /** @param current the graph as it is now */
  constructor(
    private readonly slicer: TimeSlicer,
    private readonly current: () => GraphSnapshot | undefined,
  ) {}

  /**
   * Walks over one state of the graph.
   * @param known the graph where no newer one is known
   * @param cancellation where it is canceled, the walk ends with its reason
   */
  async run<Result>(
    known: GraphSnapshot,
    walk: (snapshot: GraphSnapshot) => Resumable<Result>,
    cancellation?: Cancellation,
  ): Promise<Result> {
    for (let tries = 0; tries < TRIES; tries++) {
      const ended = await this.tryToEnd(known, walk, cancellation);
      if (ended !== undefined) return ended.result;
    }
    return this.slicer.run(() => runToEnd(walk(this.current() ?? known)));
  }

  /** @returns undefined where the graph changed meanwhile */
  private async tryToEnd<Result>(
    known: GraphSnapshot,
    walk: (snapshot: GraphSnapshot) => Resumable<Result>,
    cancellation: Cancellation | undefined,
  ): Promise<Ended<Result> | undefined> {
    let begun: { snapshot: GraphSnapshot; steps: Resumable<Ended<Result> | undefined> } | undefined;
    try {
      for (;;) {
        const step = await this.slicer.run(() => {
          cancellation?.throwIfCanceled();
          const snapshot = this.current() ?? known;
          begun ??= { snapshot, steps: toEnd(walk(snapshot)) };
          return isTheSame(begun.snapshot, snapshot) ? begun.steps.next() : undefined;
        });
        if (step === undefined) return undefined;
        if (step.done === true) return step.value;
      }
    } finally {
      // A walk that was broken off gives back what it leased.
      begun?.steps.return(undefined);
    }
  }
}

interface Ended<Result> {
  result: Result;
}

function* toEnd<Result>(walk: Resumable<Result>): Resumable<Ended<Result> | undefined> {
  return { result: yield* walk };
}

/** The result of a walk that lets nobody else have a turn. */
export function runToEnd<Result>(steps: Resumable<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, with a pause at each step: for a walk over a graph that nobody else changes. */
export async function runWithPauses<Result>(steps: Resumable<Result>, pause: () => Promise<unknown>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}

function isTheSame(a: GraphSnapshot, b: GraphSnapshot): boolean {
  return a.graph === b.graph && a.version === b.version;
}
