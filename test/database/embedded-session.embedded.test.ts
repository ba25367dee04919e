// The one session of the embedded database: what it gives and refuses through its thread, and who has it when.
import { join } from "node:path";
import timers from "node:timers/promises";
import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import sql, { raw } from "sql-template-tag";
import { DatabaseThread } from "../../src/database/embedded/database-thread";
import { sessionOver } from "../../src/database/embedded/embedded-session";
import { LastingThread } from "../../src/database/embedded/lasting-thread";
import { pgliteCode } from "../../src/database/embedded/pglite-code";
import { SharedAccess, TransactionAccess } from "../../src/database/embedded/thread-access";
import { openEmbeddedBackend, type EmbeddedDatabase } from "../../src/database/embedded-backend";
import { claimOf } from "../support/claims";
import { compiledIn, runFolder } from "../support/jest/run-folder";

const THREAD_FILE = join(compiledIn(runFolder()), "database", "embedded", "thread-entry.js");

let database: EmbeddedDatabase;
beforeAll(async () => {
  database = await openEmbeddedBackend({});
  await database.execute("CREATE TABLE thing (name text NOT NULL UNIQUE, size integer CHECK (size > 0))");
});
afterAll(() => database.close());
afterEach(() => database.execute("TRUNCATE thing"));

const names = async (): Promise<string[]> =>
  (await database.query<{ name: string }>(sql`SELECT name FROM thing ORDER BY name`)).map(({ name }) => name);

describe("a statement", () => {
  it("gives values as both backends do, the first time and when it is kept", async () => {
    const wanted = {
      none: null,
      yes: true,
      big: "9007199254740993",
      ratio: 0.5,
      nothing: NaN,
      list: ["a", "b,c"],
      document: { a: [1, "ü"] },
      day: "2026-11-20",
      moment: "2026-11-20T12:00:00.000Z",
      bytes: new Uint8Array([0, 255]),
      given: "ü",
    };
    for (let times = 0; times < 3; times++) {
      const rows = await database.query(sql`
        SELECT NULL::int AS none, true AS yes, 9007199254740993 AS big, 0.5::float8 AS ratio, 'NaN'::float8 AS nothing,
          ${["a", "b,c"]}::text[] AS list, ${{ a: [1, "ü"] }}::jsonb AS document, '2026-11-20'::date AS day,
          '2026-11-20 12:00+00'::timestamptz AS moment, '\\x00ff'::bytea AS bytes, ${"ü"}::text AS given`);
      expect(rows).toEqual([wanted]);
    }
  });

  it("is refused with what PostgreSQL says of it", async () => {
    await database.query(sql`INSERT INTO thing VALUES ('one', 1)`);
    await expect(database.query(sql`INSERT INTO thing VALUES ('one', 2)`)).rejects.toMatchObject({
      code: "23505",
      constraint: "thing_name_key",
      detail: "Key (name)=(one) already exists.",
      table: "thing",
      message: 'duplicate key value violates unique constraint "thing_name_key"',
    });
    await expect(database.query(sql`INSERT INTO thing VALUES (NULL, 2)`)).rejects.toMatchObject({
      code: "23502",
      column: "name",
    });
    const wrong = await database.query(sql`SELECT ${"secret"}::int`).catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(Error);
    expect(Object.keys(wrong as object)).not.toEqual(expect.arrayContaining(["query", "params"]));
    await expect(database.execute("SELECT 1; SELEC")).rejects.toMatchObject({ code: "42601" });
    expect(await names()).toEqual(["one"]);
  });

  it("that is kept sees what became of its table", async () => {
    const all = sql`SELECT * FROM thing`;
    await database.query(sql`INSERT INTO thing VALUES ('one', 1)`);
    for (let times = 0; times < 3; times++) expect(await database.query(all)).toEqual([{ name: "one", size: 1 }]);
    await database.execute("ALTER TABLE thing ADD COLUMN color text DEFAULT 'red'");
    expect(await database.query(all)).toEqual([{ name: "one", size: 1, color: "red" }]);
    await database.query(sql`ALTER TABLE thing DROP COLUMN color`);
    expect(await database.query(all)).toEqual([{ name: "one", size: 1 }]);
  });

  it("is right however many others were kept since", async () => {
    const one = sql`SELECT ${1}::int AS value`;
    await database.query(one);
    await database.query(one);
    for (let i = 0; i < 600; i++) {
      const other = sql`SELECT ${i}::int AS ${raw(`value_${i}`)}`;
      await database.query(other);
      expect(await database.query(other)).toEqual([{ [`value_${i}`]: i }]);
    }
    expect(await database.query(one)).toEqual([{ value: 1 }]);
    const [kept] = await database.query<{ statements: number }>(
      sql`SELECT count(*)::int AS statements FROM pg_prepared_statements`,
    );
    expect(kept?.statements).toBeLessThanOrEqual(250);
  });

  it("that is slow leaves the event loop free", async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 10);
    await database.query(sql`SELECT count(*) FROM generate_series(1, 5000000)`);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });

  it("with many megabytes of rows gives them whole, in portions between which the event loop turns", async () => {
    const turns = jest.spyOn(timers, "setImmediate");
    const rows = await database.query(
      sql`SELECT i, repeat('x', 300) AS text, ARRAY[i::text] AS list FROM generate_series(1, 60000) i`,
    );
    expect(rows).toHaveLength(60_000);
    rows.forEach((row, i) => {
      if (i % 1_000 === 0) expect(row).toEqual({ i: i + 1, text: "x".repeat(300), list: [String(i + 1)] });
    });
    // 18 MB, half a megabyte at a time.
    expect(turns.mock.calls.length).toBeGreaterThan(36);
    turns.mockRestore();
  });
});

describe("a transaction", () => {
  it("is alone: statements on their own wait until it is done, and it takes its statements in turn", async () => {
    await database.execute("CREATE OR REPLACE FUNCTION begin_write(text) RETURNS void LANGUAGE sql AS ''");
    const written = database.write("test", async (session) => {
      await Promise.all(["one", "two"].map((name) => session.query(sql`INSERT INTO thing VALUES (${name}, 1)`)));
      await timers.setTimeout(20);
      await session.query(sql`INSERT INTO thing VALUES ('three', 1)`);
    });
    expect(await names()).toEqual(["one", "three", "two"]);
    await written;
  });

  it("that a statement of it failed in is refused at its end, and nothing of it is written", async () => {
    await database.execute("CREATE OR REPLACE FUNCTION begin_write(text) RETURNS void LANGUAGE sql AS ''");
    const written = database.write("test", async (session) => {
      await session.query(sql`INSERT INTO thing VALUES ('one', 1)`);
      await session.query(sql`INSERT INTO thing VALUES ('two', 0)`).catch(() => undefined);
    });
    await expect(written).rejects.toMatchObject({ code: "25P02" });
    expect(await names()).toEqual([]);
  });

  it("that is forgotten is rolled back, and others have the session again", async () => {
    const settings = { code: await pgliteCode(), directory: undefined, startFrom: undefined };
    const open = (): Promise<DatabaseThread> => DatabaseThread.open(THREAD_FILE, settings, () => undefined);
    const lasting = new LastingThread(open, () => Promise.resolve());
    const shared = new SharedAccess(lasting);
    const claim = claimOf("test");
    const session = sessionOver(shared, 0, claim);
    await session.execute("CREATE TABLE thing (name text)");
    const forgotten = await TransactionAccess.begin(shared, claim, 0, 100);
    const within = sessionOver(forgotten, 0, claim);
    await within.query(sql`INSERT INTO thing VALUES ('one')`);
    expect(await session.query(sql`SELECT name FROM thing`)).toEqual([]);
    await expect(within.query(sql`INSERT INTO thing VALUES ('two')`)).rejects.toMatchObject({ code: "25P03" });
    await expect(forgotten.commit()).rejects.toMatchObject({ code: "25P03" });
    expect(await session.query(sql`SELECT name FROM thing`)).toEqual([]);
    await shared.close(claim);
  });
});

describe("Prisma's adapter", () => {
  const ask = (text: string): { sql: string; args: unknown[]; argTypes: [] } => ({ sql: text, args: [], argTypes: [] });

  it("keeps what its transaction commits, and nothing of one that it rolls back", async () => {
    const connection = await database.adapter.connect();
    for (const [name, end] of [
      ["kept", "commit"],
      ["gone", "rollback"],
    ] as const) {
      const transaction = await connection.startTransaction("SERIALIZABLE");
      expect(await transaction.executeRaw(ask(`INSERT INTO thing VALUES ('${name}', 1)`))).toBe(1);
      await transaction[end]();
    }
    const { columnNames, rows } = await connection.queryRaw(ask("SELECT name, size FROM thing"));
    expect({ columnNames, rows }).toEqual({ columnNames: ["name", "size"], rows: [["kept", 1]] });
  });

  it("says in its own words what was refused, and of a script too", async () => {
    const connection = await database.adapter.connect();
    await connection.executeScript("INSERT INTO thing VALUES ('one', 1); INSERT INTO thing VALUES ('two', 2)");
    const refused = connection.executeRaw(ask("INSERT INTO thing VALUES ('one', 1)"));
    await expect(refused).rejects.toBeInstanceOf(DriverAdapterError);
    await expect(refused).rejects.toMatchObject({ cause: { kind: "UniqueConstraintViolation" } });
    await expect(connection.executeScript("SELEC")).rejects.toMatchObject({ code: "42601" });
  });
});
