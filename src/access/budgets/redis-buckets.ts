// Buckets in a Redis that several processes share. A bucket is one number there, the microsecond at which it is full again: it
// needs no upkeep, and its key expires at that instant, for a full bucket is as good as none.
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import type { BucketKind, Buckets, Taken } from "./buckets";

const KEY_PREFIX = "ccg:budget:";

/** How long an answer may take: a caller waits no longer for its budget, and is then served without this store. */
const ANSWER_WITHIN_MS = 100;
const CONNECT_WITHIN_MS = 1_000;
const SILENT_AT_MOST_MS = 1_000;
const RECONNECT_AFTER_AT_MOST_MS = 2_000;

// A script runs alone in Redis, and by its clock: processes whose clocks differ, or who ask at once, grant nothing twice. A
// bucket that was filled by a larger size is counted as empty at most.
const TAKE = `
local price, refusal, size, refill = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call("TIME")
local now = time[1] * 1000000 + time[2]
local full_at = math.min(math.max(tonumber(redis.call("GET", KEYS[1]) or now), now), now + refill)
local remaining = size - (full_at - now) * size / refill
local granted = 1
if price > remaining then
  granted = 0
  price = math.min(refusal, remaining)
end
if price > 0 then
  full_at = math.ceil(full_at + price * refill / size)
  redis.call("SET", KEYS[1], string.format("%.0f", full_at), "PX", math.ceil((full_at - now) / 1000))
end
return { granted, tostring(remaining - price) }`;

interface ScriptedRedis extends Redis {
  takeFromBucket(key: string, ...args: number[]): Promise<[granted: number, remaining: string]>;
}

const OPTIONS = {
  lazyConnect: true,
  connectTimeout: CONNECT_WITHIN_MS,
  commandTimeout: ANSWER_WITHIN_MS,
  // A connection whose other end vanished without a word is left, and another one made.
  socketTimeout: SILENT_AT_MOST_MS,
  // A caller must not wait for a connection.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (attempt: number) => Math.min(attempt * 200, RECONNECT_AFTER_AT_MOST_MS),
};

export class RedisBuckets implements Buckets {
  private readonly redis: ScriptedRedis;
  /** why there is no connection, where there is none */
  private fault: Error | undefined;

  /** @param url as readConfiguration takes it; nothing is connected yet */
  constructor(url: string) {
    this.redis = new Redis(url, OPTIONS) as ScriptedRedis;
    this.redis.defineCommand("takeFromBucket", { numberOfKeys: 1, lua: TAKE });
    this.redis.on("error", (error: Error) => {
      this.fault = error;
    });
    this.redis.on("ready", () => {
      this.fault = undefined;
    });
  }

  /** Connects; after a second it goes on trying by itself. Never rejects. */
  async connect(): Promise<void> {
    const patience = new AbortController();
    const connected = this.redis.connect().catch(() => undefined);
    // What accepts a connection and then says nothing has no limit in the library.
    await Promise.race([connected, wait(CONNECT_WITHIN_MS, undefined, { signal: patience.signal })]);
    patience.abort();
  }

  /** @throws whatever is wrong with the Redis, within ANSWER_WITHIN_MS */
  async take(kind: BucketKind, who: string, price: number, priceOfRefusal: number): Promise<Taken> {
    const key = `${KEY_PREFIX}${kind.name}:${who}`;
    const refillMicroseconds = kind.refillMs * 1_000;
    const [granted, remaining] = await this.redis
      .takeFromBucket(key, price, priceOfRefusal, kind.size, refillMicroseconds)
      .catch((error: unknown) => {
        throw this.fault ?? error;
      });
    // Whole microseconds are rounded in favor of the house: by less than the price of one.
    return { granted: granted === 1, remaining: Math.max(0, Number(remaining)) };
  }

  close(): Promise<void> {
    this.redis.disconnect();
    return Promise.resolve();
  }
}
