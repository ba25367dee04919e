// The evaluation of the suggestions, computed between other work and kept until the graph or the day changes.
import type { Session } from "../../database/database";
import { ApiError } from "../../kernel/errors";
import type { Kept } from "../memory/keeper";
import { evaluateSuggestions, type Evaluation } from "./evaluation";

/** An evaluation, and what it is of. */
export interface Evaluated extends Evaluation {
  /** the revision that the graph was at least as new as */
  revision: string;
  /** YYYY-MM-DD */
  evaluatedOn: string;
}

/** How long a request waits for an evaluation of the newest graph before it gets the last one that there is. */
const WAIT_MS = 2_000;
/** How long it waits for the first one of all. */
const WAIT_FIRST_MS = 30_000;

export class CurrentEvaluation {
  private last: { key: string; evaluated: Evaluated } | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly evaluate: typeof evaluateSuggestions = evaluateSuggestions) {}

  /**
   * The evaluation of the graph as it is today, or after two seconds of computing the last one before.
   * @throws OVERLOADED where there is none in time
   */
  async of(database: Session, kept: () => Promise<Kept>, today: string): Promise<Evaluated> {
    const key = keyOf(await kept(), today);
    if (this.last?.key === key) return this.last.evaluated;
    const computed = this.upToDate(database, kept, today).catch((error: unknown) => {
      // The last one is better than none.
      if (this.last === undefined) throw error;
    });
    const waiting = new AbortController();
    try {
      await Promise.race([computed, passed(this.last === undefined ? WAIT_FIRST_MS : WAIT_MS, waiting.signal)]);
    } finally {
      waiting.abort();
    }
    if (this.last !== undefined) return this.last.evaluated;
    throw new ApiError(
      "OVERLOADED",
      "the suggestions are being evaluated: try again in some seconds",
      "MEASURES_NOT_READY",
    );
  }

  /** One evaluation at a time: what is asked for meanwhile is evaluated after it, once for all who ask. */
  private async upToDate(database: Session, kept: () => Promise<Kept>, today: string): Promise<void> {
    // The one that runs may have begun before the graph was as asked for.
    await this.running?.catch(() => undefined);
    if (this.last?.key === keyOf(await kept(), today)) return;
    this.running ??= this.compute(database, kept, today).finally(() => {
      this.running = undefined;
    });
    await this.running;
  }

  private async compute(database: Session, kept: () => Promise<Kept>, today: string): Promise<void> {
    const graph = await kept();
    const [key, { revision }] = [keyOf(graph, today), graph.state];
    const evaluation = await this.evaluate(database, today);
    this.last = { key, evaluated: { ...evaluation, revision, evaluatedOn: today } };
  }
}

function keyOf({ state, version }: Kept, today: string): string {
  return `${state.epoch} ${version} ${today}`;
}

function passed(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
    });
  });
}
