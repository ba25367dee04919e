// What a request takes from its caller's bucket, and what a refusal costs.
import { Budgets, type BudgetState, type CallerBudget } from "../../../src/access/budgets/budgets";
import { MemoryBuckets } from "../../../src/access/budgets/memory-buckets";
import { RateLimited } from "../../../src/access/budgets/rate-limited";
import { ANONYMOUS, type Viewer } from "../../../src/kernel/viewer";
import { FakeTime } from "../../support/fake-time";

const READER: Viewer = { role: "READER", keyId: "1", scope: null, keyName: "reader", expiresAt: null };

let time: FakeTime;
let budgets: Budgets;
beforeEach(() => {
  time = new FakeTime();
  budgets = new Budgets(new MemoryBuckets(), { anonymousPerMinute: 6_000, keyPerMinute: 60_000 });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const anonymous = (): CallerBudget => budgets.of(ANONYMOUS, "address:192.0.2.1");

async function refusalOf(work: Promise<unknown>): Promise<RateLimited> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RateLimited)) throw new Error("nothing was refused");
  return error;
}

async function spend(cost: number): Promise<BudgetState | null> {
  const budget = anonymous();
  await budget.enter(0);
  await budget.spend(cost);
  return budget.state;
}

it("takes 50 for a request, its operation's cost rounded up, and tells what is left and when all is back", async () => {
  expect(await spend(99.1)).toEqual({
    name: "anonymous",
    limit: 6_000,
    remaining: 5_850,
    resetMs: 1_500,
    refillMs: 60_000,
  });
});

it("refills evenly, and never beyond its size", async () => {
  await spend(2_950);
  time.pass(10_000);
  expect((await spend(1))?.remaining).toBe(6_000 - 3_000 + 1_000 - 51);
  time.pass(3_600_000);
  expect((await spend(1))?.remaining).toBe(6_000 - 51);
});

it("takes of a refused operation no more than its request, and tells when it will be granted", async () => {
  await spend(4_950);
  const budget = anonymous();
  await budget.enter(0);
  const refusal = await refusalOf(budget.spend(2_000));
  expect(budget.state?.remaining).toBe(950);
  expect(refusal).toMatchObject({
    code: "RATE_LIMITED",
    reason: "BUDGET_SPENT",
    retryAfterMs: 11_000,
    retryAfterS: 11,
  });
  expect(refusal.message).toBe("the budget is used up: this costs 2050, and 950 of 6000 a minute are left");
  time.pass(refusal.retryAfterMs);
  expect((await spend(2_000))?.remaining).toBe(0);
});

it("takes the rest from whoever cannot pay for a request", async () => {
  await spend(5_920);
  const refusal = await refusalOf(anonymous().enter(0));
  expect(refusal.retryAfterMs).toBe(500);
  time.pass(499);
  expect((await refusalOf(anonymous().enter(0))).reason).toBe("BUDGET_SPENT");
});

it.each([
  [0, 50],
  [1_200, 170],
  [12_000, 12_050],
  [200_000, 12_050],
])("takes for a document of %d characters %d", async (length, cost) => {
  const budget = budgets.of(READER, "key:1");
  await budget.enter(length);
  expect(budget.state?.remaining).toBe(60_000 - cost);
  expect(budget.operationCostAtMost).toBe(60_000 - cost);
});

it("has a bucket for each caller, and another size with a key", async () => {
  await refusalOf(spend(6_000));
  const other = budgets.of(ANONYMOUS, "address:192.0.2.2");
  await other.enter(0);
  expect(other.state).toMatchObject({ name: "anonymous", limit: 6_000, remaining: 5_950 });
  const key = budgets.of(READER, "key:1");
  await key.enter(0);
  expect(key.state).toMatchObject({ name: "key", limit: 60_000, remaining: 59_950 });
});

it("grants no two callers at the same time the same content", async () => {
  const answers = await Promise.allSettled(Array.from({ length: 100 }, () => anonymous().spend(550)));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
});

it("knows no limit where a budget is 0", async () => {
  const none = new Budgets(new MemoryBuckets(), { anonymousPerMinute: 0, keyPerMinute: 0 }).of(
    ANONYMOUS,
    "address:::1",
  );
  await none.enter(1e9);
  await none.spend(1e9);
  expect([none.limit, none.state, none.estimated, none.operationCostAtMost]).toEqual([null, null, 1e9, Infinity]);
});
