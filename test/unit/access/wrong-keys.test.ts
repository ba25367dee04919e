// Wrong keys are counted for each address, and keys are looked up a few at a time.
import { MemoryBuckets } from "../../../src/access/budgets/memory-buckets";
import { WrongKeys } from "../../../src/access/wrong-keys";
import { StandingTime } from "../../support/standing-time";

const ADDRESS = "192.0.2.1";

afterEach(() => {
  jest.restoreAllMocks();
});

it("takes so many of an address a minute, spread over it", async () => {
  const time = new StandingTime();
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

it("looks four up at once for one address, in order, and does not let another address wait", async () => {
  const wrongKeys = new WrongKeys(new MemoryBuckets(), 20);
  const begun: string[] = [];
  const endings: (() => void)[] = [];
  const lookUp = (name: string) => async () => {
    begun.push(name);
    await new Promise<void>((resolve) => endings.push(resolve));
    return name;
  };
  const asked = ["a", "b", "c", "d", "e", "f"].map((name) => wrongKeys.inTurn(ADDRESS, lookUp(name)));
  const other = wrongKeys.inTurn("192.0.2.2", lookUp("other"));
  await new Promise(setImmediate);
  expect(begun).toEqual(["a", "b", "c", "d", "other"]);
  endings[0]?.();
  await asked[0];
  await new Promise(setImmediate);
  expect(begun).toEqual(["a", "b", "c", "d", "other", "e"]);
  for (let i = 1; i < 7; i += 1) {
    endings[i]?.();
    await new Promise(setImmediate);
  }
  expect(await Promise.all([...asked, other])).toEqual(["a", "b", "c", "d", "e", "f", "other"]);
});

it("goes on after a look-up that failed", async () => {
  const wrongKeys = new WrongKeys(new MemoryBuckets(), 20);
  const failing = Array.from({ length: 10 }, () => wrongKeys.inTurn(ADDRESS, () => Promise.reject(new Error("away"))));
  expect((await Promise.allSettled(failing)).every(({ status }) => status === "rejected")).toBe(true);
  expect(await wrongKeys.inTurn(ADDRESS, () => Promise.resolve("found"))).toBe("found");
});
