// Consoles beside the program on a PostgreSQL server: what they wait for, and what a stricter isolation does to them.
import { Client } from "pg";
import sql from "sql-template-tag";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { readLog } from "../support/log-replay";

describe("a console on the server", () => {
  let backend: TestDatabase;
  let console: Client;
  beforeAll(async () => {
    backend = await openTestDatabase();
    console = new Client({ connectionString: backend.url });
    await console.connect();
  });
  afterAll(async () => {
    await console.end();
    await backend.close();
  });
  afterEach(() => console.query("ROLLBACK"));

  async function counter(): Promise<string> {
    const [row] = await backend.database.query<{ revision: string }>(sql`SELECT revision FROM revision_counter`);
    return row?.revision ?? "";
  }

  const write = (population: number): Promise<void> =>
    backend.database.write("writer", (session) =>
      session.execute(`UPDATE city SET population = ${population} WHERE slug = 'krakow'`),
    );

  /** Resolves once a session waits for another's lock. */
  async function somebodyWaits(): Promise<void> {
    for (;;) {
      const [row] = await backend.database.query<{ waits: boolean }>(
        sql`SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`,
      );
      if (row?.waits === true) return;
    }
  }

  it("makes the program's writer wait, which then reads what the console committed", async () => {
    await console.query("BEGIN");
    await console.query("UPDATE city SET population = 10 WHERE slug = 'krakow'");
    const waiting = backend.database.write("writer", (session) =>
      session.query<{ population: number }>(sql`SELECT population FROM city WHERE slug = 'krakow'`),
    );
    await somebodyWaits();
    await console.query("COMMIT");
    expect(await waiting).toEqual([{ population: 10 }]);
  });

  it("waits for the program's writer and changes what that one left", async () => {
    await write(20);
    const before = await counter();
    let waiting: Promise<unknown> = Promise.resolve();
    await backend.database.write("writer", async (session) => {
      await session.execute("UPDATE city SET population = 21 WHERE slug = 'krakow'");
      waiting = console.query("UPDATE city SET population = population + 100 WHERE slug = 'krakow'");
      await somebodyWaits();
    });
    await waiting;
    expect((await readLog(backend.database, before)).map(({ actor, changes }) => [actor, changes])).toEqual([
      ["writer", { population: [20, 21] }],
      [`console:${console.user}`, { population: [21, 121] }],
    ]);
  });

  it("gives up at REPEATABLE READ when anybody wrote since its snapshot, and has changed nothing", async () => {
    await write(30);
    await console.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await console.query("SELECT count(*) FROM city");
    await write(31);
    const before = await counter();
    await expect(console.query("UPDATE city SET population = 32 WHERE slug = 'lyon'")).rejects.toMatchObject({
      code: "40001",
    });
    await console.query("ROLLBACK");
    expect(await counter()).toBe(before);
  });

  it("writes at REPEATABLE READ when nobody wrote since its snapshot, also after one who waited in vain", async () => {
    const before = await counter();
    await console.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await console.query("SELECT count(*) FROM city");
    await backend.database.write("idler", (session) => session.query(sql`SELECT 1`));
    await console.query("UPDATE city SET population = 41 WHERE slug = 'lyon'");
    await console.query("COMMIT");
    expect(await readLog(backend.database, before)).toMatchObject([{ changes: { population: [null, 41] } }]);
  });

  it("goes on after a writer whose connection was cut in the middle, without a gap", async () => {
    const before = await counter();
    const doomed = new Client({ connectionString: backend.url });
    doomed.on("error", () => undefined);
    await doomed.connect();
    await doomed.query("BEGIN; SELECT begin_write('doomed'); UPDATE city SET population = 50 WHERE slug = 'krakow'");
    const waiting = write(51);
    await somebodyWaits();
    const { rows } = await console.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'",
    );
    await console.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
    await waiting;
    await doomed.end().catch(() => undefined);
    expect(await counter()).toBe(String(BigInt(before) + 1n));
    expect(await readLog(backend.database, before)).toMatchObject([{ actor: "writer" }]);
  });
});
