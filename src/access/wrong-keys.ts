// A bucket of wrong keys for each address, so that nobody guesses for long. It holds no good key up: whoever shows one from the
// same address is let in, also while the bucket is empty.
import { waitMs, type BucketKind, type Buckets } from "./budgets/buckets";
import { RateLimited } from "./budgets/rate-limited";

export class WrongKeys {
  private readonly kind: BucketKind | undefined;

  /** @param perMinute how many wrong keys of one address are answered as such; 0 is any number */
  constructor(
    private readonly buckets: Buckets,
    perMinute: number,
  ) {
    if (perMinute > 0) this.kind = { name: "wrong-key", size: perMinute, refillMs: 60_000 };
  }

  /**
   * Counts a key that was not good.
   * @throws RateLimited TOO_MANY_WRONG_KEYS
   */
  async count(address: string): Promise<void> {
    if (this.kind === undefined) return;
    const { granted, remaining } = await this.buckets.take(this.kind, address, 1, 0);
    if (granted) return;
    const message = `too many wrong keys from this address: ${this.kind.size} a minute are looked at`;
    throw new RateLimited("TOO_MANY_WRONG_KEYS", message, waitMs(this.kind, remaining, 1));
  }
}
