// Walks over the graph take turns: some milliseconds of them, and then whatever else waits. Those of one slice answer together, so that
// what they load next is one statement.

/** How much of one turn of the event loop walks may take, the last one's rest aside. */
const SLICE_MS = 10;

export class TimeSlicer {
  private readonly waiting: (() => void)[] = [];
  private isRunning = false;
  /** how long walks took in this turn of the event loop */
  private spentMs = 0;

  /** Does the work when its turn comes, at the earliest at once. It must await nothing. */
  run<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      if (!this.isRunning) void this.runWaiting();
    });
  }

  private async runWaiting(): Promise<void> {
    this.isRunning = true;
    for (let work = this.waiting.shift(); work !== undefined; work = this.waiting.shift()) {
      if (this.spentMs > SLICE_MS) await new Promise((resolve) => setImmediate(resolve));
      if (this.spentMs === 0) setImmediate(() => (this.spentMs = 0));
      const start = performance.now();
      work();
      this.spentMs += performance.now() - start;
    }
    this.isRunning = false;
  }
}
