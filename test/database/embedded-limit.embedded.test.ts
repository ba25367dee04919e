// A statement of the embedded database that runs past its limit, or whose thread fails: what it wrote is gone unless it was committed, whoever
// waits is served after it, and nobody has to start anything.
import { renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import sql, { type Sql } from "sql-template-tag";
import { readRevision } from "../../src/database/read/revision";
import { RevisionWatch } from "../../src/database/revision-watch";
import { claimOf } from "../support/claims";
import { openTestDatabase } from "../support/test-database";
import { openOwnDatabase, type OwnDatabase } from "../support/own-database";

const LIMIT_MS = 700;
/** It would take minutes. */
const ENDLESS = sql`SELECT count(*) FROM generate_series(1, 2000000000)`;
const PAST_ITS_LIMIT = { code: "57014", message: `the statement was canceled: it ran for more than ${LIMIT_MS} ms` };
const LOST = { code: "08006" };
const GONE = new Error("the caller is gone");

let own: OwnDatabase;
beforeAll(async () => {
  own = await openOwnDatabase(LIMIT_MS);
});
afterAll(() => own.close());

const setPopulation = (population: number): Sql =>
  sql`UPDATE city SET population = ${population} WHERE slug = 'krakow'`;

async function population(): Promise<unknown> {
  const [row] = await own.database.query<{ population: string }>(
    sql`SELECT population FROM city WHERE slug = 'krakow'`,
  );
  return Number(row?.population);
}

/** Calls a function of the database on a pointer that leads nowhere: WebAssembly stops for good, as at a bug of PostgreSQL's. */
async function makeCrash(): Promise<void> {
  await own.database.execute("CREATE FUNCTION crash(integer) RETURNS integer LANGUAGE internal STRICT AS 'textlen'");
}
const CRASH = sql`SELECT crash(2000000000)`;

describe("a statement that runs past its limit", () => {
  it("is ended with 57014; what was committed before is there, and statements work again", async () => {
    await own.database.write("test", (session) => session.query(setPopulation(1)));
    await expect(own.database.query(ENDLESS)).rejects.toMatchObject(PAST_ITS_LIMIT);
    expect(await population()).toBe(1);
    await own.database.write("test", (session) => session.query(setPopulation(2)));
    expect(await population()).toBe(2);
  });

  it("takes its transaction with it: nothing of it is written, and the rest of it hears the same", async () => {
    const before = await readRevision(own.database);
    await own.database.write("test", (session) => session.query(setPopulation(1)));
    const later: unknown[] = [];
    const lost = own.database.write("test", async (session) => {
      await session.query(setPopulation(2));
      await session.query(ENDLESS).catch((error: unknown) => later.push(error));
      await session.query(setPopulation(3)).catch((error: unknown) => later.push(error));
    });
    await expect(lost).rejects.toMatchObject(PAST_ITS_LIMIT);
    expect(later).toEqual([expect.objectContaining(PAST_ITS_LIMIT), expect.objectContaining(PAST_ITS_LIMIT)]);
    expect(await population()).toBe(1);
    expect((await readRevision(own.database)).revision).toBe(String(Number(before.revision) + 1));
  });

  it("is not the end of those that waited for it: they run once the database is open again", async () => {
    const slow = own.database.query(ENDLESS);
    const written = own.database.write("test", (session) => session.query(setPopulation(4)));
    const read = population();
    await expect(slow).rejects.toMatchObject(PAST_ITS_LIMIT);
    await written;
    expect(await read).toBe(4);
  });

  it("may have no limit", async () => {
    const longer = sql`SELECT count(*)::int AS rows FROM generate_series(1, 6000000)`;
    expect(await own.database.unlimited.query(longer)).toEqual([{ rows: 6_000_000 }]);
  });
});

describe("a statement whose caller leaves", () => {
  it("does not run where it has not begun", async () => {
    const slow = own.database.query(ENDLESS);
    const left = claimOf("left");
    const waiting = own.database.onBehalfOf(left).query(setPopulation(5));
    left.cancel(GONE);
    await expect(waiting).rejects.toBe(GONE);
    // It was told before the other one came to its end.
    expect(await Promise.race([slow.catch(() => "ended"), Promise.resolve("runs")])).toBe("runs");
    await expect(slow).rejects.toMatchObject(PAST_ITS_LIMIT);
    expect(await population()).not.toBe(5);
    await expect(own.database.onBehalfOf(left).query(setPopulation(5))).rejects.toBe(GONE);
    expect(await population()).not.toBe(5);
  });

  it("is ended after a second, and not before", async () => {
    const left = claimOf("left");
    const database = own.database.unlimited.onBehalfOf(left);
    const short = database.query(sql`SELECT count(*)::int AS rows FROM generate_series(1, 100000)`);
    const endless = database.query(ENDLESS);
    expect(await short).toEqual([{ rows: 100_000 }]);
    await delay(100);
    const leftAt = performance.now();
    left.cancel(GONE);
    await expect(endless).rejects.toBe(GONE);
    expect(performance.now() - leftAt).toBeGreaterThan(500);
    expect(await own.database.query(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
  });
});

describe("a thread that fails", () => {
  it("is replaced: its statement hears 08006, its transaction is gone, and others go on", async () => {
    await makeCrash();
    await expect(own.database.query(CRASH)).rejects.toMatchObject(LOST);
    const before = await population();
    const lost = own.database.write("test", async (session) => {
      await session.query(setPopulation(6));
      await session.query(CRASH);
    });
    await expect(lost).rejects.toMatchObject(LOST);
    expect(await population()).toBe(before);
  });

  it("is not replaced by an empty database where the directory is away; it is tried again until it is back", async () => {
    const postgres = join(own.directory, "postgres");
    const count = sql`SELECT count(*)::int AS cities FROM city`;
    const slow = own.database.query(ENDLESS);
    await delay(200);
    renameSync(postgres, `${postgres}-away`);
    await expect(slow).rejects.toMatchObject(PAST_ITS_LIMIT);
    await expect(own.database.query(count)).rejects.toMatchObject(LOST);
    renameSync(`${postgres}-away`, postgres);
    // Within a second of the last attempt there is no other.
    await expect(own.database.query(count)).rejects.toMatchObject(LOST);
    await delay(1_200);
    expect(await own.database.query(count)).toEqual([{ cities: 401 }]);
  });

  it("takes with it what was in memory: everything after that hears 08006", async () => {
    const { database, close } = await openTestDatabase();
    await database.execute("CREATE FUNCTION crash(integer) RETURNS integer LANGUAGE internal STRICT AS 'textlen'");
    await expect(database.query(CRASH)).rejects.toMatchObject(LOST);
    await expect(database.query(sql`SELECT 1`)).rejects.toMatchObject(LOST);
    await close();
  });
});

it("tells its listeners that messages may be lost, and of what comes after", async () => {
  const heard: string[] = [];
  const stop = await own.database.listen("some_channel", {
    onMessage: (payload) => heard.push(payload),
    onListening: () => heard.push("(listens)"),
  });
  await own.database.execute("NOTIFY some_channel, 'one'");
  await expect(own.database.query(ENDLESS)).rejects.toMatchObject(PAST_ITS_LIMIT);
  await own.database.execute("NOTIFY some_channel, 'two'");
  await stop();
  await own.database.execute("NOTIFY some_channel, 'three'");
  await delay(50);
  expect(heard).toEqual(["(listens)", "one", "(listens)", "two"]);
});

it("keeps a watch of the revision going", async () => {
  const watch = await RevisionWatch.start(own.database, { pollMs: 600_000, pollWhileAwaitedMs: 600_000 });
  await expect(own.database.query(ENDLESS)).rejects.toMatchObject(PAST_ITS_LIMIT);
  await own.database.write("test", (session) => session.query(setPopulation(7)));
  const { revision } = await readRevision(own.database);
  expect(watch.current().revision).toBe(revision);
  await watch.close();
});

it("reads little of the log when it is opened anew, however much was written", async () => {
  await own.database.execute("CREATE TABLE filler (text text)");
  for (let times = 0; times < 8; times++) {
    await own.database.unlimited.write("test", (session) =>
      session.execute("INSERT INTO filler SELECT md5(i::text) FROM generate_series(1, 100000) i"),
    );
  }
  const [found] = await own.database.query<{ written: number; toRead: number }>(sql`
    SELECT pg_table_size('filler')::int AS written,
      pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::int AS "toRead" FROM pg_control_checkpoint()`);
  expect(found?.written).toBeGreaterThan(50_000_000);
  expect(found?.toRead).toBeLessThan(46_000_000);
});
