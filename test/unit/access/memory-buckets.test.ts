// Buckets in memory are bounded, however many callers there are.
import { MemoryBuckets } from "../../../src/access/budgets/memory-buckets";

const KIND = { name: "anonymous", size: 100, refillMs: 60_000 };

it("keeps the 50,000 that were asked last: others begin with a full one", async () => {
  const buckets = new MemoryBuckets();
  const remaining = async (who: string): Promise<number> => (await buckets.take(KIND, who, 0, 0)).remaining;
  await buckets.take(KIND, "seldom", 60, 0);
  await buckets.take(KIND, "often", 60, 0);
  for (let i = 0; i < 49_999; i += 1) {
    await buckets.take(KIND, String(i), 1, 0);
    if (i % 1_000 === 0) await remaining("often");
  }
  expect(await remaining("often")).toBeLessThan(50);
  expect(await remaining("seldom")).toBe(100);
});
