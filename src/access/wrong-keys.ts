// A bucket of wrong keys for each address, so that nobody guesses for long. It holds no good key up: whoever shows one from the
// same address is let in, also while the bucket is empty.
import pLimit, { type LimitFunction } from "p-limit";
import { waitMs, type BucketKind, type Buckets } from "./budgets/buckets";
import { RateLimited } from "./budgets/rate-limited";

/** How many look-ups run at once for one address: guesses must not take the database's sessions from others. */
const LOOK_UPS_AT_ONCE = 4;

export class WrongKeys {
  private readonly kind: BucketKind | undefined;
  private readonly turns = new Map<string, { run: LimitFunction; callers: number }>();

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

  /** Looks a key up in the address's turn: a few run at once, the others wait in the order in which they came. */
  async inTurn<T>(address: string, lookUp: () => Promise<T>): Promise<T> {
    const turns = this.turns.get(address) ?? { run: pLimit(LOOK_UPS_AT_ONCE), callers: 0 };
    this.turns.set(address, turns);
    turns.callers += 1;
    try {
      return await turns.run(lookUp);
    } finally {
      turns.callers -= 1;
      if (turns.callers === 0) this.turns.delete(address);
    }
  }
}
