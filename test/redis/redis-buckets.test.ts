// Buckets in the Redis that REDIS_URL names: they refill evenly, grant nothing twice, and leave nothing behind.
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import type { BucketKind } from "../../src/access/budgets/buckets";
import { RedisBuckets } from "../../src/access/budgets/redis-buckets";

const REDIS_URL = process.env.REDIS_URL ?? "";
const KIND: BucketKind = { name: "test", size: 1_000, refillMs: 10_000 };

let redis: Redis;
let one: RedisBuckets;
let other: RedisBuckets;
let who: string;
beforeAll(async () => {
  redis = new Redis(REDIS_URL);
  one = new RedisBuckets(REDIS_URL);
  other = new RedisBuckets(REDIS_URL);
  await Promise.all([one.connect(), other.connect()]);
});
beforeEach(() => {
  who = randomUUID();
});
afterAll(async () => {
  await Promise.all([one.close(), other.close(), redis.quit()]);
});

it("are full at first, and take a price where it is there", async () => {
  expect(await one.take(KIND, who, 0, 0)).toEqual({ granted: true, remaining: 1_000 });
  expect(await one.take(KIND, who, 1_000, 0)).toMatchObject({ granted: true, remaining: 0 });
});

it("take what a refusal costs where it is not, or the rest", async () => {
  await one.take(KIND, who, 700, 0);
  const refused = await one.take(KIND, who, 600, 100);
  expect(refused.granted).toBe(false);
  expect(refused.remaining).toBeGreaterThanOrEqual(200);
  expect(refused.remaining).toBeLessThan(250);
  expect(await one.take(KIND, who, 600, 500)).toEqual({ granted: false, remaining: 0 });
});

it("refill evenly", async () => {
  await one.take(KIND, who, 1_000, 0);
  const begun = performance.now();
  await wait(500);
  const { remaining } = await one.take(KIND, who, 0, 0);
  const passedMs = performance.now() - begun;
  expect(remaining).toBeGreaterThan(45);
  expect(remaining).toBeLessThanOrEqual((passedMs + 5) / 10);
});

it("are shared, and grant nothing twice to those who ask at the same time", async () => {
  const kind = { ...KIND, refillMs: 3_600_000 };
  const granted: boolean[] = [];
  // So many at once that each is answered within its time on a slow machine too.
  for (let wave = 0; wave < 10; wave++) {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? one : other).take(kind, who, 10, 0)),
    );
    granted.push(...answers.map((answer) => answer.granted));
  }
  expect(granted.filter(Boolean)).toHaveLength(100);
});

it("stand under the prefix ccg:budget:, and are gone when they are full again", async () => {
  const kind = { ...KIND, refillMs: 1_000 };
  await one.take(kind, who, 300, 0);
  const [key = "none"] = await redis.keys(`*${who}*`);
  expect(key).toBe(`ccg:budget:test:${who}`);
  const expiresInMs = await redis.pttl(key);
  expect(expiresInMs).toBeGreaterThan(0);
  expect(expiresInMs).toBeLessThanOrEqual(301);
  await wait(expiresInMs + 50);
  expect(await redis.exists(key)).toBe(0);
});

it("are never below empty, also where they were larger before", async () => {
  await one.take({ ...KIND, refillMs: 600_000 }, who, 1_000, 0);
  expect(await one.take(KIND, who, 0, 0)).toEqual({ granted: true, remaining: 0 });
});
