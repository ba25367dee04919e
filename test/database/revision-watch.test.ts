// What a process knows of the newest revision: told by messages, found by asking, whatever is lost in between.
import sql from "sql-template-tag";
import type { Database } from "../../src/database/database";
import { beginEpochIfRestored } from "../../src/database/epoch";
import { readRevision } from "../../src/database/read/revision";
import type { WatchTimes } from "../../src/database/revision-watch.state";
import { RevisionWatch } from "../../src/database/revision-watch";
import { openConsole } from "../support/console";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { databaseDouble, type DatabaseChanges } from "../support/database-double";

const CHANNEL = "ccg_revision";
const NEVER_MS = 600_000;
const NO_POLL: WatchTimes = { pollMs: NEVER_MS, pollWhileAwaitedMs: NEVER_MS };
const OTHER_EPOCH = "01900000-0000-7000-8000-00000000000e";
const GROW = "UPDATE city SET population = coalesce(population, 0) + 1 WHERE slug = 'krakow'";

let backend: TestDatabase;
let watches: RevisionWatch[] = [];
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterEach(async () => {
  for (const watch of watches) await watch.close();
  watches = [];
});
afterAll(() => backend.close());

async function start(times: Partial<WatchTimes>, database: Database = backend.database): Promise<RevisionWatch> {
  const watch = await RevisionWatch.start(database, times);
  watches.push(watch);
  return watch;
}

const deaf = (database: Database, changes: DatabaseChanges = () => ({})): Database => ({
  ...databaseDouble(database, changes),
  listen: () => Promise.resolve(() => Promise.resolve()),
});

/** @returns the revision that it made */
async function grow(): Promise<string> {
  return backend.database.write("test", async (session) => {
    await session.execute(GROW);
    return (await readRevision(session)).revision;
  });
}

const after = (revision: string, by = 1): string => String(BigInt(revision) + BigInt(by));

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("it never came to hold");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("messages", () => {
  it("come once for each transaction that changed something, with epoch and revision", async () => {
    const { epoch, revision } = await readRevision(backend.database);
    const heard: string[] = [];
    const stop = await backend.database.listen(CHANNEL, {
      onMessage: (payload) => heard.push(payload),
      onListening: () => undefined,
    });
    const console = await openConsole(backend);
    await grow();
    await console.run([
      "BEGIN",
      GROW,
      GROW,
      "INSERT INTO record_name (record_id, name) SELECT id, 'New' FROM city",
      "COMMIT",
    ]);
    await console.run(["BEGIN", GROW, "ROLLBACK"]);
    await console.run([GROW.replace("+ 1", "+ 0")]);
    await console.run(["BEGIN", "SAVEPOINT s", GROW, "ROLLBACK TO s", GROW, "COMMIT"]);
    await console.close();
    await backend.database.execute(`SELECT pg_notify('${CHANNEL}', 'the last')`);
    await until(() => heard.includes("the last"));
    expect(heard).toEqual([...[1, 2, 3].map((by) => `${epoch}:${after(revision, by)}`), "the last"]);

    await stop();
    await grow();
    expect(heard).toHaveLength(4);
  });

  it("tell at once what others committed", async () => {
    const watch = await start(NO_POLL);
    expect(watch.current()).toEqual(await readRevision(backend.database));
    const revision = await grow();
    await until(() => watch.current().revision === revision);
    const console = await openConsole(backend);
    await console.run([GROW]);
    await console.close();
    await until(() => watch.current().revision === after(revision));
  });

  it("that are none of ours are not believed", async () => {
    const watch = await start(NO_POLL);
    const before = watch.current();
    for (const payload of ["", "rubbish", `${OTHER_EPOCH}:9`, `${before.epoch}:-1`, `${before.epoch}:1e9`]) {
      await backend.database.query(sql`SELECT pg_notify(${CHANNEL}, ${payload})`);
    }
    const revision = await grow();
    await until(() => watch.current().revision === revision);
    expect(watch.current().epoch).toBe(before.epoch);
  });
});

describe("without messages", () => {
  it("the database is asked by the clock", async () => {
    const watch = await start({ pollMs: 20 }, deaf(backend.database));
    const revision = await grow();
    await until(() => watch.current().revision === revision);
  });

  it("it is asked more often while somebody waits", async () => {
    const watch = await start({ pollMs: NEVER_MS, pollWhileAwaitedMs: 20 }, deaf(backend.database));
    const next = after(watch.current().revision);
    const reached = watch.reached(next, 20_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await grow();
    expect(await reached).toBe(true);
  });

  it("a fault of the database changes nothing, and the next answer counts", async () => {
    let isBroken = false;
    const watch = await start(
      { pollMs: 20 },
      deaf(backend.database, (inner) => ({
        query: (statement) => (isBroken ? Promise.reject(new Error("gone")) : inner.query(statement)),
      })),
    );
    const before = watch.current();
    isBroken = true;
    const revision = await grow();
    await watch.ask();
    expect(watch.current()).toEqual(before);
    isBroken = false;
    await until(() => watch.current().revision === revision);
  });
});

describe("what is known", () => {
  it("only grows within an epoch, compared as numbers", async () => {
    const watch = await start(NO_POLL);
    const { epoch } = watch.current();
    watch.note({ epoch, revision: "1000000000" });
    watch.note({ epoch, revision: "999999999" });
    expect(watch.current()).toEqual({ epoch, revision: "1000000000" });
    watch.note({ epoch: OTHER_EPOCH, revision: "3" });
    expect(watch.current()).toEqual({ epoch: OTHER_EPOCH, revision: "3" });
  });

  it("begins a new epoch where the database has a lower revision than it told: it was put back", async () => {
    const watch = await start(NO_POLL);
    const { epoch, revision } = watch.current();
    watch.note({ epoch, revision: after(revision, 3) });
    await watch.ask();
    expect(watch.current().revision).toBe(revision);
    expect(watch.current().epoch).not.toBe(epoch);
    expect(await readRevision(backend.database)).toEqual(watch.current());
  });

  it("begins a new epoch where the tables of the database were restored", async () => {
    const watch = await start({ pollMs: 20 });
    const { epoch, revision } = watch.current();
    await backend.database.execute("UPDATE revision_counter SET home = '1:1:1'");
    await until(() => watch.current().epoch !== epoch);
    expect(await readRevision(backend.database)).toEqual({ epoch: watch.current().epoch, revision });
  });

  it("begins one where the database was put back, however many messages come of it", async () => {
    const watch = await start({ pollMs: 50 });
    const { epoch } = watch.current();
    for (let i = 0; i < 5; i++) await grow();
    await until(async () => watch.current().revision === (await readRevision(backend.database)).revision);
    await backend.database.execute("UPDATE revision_counter SET revision = revision - 1000000");
    const telling = setInterval(() => {
      void backend.database.query(sql`SELECT pg_notify(${CHANNEL}, ${`${epoch}:0`})`);
    }, 10);
    await until(() => watch.current().epoch !== epoch).finally(() => {
      clearInterval(telling);
    });
    expect(await readRevision(backend.database)).toEqual(watch.current());
    await backend.database.execute("UPDATE revision_counter SET revision = revision + 1000000");
  });

  it("goes over to a new epoch, and not back by a late message", async () => {
    const watch = await start({ pollMs: 20 });
    const { epoch, revision } = watch.current();
    await backend.database.execute("UPDATE revision_counter SET home = '1:1:1'");
    await beginEpochIfRestored(backend.database);
    await until(() => watch.current().epoch !== epoch);
    const begun = await readRevision(backend.database);
    await backend.database.query(sql`SELECT pg_notify(${CHANNEL}, ${`${epoch}:${after(revision, 5)}`})`);
    const made = await grow();
    await until(() => watch.current().revision === made);
    expect(watch.current()).toEqual({ epoch: begun.epoch, revision: made });
  });

  it("is not taken back by an answer of the epoch before", async () => {
    let answer: (() => void) | undefined;
    let isSlow = false;
    const slow = deaf(backend.database, (inner) => ({
      query: async (statement) => {
        const rows = await inner.query(statement);
        if (isSlow) await new Promise<void>((resolve) => (answer = resolve));
        return rows as never;
      },
    }));
    const watch = await start(NO_POLL, slow);
    isSlow = true;
    const asked = watch.ask();
    watch.note({ epoch: OTHER_EPOCH, revision: "1" });
    await until(() => answer !== undefined);
    answer?.();
    await asked;
    expect(watch.current()).toEqual({ epoch: OTHER_EPOCH, revision: "1" });
  });
});

describe("whoever waits", () => {
  it("is told as soon as the revision is reached, by whichever comes", async () => {
    const watch = await start(NO_POLL);
    const { epoch, revision } = watch.current();
    expect(await watch.reached(revision, 0)).toBe(true);
    const [one, two] = [watch.reached(after(revision), NEVER_MS), watch.reached(after(revision, 2), NEVER_MS)];
    await grow();
    expect(await one).toBe(true);
    watch.note({ epoch, revision: after(revision, 2) });
    expect(await two).toBe(true);
  });

  it("finds what was committed and not told, by asking once", async () => {
    const watch = await start(NO_POLL, deaf(backend.database));
    const revision = await grow();
    expect(BigInt(watch.current().revision)).toBeLessThan(BigInt(revision));
    expect(await watch.reached(revision, NEVER_MS)).toBe(true);
  });

  it("is told when the time is over, or the watch", async () => {
    const watch = await start({});
    const never = after(watch.current().revision, 1_000_000);
    const asked = Date.now();
    expect(await watch.reached(never, 50)).toBe(false);
    expect(Date.now() - asked).toBeGreaterThanOrEqual(49);
    const waiting = watch.reached(never, NEVER_MS);
    await watch.close();
    expect(await waiting).toBe(false);
    expect(await watch.reached(never, NEVER_MS)).toBe(false);
  });

  it("costs the database one statement at a time, however many they are", async () => {
    let statements = 0;
    const counting = deaf(backend.database, (inner) => ({
      query: (statement) => {
        statements += 1;
        return inner.query(statement);
      },
    }));
    const watch = await start(NO_POLL, counting);
    statements = 0;
    const never = after(watch.current().revision, 1_000_000);
    const answers = await Promise.all(Array.from({ length: 100 }, () => watch.reached(never, 200)));
    expect(new Set(answers)).toEqual(new Set([false]));
    expect(statements).toBe(2);
  });
});
