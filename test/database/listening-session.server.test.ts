// The session that listens on a PostgreSQL server: one for a watch, replaced when it breaks, and gone with whoever listens.
import sql from "sql-template-tag";
import { readRevision } from "../../src/database/read/revision";
import { RevisionWatch } from "../../src/database/revision-watch";
import { openServerBackend } from "../../src/database/server-backend";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

const NO_POLL = { pollMs: 600_000, pollWhileAwaitedMs: 600_000 };

describe("a session that listens", () => {
  let backend: TestDatabase;
  beforeAll(async () => {
    backend = await openTestDatabase();
  });
  afterAll(() => backend.close());

  async function listeners(): Promise<number[]> {
    const rows = await backend.database.query<{ pid: number }>(sql`
      SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`);
    return rows.map(({ pid }) => pid);
  }

  /** @returns the revision that it made */
  const grow = (): Promise<string> =>
    backend.database.write("test", async (session) => {
      await session.execute("UPDATE city SET population = coalesce(population, 0) + 1 WHERE slug = 'krakow'");
      return (await readRevision(session)).revision;
    });

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error("it never came to hold");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  it("is replaced when it is killed; what was committed meanwhile is found, and messages come again", async () => {
    const watch = await RevisionWatch.start(backend.database, NO_POLL);
    for (let times = 0; times < 3; times++) {
      const [listener = 0, ...others] = await listeners();
      expect(others).toEqual([]);
      await backend.database.query(sql`SELECT pg_terminate_backend(${listener}::int)`);
      await until(async () => !(await listeners()).includes(listener));
      const missed = await grow();
      await until(() => watch.current().revision === missed);
      await until(async () => (await listeners()).length === 1);
      const heard = await grow();
      await until(() => watch.current().revision === heard);
    }
    await watch.close();
    await until(async () => (await listeners()).length === 0);
  });

  it("ends with the database too", async () => {
    const other = await openServerBackend({ url: backend.url ?? "", poolSize: 2, statementTimeoutMs: 10_000 });
    const stop = await other.listen("some_channel", { onMessage: () => undefined, onListening: () => undefined });
    expect(await listeners()).toHaveLength(1);
    await other.close();
    await until(async () => (await listeners()).length === 0);
    await stop();
  });
});
