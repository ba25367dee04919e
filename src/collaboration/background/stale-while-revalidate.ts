// What takes seconds to compute from the whole graph, computed beside the requests and kept until the graph or the day changes.
import { ApiError } from "../../kernel/errors";
import type { GraphSnapshot } from "../graph/snapshot";

/** How long a request waits for what is of the newest graph before it gets the last that there is. */
const WAIT_MS = 2_000;

export class StaleWhileRevalidate<Value> {
  private last: { epoch: string; key: string; value: Value } | undefined;
  private running: Promise<void> | undefined;

  /**
   * @param waitFirstMs how long a request waits for the first value of all
   * @param notReady what it is told then
   */
  constructor(
    private readonly waitFirstMs: number,
    private readonly notReady: string,
  ) {}

  /**
   * The value of the graph as it is today, or after two seconds of computing the last one before, of the same epoch.
   * @param compute is called once for all who ask meanwhile
   * @throws OVERLOADED where there is none in time
   */
  async of(
    newest: () => Promise<GraphSnapshot>,
    today: string,
    compute: (snapshot: GraphSnapshot) => Promise<Value>,
  ): Promise<Value> {
    const snapshot = await newest();
    if (this.last?.key === keyOf(snapshot, today)) return this.last.value;
    // What was computed before the database was restored is no answer any more.
    const last = (): { value: Value } | undefined =>
      this.last?.epoch === snapshot.state.epoch ? this.last : undefined;
    const computed = this.upToDate(newest, today, compute).catch((error: unknown) => {
      // The last one is better than none.
      if (last() === undefined) throw error;
    });
    const waiting = new AbortController();
    try {
      await Promise.race([computed, passed(last() === undefined ? this.waitFirstMs : WAIT_MS, waiting.signal)]);
    } finally {
      waiting.abort();
    }
    const { value } = last() ?? {};
    if (value !== undefined) return value;
    throw new ApiError("OVERLOADED", this.notReady, "MEASURES_NOT_READY");
  }

  /** One computation at a time: what is asked for meanwhile is computed after it, once for all who ask. */
  private async upToDate(
    newest: () => Promise<GraphSnapshot>,
    today: string,
    compute: (snapshot: GraphSnapshot) => Promise<Value>,
  ): Promise<void> {
    // The one that runs may have begun before the graph was as asked for.
    await this.running?.catch(() => undefined);
    if (this.last?.key === keyOf(await newest(), today)) return;
    this.running ??= this.keep(newest, today, compute).finally(() => {
      this.running = undefined;
    });
    await this.running;
  }

  private async keep(
    newest: () => Promise<GraphSnapshot>,
    today: string,
    compute: (snapshot: GraphSnapshot) => Promise<Value>,
  ): Promise<void> {
    const snapshot = await newest();
    const key = keyOf(snapshot, today);
    const value = await compute(snapshot);
    this.last = { epoch: snapshot.state.epoch, key, value };
  }
}

function keyOf({ state, version }: GraphSnapshot, today: string): string {
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
