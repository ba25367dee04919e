// Buckets in the memory of this process: for an installation of one process, and for whoever cannot reach the Redis just now.
import { TokenBucket } from "limiter";
import { LRUCache } from "lru-cache";
import type { BucketKind, Buckets, Taken } from "./buckets";

/**
 * How many buckets are kept: with more callers at once, those that asked least recently begin with a full one again. Each takes
 * some 400 bytes.
 */
const BUCKETS_AT_MOST = 50_000;

export class MemoryBuckets implements Buckets {
  private readonly kept = new LRUCache<string, TokenBucket>({ max: BUCKETS_AT_MOST });

  /** Decides before it returns: no other call comes between. */
  take(kind: BucketKind, who: string, price: number, priceOfRefusal: number): Promise<Taken> {
    const bucket = this.bucketOf(kind, who);
    const granted = bucket.tryRemoveTokens(price);
    if (!granted) bucket.tryRemoveTokens(Math.min(priceOfRefusal, bucket.content));
    return Promise.resolve({ granted, remaining: bucket.content });
  }

  close(): Promise<void> {
    this.kept.clear();
    return Promise.resolve();
  }

  private bucketOf({ name, size, refillMs }: BucketKind, who: string): TokenBucket {
    const id = `${name}:${who}`;
    let bucket = this.kept.get(id);
    if (bucket === undefined) {
      bucket = new TokenBucket({ bucketSize: size, tokensPerInterval: size, interval: refillMs });
      // The library begins with an empty one.
      bucket.content = size;
      this.kept.set(id, bucket);
    }
    return bucket;
  }
}
