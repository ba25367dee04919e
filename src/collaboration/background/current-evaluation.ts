// The evaluation of the suggestions, computed between other work and kept until the graph or the day changes.
import { ApiError } from "../../kernel/errors";
import type { ResumableRunner } from "../graph/computing/resumable";
import { dayNumber } from "../graph/memory/days";
import type { GraphSnapshot } from "../graph/snapshot";
import { evaluate, type Evaluation } from "../graph/suggestions/evaluation";
import { StaleWhileRevalidate } from "./stale-while-revalidate";

/** An evaluation, and what it is of. */
export interface Evaluated extends Evaluation {
  /** the revision that the graph was at least as new as */
  revision: string;
  /** YYYY-MM-DD */
  evaluatedOn: string;
}

/** How long a request waits for the first evaluation of all. */
const WAIT_FIRST_MS = 30_000;

export class CurrentEvaluation {
  private readonly cache = new StaleWhileRevalidate<Evaluated>(
    WAIT_FIRST_MS,
    "the suggestions are being evaluated: try again in some seconds",
  );

  constructor(
    private readonly runner: ResumableRunner,
    private readonly evaluateGraph: typeof evaluate = evaluate,
  ) {}

  /** The evaluation of the graph as it is today, or the last one before. @throws OVERLOADED: see StaleWhileRevalidate */
  of(newest: () => Promise<GraphSnapshot>, today: string): Promise<Evaluated> {
    const { evaluateGraph } = this;
    return this.cache.of(newest, today, async (snapshot) => {
      const ended = await this.runner.attempt(snapshot, function* ({ graph, state: { revision } }) {
        return { ...(yield* evaluateGraph(graph, dayNumber(today))), revision, evaluatedOn: today };
      });
      // It takes seconds in a large graph: nobody else would have a turn.
      if (ended === undefined)
        throw new ApiError("OVERLOADED", "the graph changes too often now", "MEASURES_NOT_READY");
      return ended.result;
    });
  }
}
