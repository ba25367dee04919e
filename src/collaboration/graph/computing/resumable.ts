// Walks over the graph that take long, step by step, so that nobody else waits for more than a step.
import type { Cancellation } from "../../../kernel/cancellation";
import type { Kept } from "../../upkeep/graph-follower";
import type { Turns } from "./time-slicer";

/** A walk that yields where others may have their turn: it holds nothing of the graph's scratch there. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Visits the numbers below one, so many at each step. */
export function* eachBelow(count: number, atOnce: number, visit: (number: number) => void): Steps<void> {
  for (let number = 0; number < count; number++) {
    visit(number);
    if (number % atOnce === atOnce - 1) yield;
  }
}

/** How often a walk begins anew because the graph changed under it, before it is done at one go. */
const TRIES = 3;

export class Stepwise {
  /** @param current the graph as it is now */
  constructor(
    private readonly turns: Turns,
    private readonly current: () => Kept | undefined,
  ) {}

  /**
   * Walks over one state of the graph.
   * @param kept the graph where no newer one is known
   * @param cancellation where it is canceled, the walk ends with its reason
   */
  async run<Result>(kept: Kept, walk: (graph: Kept) => Steps<Result>, cancellation?: Cancellation): Promise<Result> {
    for (let tries = 0; tries < TRIES; tries++) {
      const ended = await this.tryToEnd(kept, walk, cancellation);
      if (ended !== undefined) return ended.result;
    }
    return this.turns.run(() => atOneGo(walk(this.current() ?? kept)));
  }

  /** @returns undefined where the graph changed meanwhile */
  private async tryToEnd<Result>(
    kept: Kept,
    walk: (graph: Kept) => Steps<Result>,
    cancellation: Cancellation | undefined,
  ): Promise<{ result: Result } | undefined> {
    let begun: { graph: Kept; steps: Steps<Result> } | undefined;
    for (;;) {
      const step = await this.turns.run(() => {
        cancellation?.throwIfCanceled();
        const graph = this.current() ?? kept;
        begun ??= { graph, steps: walk(graph) };
        return isTheSame(begun.graph, graph) ? begun.steps.next() : undefined;
      });
      if (step === undefined) return undefined;
      if (step.done === true) return { result: step.value };
    }
  }
}

/** The result of a walk that lets nobody else have a turn. */
export function atOneGo<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, with a pause at each step: for a walk over a graph that nobody else changes. */
export async function withPauses<Result>(steps: Steps<Result>, pause: () => Promise<unknown>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}

function isTheSame(a: Kept, b: Kept): boolean {
  return a.adjacency === b.adjacency && a.version === b.version;
}
