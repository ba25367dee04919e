// Buckets of this process stand in for shared ones that do not answer.
import type { BucketKind, Buckets, Taken } from "../../../src/access/budgets/buckets";
import { InsuredBuckets } from "../../../src/access/budgets/insured-buckets";
import { MemoryBuckets } from "../../../src/access/budgets/memory-buckets";

const KIND: BucketKind = { name: "anonymous", size: 100, refillMs: 60_000 };

class Shared implements Buckets {
  isAway = false;
  asked = 0;

  take(): Promise<Taken> {
    this.asked += 1;
    return this.isAway ? Promise.reject(new Error("no answer")) : Promise.resolve({ granted: true, remaining: 7 });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

let shared: Shared;
let said: string[];
let buckets: InsuredBuckets;
beforeEach(() => {
  jest.useFakeTimers();
  shared = new Shared();
  said = [];
  buckets = new InsuredBuckets(shared, new MemoryBuckets(), {
    onAway: (error) => said.push(`away: ${String(error)}`),
    onBack: () => said.push("back"),
  });
});
afterEach(async () => {
  await buckets.close();
  jest.useRealTimers();
});

const take = (): Promise<Taken> => buckets.take(KIND, "somebody", 40, 0);

it("asks the shared ones while they answer", async () => {
  expect(await take()).toEqual({ granted: true, remaining: 7 });
  expect(said).toEqual([]);
});

it("counts by itself, tells it once and asks them no more for callers when they do not", async () => {
  shared.isAway = true;
  expect(await Promise.all([take(), take(), take()])).toMatchObject([
    { granted: true, remaining: 60 },
    { granted: true, remaining: 20 },
    { granted: false, remaining: 20 },
  ]);
  expect(said).toEqual(["away: Error: no answer"]);
  const { asked } = shared;
  await take();
  expect(shared.asked).toBe(asked);
});

it("goes back to them when they answer again, and tells it once", async () => {
  shared.isAway = true;
  await take();
  await jest.advanceTimersByTimeAsync(5_000);
  expect(said).toHaveLength(1);
  shared.isAway = false;
  await jest.advanceTimersByTimeAsync(1_000);
  expect(said).toEqual(["away: Error: no answer", "back"]);
  expect(await take()).toEqual({ granted: true, remaining: 7 });
  await jest.advanceTimersByTimeAsync(5_000);
  expect(said).toHaveLength(2);
});

it("asks no more once it is closed", async () => {
  shared.isAway = true;
  await take();
  await buckets.close();
  const { asked } = shared;
  await jest.advanceTimersByTimeAsync(5_000);
  expect(shared.asked).toBe(asked);
});
