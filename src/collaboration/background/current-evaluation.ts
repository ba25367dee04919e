// The evaluation of the suggestions, computed between other work and kept until the graph or the day changes.
import type { Session } from "../../database/database";
import { StaleWhileRevalidate } from "./stale-while-revalidate";
import type { GraphSnapshot } from "../graph/snapshot";
import type { Evaluation } from "../graph/suggestions/evaluation";
import { evaluateSuggestions } from "../upkeep/evaluate-suggestions";

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

  constructor(private readonly evaluate: typeof evaluateSuggestions = evaluateSuggestions) {}

  /** The evaluation of the graph as it is today, or the last one before. @throws OVERLOADED: see Latest */
  of(database: Session, newest: () => Promise<GraphSnapshot>, today: string): Promise<Evaluated> {
    return this.cache.of(newest, today, async ({ state: { revision } }) => {
      const evaluation = await this.evaluate(database, today);
      return { ...evaluation, revision, evaluatedOn: today };
    });
  }
}
