// Shared buckets, and this process's own for as long as the shared ones do not answer: no caller is refused, nor waits, for the
// store's sake. Budgets are then counted in each process by itself.
import type { BucketKind, Buckets, Taken } from "./buckets";

const ASK_AGAIN_EVERY_MS = 1_000;

/** Asked for what a caller asks for, so that a store that answers but cannot be written to counts as away. */
const PROBE: BucketKind = { name: "probe", size: 60, refillMs: 60_000 };

export interface InsuranceEvents {
  /** the shared buckets do not answer; called once for each time that they go */
  onAway: (error: unknown) => void;
  /** they answer again */
  onBack: () => void;
}

export class InsuredBuckets implements Buckets {
  private asking: NodeJS.Timeout | undefined;

  constructor(
    private readonly shared: Buckets,
    private readonly own: Buckets,
    private readonly events: InsuranceEvents,
  ) {}

  async take(kind: BucketKind, who: string, price: number, priceOfRefusal: number): Promise<Taken> {
    if (this.asking === undefined) {
      try {
        return await this.shared.take(kind, who, price, priceOfRefusal);
      } catch (error) {
        this.goAway(error);
      }
    }
    return this.own.take(kind, who, price, priceOfRefusal);
  }

  async close(): Promise<void> {
    clearInterval(this.asking);
    await this.shared.close();
    await this.own.close();
  }

  // Many may fail at the same time: the first one tells it.
  private goAway(error: unknown): void {
    if (this.asking !== undefined) return;
    this.asking = setInterval(() => void this.ask(), ASK_AGAIN_EVERY_MS);
    this.asking.unref();
    this.events.onAway(error);
  }

  private async ask(): Promise<void> {
    const asking = this.asking;
    try {
      await this.shared.take(PROBE, String(process.pid), 1, 1);
    } catch {
      return;
    }
    // Another answer may have come before.
    if (asking === undefined || this.asking !== asking) return;
    clearInterval(asking);
    this.asking = undefined;
    this.events.onBack();
  }
}
