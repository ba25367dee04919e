// Where the buckets of this process are: in the Redis that the configuration names, or in its own memory.
import type { Buckets } from "./buckets";
import { InsuredBuckets } from "./insured-buckets";
import { MemoryBuckets } from "./memory-buckets";
import { RedisBuckets } from "./redis-buckets";

export interface BucketsLog {
  warn: (fields: object, message: string) => void;
  info: (message: string) => void;
}

/**
 * Opens the buckets; a Redis that does not answer holds nobody up.
 * @param redisUrl as readConfiguration takes it
 * @param log told once when a Redis goes, and once when it is back
 */
export async function openBuckets(redisUrl: string | undefined, log: BucketsLog | undefined): Promise<Buckets> {
  const own = new MemoryBuckets();
  if (redisUrl === undefined) return own;
  const shared = new RedisBuckets(redisUrl);
  await shared.connect();
  return new InsuredBuckets(shared, own, {
    // The message alone: the library's errors carry the command that failed, and with it a password.
    onAway: (error) => {
      const why = error instanceof Error ? error.message : String(error);
      log?.warn({ why }, "the Redis does not answer: this process counts budgets by itself");
    },
    onBack: () => log?.info("the Redis answers again: budgets are shared"),
  });
}
