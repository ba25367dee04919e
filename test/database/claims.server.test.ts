// On whose behalf statements run on a PostgreSQL server, where several run at once: what is canceled ends there, and callers share the sessions.
import sql from "sql-template-tag";
import { claimOf } from "../support/claims";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

const OVER = new Error("the caller has left");
const SLEEP = sql`SELECT pg_sleep(30) AS slept`;

async function sleeping(): Promise<number> {
  const [row] = await backend.database.query<{ count: string }>(sql`
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'`);
  return Number(row?.count);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("it never came to hold");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it("cancels what runs, and gives up what waits", async () => {
  const claim = claimOf("sleeper");
  const database = backend.database.onBehalfOf(claim);
  const statements = Array.from({ length: 12 }, () => database.query(SLEEP));
  const outcomes = Promise.allSettled(statements);
  await until(async () => (await sleeping()) > 0);
  const began = Date.now();
  claim.cancel(OVER);
  for (const outcome of await outcomes) expect(outcome).toEqual({ status: "rejected", reason: OVER });
  expect(Date.now() - began).toBeLessThan(2_000);
  expect(await sleeping()).toBe(0);
  // The sessions are good for others.
  const others = Array.from({ length: 20 }, () => backend.database.query(sql`SELECT 1::int4 AS one`));
  expect(await Promise.all(others)).toEqual(others.map(() => [{ one: 1 }]));
});

it("lets a caller have half of the sessions that read, whatever it asks", async () => {
  const claim = claimOf("sleeper");
  const sleeper = backend.database.onBehalfOf(claim);
  const statements = Promise.allSettled(Array.from({ length: 40 }, () => sleeper.query(SLEEP)));
  await until(async () => (await sleeping()) > 0);
  expect(await sleeping()).toBe(4);
  const began = Date.now();
  await backend.database.onBehalfOf(claimOf("other")).query(sql`SELECT 1`);
  await backend.database.write("other", (session) => session.query(sql`SELECT 1`));
  await backend.database.reserveFor("server").query(sql`SELECT 1`);
  expect(Date.now() - began).toBeLessThan(1_000);
  claim.cancel(OVER);
  await statements;
});

it("does not wait for a locked table longer than two seconds, to read it", async () => {
  const locked = backend.database.write("test", async (session) => {
    await session.execute("LOCK TABLE expert IN ACCESS EXCLUSIVE MODE");
    await session.query(sql`SELECT pg_sleep(4)`);
  });
  await until(async () => (await sleeping()) > 0);
  const began = Date.now();
  await expect(backend.database.query(sql`SELECT count(*) FROM expert`)).rejects.toMatchObject({ code: "55P03" });
  expect(Date.now() - began).toBeLessThan(3_500);
  await locked;
});

it("compiles nothing, so that a statement ends when its time is over", async () => {
  expect(await backend.database.query(sql`SHOW jit`)).toEqual([{ jit: "off" }]);
});
