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

type Walk<Result> = (snapshot: GraphSnapshot) => Resumable<Result>;

interface Ended<Result> {
  result: Result;
}

/** How often a walk begins anew because the graph changed under it. */
const TRIES = 3;

export class ResumableRunner {
  /** @param current the graph as it is now */
  constructor(
    private readonly slicer: TimeSlicer,
    private readonly current: () => GraphSnapshot | undefined,
  ) {}

  /**
   * Walks over one state of the graph; at one go where the graph changes too often.
   * @param known the graph where no newer one is known
   * @param cancellation where it is canceled, the walk ends with its reason
   */
  async run<Result>(known: GraphSnapshot, walk: Walk<Result>, cancellation?: Cancellation): Promise<Result> {
    const ended = await this.attempt(known, walk, cancellation);
    if (ended !== undefined) return ended.result;
    return this.slicer.run(() => {
      cancellation?.throwIfCanceled();
      return runToEnd(walk(this.current() ?? known));
    });
  }

  /** The same for a walk that is too long to be done at one go. @returns undefined where the graph changes too often */
  async attempt<Result>(
    known: GraphSnapshot,
    walk: Walk<Result>,
    cancellation?: Cancellation,
  ): Promise<Ended<Result> | undefined> {
    for (let tries = 0; tries < TRIES; tries++) {
      const ended = await this.tryToEnd(known, walk, cancellation);
      if (ended !== undefined) return ended;
    }
    return undefined;
  }

  /** @returns undefined where the graph changed meanwhile */
  private async tryToEnd<Result>(
    known: GraphSnapshot,
    walk: Walk<Result>,
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

function isTheSame(a: GraphSnapshot, b: GraphSnapshot): boolean {
  return a.graph === b.graph && a.version === b.version;
}
