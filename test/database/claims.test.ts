// On whose behalf statements run: what is canceled ends, what reads too much is given up, and callers take turns.
import sql from "sql-template-tag";
import { ApiError } from "../../src/kernel/errors";
import { claimOf } from "../support/claims";
import { openTestDatabase, testServer, type TestDatabase } from "../support/home";

const onServerOnly = testServer === undefined ? describe.skip : describe;

let home: TestDatabase;
beforeAll(async () => {
  home = await openTestDatabase();
});
afterAll(() => home.close());

const OVER = new Error("the caller has left");

const titleOf = (slug: string): Promise<{ title: string }[]> =>
  home.database.query(sql`SELECT title FROM project WHERE slug = ${slug}`);

it("gives up a statement that reads more than its claim may, and goes on with others", async () => {
  let read = 0;
  const tooMuch = new ApiError("QUERY_TOO_COMPLEX", "too much", "ANSWER_SIZE");
  const claim = claimOf("reader", (characters) => {
    read += characters;
    if (read > 10_000) throw tooMuch;
  });
  const database = home.database.onBehalfOf(claim);
  const texts = sql`SELECT repeat('x', 100) AS text FROM generate_series(1, 50000)`;
  await expect(database.query(texts)).rejects.toBe(tooMuch);
  expect(read).toBeLessThan(20_000);
  read = 0;
  await expect(database.query(sql`SELECT 1::int4 AS one`)).resolves.toEqual([{ one: 1 }]);
});

it("hashes sets of related records, however many there are", async () => {
  const [set] = await home.database.query<{ work: string; sets: string; parallel: string }>(sql`
    SELECT current_setting('work_mem') AS work, current_setting('hash_mem_multiplier') AS sets,
      current_setting('max_parallel_workers_per_gather') AS parallel`);
  expect(set).toEqual({ work: "4MB", sets: "32", parallel: "0" });
});

it("begins nothing under a claim that is canceled", async () => {
  const claim = claimOf("reader");
  const database = home.database.onBehalfOf(claim);
  claim.cancel(OVER);
  await expect(database.query(sql`SELECT 1`)).rejects.toBe(OVER);
  await expect(database.write("test", () => Promise.resolve())).rejects.toBe(OVER);
});

it("takes back a write whose claim is canceled before it commits", async () => {
  const claim = claimOf("writer");
  const before = await titleOf("city-to-city-2020");
  const write = home.database.onBehalfOf(claim).write("test", async (session) => {
    await session.query(sql`UPDATE project SET title = 'Another' WHERE slug = 'city-to-city-2020'`);
    claim.cancel(OVER);
  });
  await expect(write).rejects.toBe(OVER);
  expect(await titleOf("city-to-city-2020")).toEqual(before);
});

it("lets those for whom the reserve is take turns, however much one of them asks", async () => {
  let answered = 0;
  const much = home.database.reserveFor("much");
  const all = Array.from({ length: 20 }, async () => {
    await much.query(sql`SELECT pg_sleep(0.02) AS slept`);
    answered += 1;
  });
  await home.database.reserveFor("little").query(sql`SELECT 1`);
  expect(answered).toBeLessThanOrEqual(2);
  await Promise.all(all);
});

onServerOnly("on a server (skipped without CCG_TEST_SERVER)", () => {
  const SLEEP = sql`SELECT pg_sleep(30) AS slept`;

  async function sleeping(): Promise<number> {
    const [row] = await home.database.query<{ count: string }>(sql`
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
    const database = home.database.onBehalfOf(claim);
    const statements = Array.from({ length: 12 }, () => database.query(SLEEP));
    const outcomes = Promise.allSettled(statements);
    await until(async () => (await sleeping()) > 0);
    const began = Date.now();
    claim.cancel(OVER);
    for (const outcome of await outcomes) expect(outcome).toEqual({ status: "rejected", reason: OVER });
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(await sleeping()).toBe(0);
    // The sessions are good for others.
    const others = Array.from({ length: 20 }, () => home.database.query(sql`SELECT 1::int4 AS one`));
    expect(await Promise.all(others)).toEqual(others.map(() => [{ one: 1 }]));
  });

  it("lets a caller have half of the sessions that read, whatever it asks", async () => {
    const claim = claimOf("sleeper");
    const sleeper = home.database.onBehalfOf(claim);
    const statements = Promise.allSettled(Array.from({ length: 40 }, () => sleeper.query(SLEEP)));
    await until(async () => (await sleeping()) > 0);
    expect(await sleeping()).toBe(4);
    const began = Date.now();
    await home.database.onBehalfOf(claimOf("other")).query(sql`SELECT 1`);
    await home.database.write("other", (session) => session.query(sql`SELECT 1`));
    await home.database.reserveFor("server").query(sql`SELECT 1`);
    expect(Date.now() - began).toBeLessThan(1_000);
    claim.cancel(OVER);
    await statements;
  });

  it("does not wait for a locked table longer than two seconds, to read it", async () => {
    const locked = home.database.write("test", async (session) => {
      await session.execute("LOCK TABLE expert IN ACCESS EXCLUSIVE MODE");
      await session.query(sql`SELECT pg_sleep(4)`);
    });
    await until(async () => (await sleeping()) > 0);
    const began = Date.now();
    await expect(home.database.query(sql`SELECT count(*) FROM expert`)).rejects.toMatchObject({ code: "55P03" });
    expect(Date.now() - began).toBeLessThan(3_500);
    await locked;
  });

  it("compiles nothing, so that a statement ends when its time is over", async () => {
    expect(await home.database.query(sql`SHOW jit`)).toEqual([{ jit: "off" }]);
  });
});
