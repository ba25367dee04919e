// What mints a revision, what does not, and what the log refuses: one rule a test, on both backends.
import { randomUUID } from "node:crypto";
import sql, { raw } from "sql-template-tag";
import type { Session } from "../../src/database/database";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { readLog, type LogEntry } from "../support/log-replay";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

async function counter(): Promise<string> {
  const [row] = await backend.database.query<{ revision: string }>(sql`SELECT revision FROM revision_counter`);
  return row?.revision ?? "";
}

/** The log entries that the work leaves, which are all of one revision or none. */
async function logged(work: (session: Session) => Promise<unknown>, actor = "tester"): Promise<LogEntry[]> {
  const before = await counter();
  await backend.database.write(actor, work);
  const entries = await readLog(backend.database, before);
  expect(await counter()).toBe(entries.length === 0 ? before : String(BigInt(before) + 1n));
  return entries;
}

async function refusedWithoutTrace(work: (session: Session) => Promise<unknown>, message: RegExp): Promise<void> {
  const before = await counter();
  await expect(backend.database.write("tester", work)).rejects.toThrow(message);
  expect(await counter()).toBe(before);
}

const INSERT_CITY = sql`INSERT INTO city (slug, name, kind, country_id) SELECT`;

async function newCity(slug: string): Promise<string> {
  const [row] = await backend.database.write("tester", (session) =>
    session.query<{ id: string }>(
      sql`${INSERT_CITY} ${slug}, 'New', 'city', id FROM country WHERE code = 'PL' RETURNING id`,
    ),
  );
  if (row === undefined) throw new Error("no city was made");
  return row.id;
}

describe("a write that changes nothing", () => {
  it("mints nothing for an update to the same values", async () => {
    expect(await logged((session) => session.execute("UPDATE city SET population = population, name = name"))).toEqual(
      [],
    );
  });

  it("mints nothing for an upsert of what is there", async () => {
    const upsert = sql`
      INSERT INTO country (code, name, region, global_south) SELECT code, name, region, global_south FROM country
      ON CONFLICT (code) DO UPDATE SET name = excluded.name, region = excluded.region`;
    expect(await logged((session) => session.query(upsert))).toEqual([]);
  });

  it("mints nothing for statements that find no row, nor for a transaction that only reads", async () => {
    const entries = await logged(async (session) => {
      await session.execute("DELETE FROM city WHERE slug = 'nowhere'");
      await session.execute("UPDATE record_name SET name = 'x' WHERE false");
      await session.query(sql`SELECT count(*) FROM city`);
    });
    expect(entries).toEqual([]);
  });

  it("gives a rolled back savepoint's revision to what comes after it", async () => {
    const id = await newCity("savepoint");
    const entries = await logged(async (session) => {
      await session.execute(
        "SAVEPOINT s; UPDATE city SET population = 1 WHERE slug = 'savepoint'; ROLLBACK TO SAVEPOINT s",
      );
      await session.execute("UPDATE city SET population = 2 WHERE slug = 'savepoint'");
    });
    expect(entries).toMatchObject([{ recordId: id, ordinal: 0, changes: { population: [null, 2] } }]);
  });
});

describe("the log", () => {
  it("tells an insert, its parts, an update and a delete with its parts in full", async () => {
    const id = randomUUID();
    const made = await logged(async (session) => {
      await session.query(sql`INSERT INTO city (id, slug, name, kind, country_id, population)
        SELECT ${id}::uuid, 'told', 'Told', 'city', id, 5 FROM country WHERE code = 'PL'`);
      await session.query(sql`INSERT INTO record_name (record_id, language, name) VALUES (${id}::uuid, 'fr', 'Dit')`);
    });
    const [country] = await backend.database.query<{ id: string }>(sql`SELECT id FROM country WHERE code = 'PL'`);
    expect(made.map(({ operation, changes }) => ({ operation, changes }))).toEqual([
      {
        operation: "UPSERT",
        changes: {
          slug: [null, "told"],
          name: [null, "Told"],
          kind: [null, "city"],
          country_id: [null, country?.id],
          population: [null, 5],
        },
      },
      { operation: "UPSERT", changes: { names: [null, [{ language: "fr", name: "Dit" }]] } },
    ]);

    const renamed = await logged((session) =>
      session.query(sql`UPDATE record_name SET name = 'Conté' WHERE record_id = ${id}::uuid`),
    );
    expect(renamed).toMatchObject([
      { changes: { names: [[{ language: "fr", name: "Dit" }], [{ language: "fr", name: "Conté" }]] } },
    ]);

    const gone = await logged((session) => session.query(sql`DELETE FROM city WHERE id = ${id}::uuid`));
    expect(gone.map(({ operation, changes }) => [operation, Object.keys(changes).sort()])).toEqual([
      ["UPSERT", ["names"]],
      ["DELETE", ["country_id", "kind", "name", "population", "slug"]],
    ]);
    const [head] = await backend.database.query(
      sql`SELECT type, operation, revision FROM record WHERE id = ${id}::uuid`,
    );
    expect(head).toEqual({ type: "City", operation: "DELETE", revision: gone[0]?.revision });
  });

  it("notes a part that moves from one record to another with both", async () => {
    const [from, to] = [await newCity("part-from"), await newCity("part-to")];
    await logged((session) =>
      session.query(sql`INSERT INTO external_id (record_id, scheme, value) VALUES (${from}::uuid, 'MOVED', '1')`),
    );
    const entries = await logged((session) =>
      session.query(sql`UPDATE external_id SET record_id = ${to}::uuid WHERE scheme = 'MOVED'`),
    );
    const part = { scheme: "MOVED", value: "1" };
    expect(new Map(entries.map(({ recordId, changes }) => [recordId, changes.externalIds]))).toEqual(
      new Map([
        [from, [[part], null]],
        [to, [null, [part]]],
      ]),
    );
  });

  it("names the writer it was given, and a console by its user, also on a session that wrote before", async () => {
    await newCity("actor");
    const [writer] = await logged(
      (session) => session.execute("UPDATE city SET population = 1 WHERE slug = 'actor'"),
      "key:gdansk",
    );
    expect(writer?.actor).toBe("key:gdansk");

    const before = await counter();
    await backend.database.execute("UPDATE city SET population = 2 WHERE slug = 'actor'");
    const [user] = await backend.database.query<{ name: string }>(sql`SELECT session_user::text AS name`);
    expect(await readLog(backend.database, before)).toMatchObject([
      { actor: `console:${user?.name}`, changes: { population: [1, 2] } },
    ]);
  });

  it("takes a whole statement of many rows as one revision in one order", async () => {
    const entries = await logged((session) => session.execute("UPDATE country SET name = name || ' *'"));
    const [{ count } = { count: "" }] = await backend.database.query<{ count: string }>(
      sql`SELECT count(*) FROM country`,
    );
    expect(entries).toHaveLength(Number(count));
    expect(entries.map((entry) => entry.ordinal)).toEqual(entries.map((_, i) => i));
  });
});

describe("what the log refuses", () => {
  it("refuses an id that ever was, also of a deleted record", async () => {
    const id = await newCity("once");
    const again = sql`INSERT INTO city (id, slug, name, kind, country_id)
      SELECT ${id}::uuid, 'twice', 'Twice', 'city', id FROM country WHERE code = 'PL'`;
    await refusedWithoutTrace((session) => session.query(again), /duplicate key.*city_pkey/);
    await logged((session) => session.query(sql`DELETE FROM city WHERE id = ${id}::uuid`));
    await refusedWithoutTrace((session) => session.query(again), /duplicate key.*record_pkey/);
  });

  it("refuses another id for a record", async () => {
    const id = await newCity("for-ever");
    await refusedWithoutTrace(
      (session) => session.query(sql`UPDATE city SET id = ${randomUUID()}::uuid WHERE id = ${id}::uuid`),
      /the id of a City is for ever/,
    );
  });

  it.each(["record_name", "external_id", "record_source"])("refuses a %s for a deleted record", async (table) => {
    const id = await newCity("short-lived");
    await logged((session) => session.query(sql`DELETE FROM city WHERE id = ${id}::uuid`));
    const columns = { record_name: "name", external_id: "scheme, value", record_source: "title" }[table] ?? "";
    const values = columns.replace(/\w+/g, "'x'");
    await refusedWithoutTrace(
      (session) =>
        session.query(sql`INSERT INTO ${raw(table)} (record_id, ${raw(columns)}) VALUES (${id}::uuid, ${raw(values)})`),
      /is deleted and takes no/,
    );
  });

  it("refuses to delete a record that another one refers to", async () => {
    await refusedWithoutTrace(
      (session) => session.execute("DELETE FROM city WHERE slug = 'krakow'"),
      /foreign key constraint "designation_city_id_fkey"/,
    );
  });

  it("refuses TRUNCATE on every logged table, also by CASCADE", async () => {
    const tables = await backend.database.query<{ table: string }>(
      sql`SELECT tgrelid::regclass::text AS table FROM pg_trigger WHERE tgname = 'no_truncate'`,
    );
    expect(tables.length).toBeGreaterThan(7);
    for (const { table } of tables) {
      await refusedWithoutTrace(
        (session) => session.query(sql`TRUNCATE ${raw(table)} CASCADE`),
        /TRUNCATE would leave the log without these rows/,
      );
    }
    await refusedWithoutTrace((session) => session.execute("TRUNCATE record CASCADE"), /TRUNCATE would leave/);
  });
});
