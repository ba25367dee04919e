// Wrong keys are counted for each address.
import { MemoryBuckets } from "../../../src/access/budgets/memory-buckets";
import { WrongKeys } from "../../../src/access/wrong-keys";
import { FakeTime } from "../../support/fake-time";

const ADDRESS = "192.0.2.1";

afterEach(() => {
  jest.restoreAllMocks();
});

it("takes so many of an address a minute, spread over it", async () => {
  const time = new FakeTime();
  const wrongKeys = new WrongKeys(new MemoryBuckets(), 20);
  for (let i = 0; i < 20; i += 1) await wrongKeys.count(ADDRESS);
  await expect(wrongKeys.count(ADDRESS)).rejects.toMatchObject({
    code: "RATE_LIMITED",
    reason: "TOO_MANY_WRONG_KEYS",
    retryAfterMs: 3_000,
  });
  await expect(wrongKeys.count("192.0.2.2")).resolves.toBeUndefined();
  // A millisecond more than was said: fractions are not exact.
  time.pass(3_001);
  await expect(wrongKeys.count(ADDRESS)).resolves.toBeUndefined();
  await expect(wrongKeys.count(ADDRESS)).rejects.toThrow("20 a minute");
});

it("takes any number where the limit is 0", async () => {
  const wrongKeys = new WrongKeys(new MemoryBuckets(), 0);
  for (let i = 0; i < 1_000; i += 1) await wrongKeys.count(ADDRESS);
});
