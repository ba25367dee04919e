// On whose behalf statements run: what is canceled ends, what reads too much is given up, and callers take turns.
import sql from "sql-template-tag";
import { ApiError } from "../../src/kernel/errors";
import { claimOf } from "../support/claims";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

const OVER = new Error("the caller has left");

const titleOf = (slug: string): Promise<{ title: string }[]> =>
  backend.database.query(sql`SELECT title FROM project WHERE slug = ${slug}`);

it("gives up a statement that reads more than its claim may, and goes on with others", async () => {
  let read = 0;
  const tooMuch = new ApiError("QUERY_TOO_COMPLEX", "too much", "ANSWER_SIZE");
  const claim = claimOf("reader", (characters) => {
    read += characters;
    if (read > 10_000) throw tooMuch;
  });
  const database = backend.database.onBehalfOf(claim);
  const texts = sql`SELECT repeat('x', 100) AS text FROM generate_series(1, 50000)`;
  await expect(database.query(texts)).rejects.toBe(tooMuch);
  expect(read).toBeLessThan(20_000);
  read = 0;
  await expect(database.query(sql`SELECT 1::int4 AS one`)).resolves.toEqual([{ one: 1 }]);
});

it("hashes sets of related records, however many there are", async () => {
  const [set] = await backend.database.query<{ work: string; sets: string; parallel: string }>(sql`
    SELECT current_setting('work_mem') AS work, current_setting('hash_mem_multiplier') AS sets,
      current_setting('max_parallel_workers_per_gather') AS parallel`);
  expect(set).toEqual({ work: "4MB", sets: "32", parallel: "0" });
});

it("begins nothing under a claim that is canceled", async () => {
  const claim = claimOf("reader");
  const database = backend.database.onBehalfOf(claim);
  claim.cancel(OVER);
  await expect(database.query(sql`SELECT 1`)).rejects.toBe(OVER);
  await expect(database.write("test", () => Promise.resolve())).rejects.toBe(OVER);
});

it("takes back a write whose claim is canceled before it commits", async () => {
  const claim = claimOf("writer");
  const before = await titleOf("city-to-city-2020");
  const write = backend.database.onBehalfOf(claim).write("test", async (session) => {
    await session.query(sql`UPDATE project SET title = 'Another' WHERE slug = 'city-to-city-2020'`);
    claim.cancel(OVER);
  });
  await expect(write).rejects.toBe(OVER);
  expect(await titleOf("city-to-city-2020")).toEqual(before);
});

it("lets those for whom the reserve is take turns, however much one of them asks", async () => {
  let answered = 0;
  const much = backend.database.reserveFor("much");
  const all = Array.from({ length: 20 }, async () => {
    await much.query(sql`SELECT pg_sleep(0.02) AS slept`);
    answered += 1;
  });
  await backend.database.reserveFor("little").query(sql`SELECT 1`);
  expect(answered).toBeLessThanOrEqual(2);
  await Promise.all(all);
});
