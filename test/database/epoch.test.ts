// A restored copy counts its revisions in an epoch of its own, however it was restored and whoever finds it.
import sql from "sql-template-tag";
import { askCounter, beginEpoch, beginEpochIfRestored, type CounterState } from "../../src/database/epoch";
import { readRevision } from "../../src/database/read/revision";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeEach(async () => {
  backend = await openTestDatabase();
});
afterEach(() => backend.close());

const GROW = "UPDATE city SET population = coalesce(population, 0) + 1 WHERE slug = 'krakow'";
const write = (): Promise<void> => backend.database.write("test", (session) => session.execute(GROW));

/** As a copy would leave it: the counter of another cluster, database, timeline or table. */
const asCopied = (): Promise<void> => backend.database.execute("UPDATE revision_counter SET home = '1:1:1'");

/** What a process knows that read the counter then, and was told nothing since. */
const knownFrom = (seen: CounterState): { newest: CounterState; seen: CounterState } => ({ newest: seen, seen });
const later = (revision: string, by: number): string => String(BigInt(revision) + BigInt(by));

it("keeps the epoch of a database that is the one it was", async () => {
  const made = await readRevision(backend.database);
  expect(await beginEpochIfRestored(backend.database)).toBe(false);
  await write();
  await backend.database.execute(GROW);
  expect(await beginEpochIfRestored(backend.database)).toBe(false);
  expect(await readRevision(backend.database)).toEqual({ epoch: made.epoch, revision: later(made.revision, 2) });
});

describe("in a database that was made from another", () => {
  it("begins a new epoch at the start, at the revision where it is", async () => {
    const before = await readRevision(backend.database);
    await asCopied();
    expect(await beginEpochIfRestored(backend.database)).toBe(true);
    const after = await readRevision(backend.database);
    expect(after.revision).toBe(before.revision);
    expect(after.epoch).not.toBe(before.epoch);
    expect(await beginEpochIfRestored(backend.database)).toBe(false);
  });

  it("forgets which transaction minted last, whose number another cluster will give again", async () => {
    await backend.database.execute("UPDATE revision_counter SET home = '1:1:1', minted_by = minted_by + 1000");
    await beginEpochIfRestored(backend.database);
    const [counter] = await backend.database.query<{ mintedBy: string | null }>(
      sql`SELECT minted_by AS "mintedBy" FROM revision_counter`,
    );
    expect(counter?.mintedBy).toBeNull();
  });

  it.each([
    ["a write that changes nothing", () => backend.database.write("test", (session) => session.execute("SELECT 1"))],
    ["a write", write],
    ["statements from a console", () => backend.database.execute(`BEGIN; ${GROW}; ${GROW}; COMMIT`)],
    ["a question", () => askCounter(backend.database)],
  ])("begins a new epoch with %s", async (_whose, touch) => {
    const before = await readRevision(backend.database);
    await asCopied();
    await touch();
    const after = await readRevision(backend.database);
    expect(after.epoch).not.toBe(before.epoch);
    await touch();
    expect((await readRevision(backend.database)).epoch).toBe(after.epoch);
  });

  it("begins one epoch, however many find it at once", async () => {
    const before = await readRevision(backend.database);
    await asCopied();
    const begun = await Promise.all(Array.from({ length: 8 }, () => beginEpochIfRestored(backend.database)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    const asked = await Promise.all(Array.from({ length: 8 }, () => askCounter(backend.database)));
    expect(new Set(asked.map(({ epoch }) => epoch))).toEqual(new Set([(await readRevision(backend.database)).epoch]));
    expect(asked[0]?.epoch).not.toBe(before.epoch);
  });
});

it.each([
  ["with all triggers", ""],
  ["past all triggers", "SET LOCAL session_replication_role = replica;"],
  ["with triggers disabled", "ALTER TABLE revision_counter DISABLE TRIGGER ALL;"],
])("has a new epoch with a row that a dump of the data alone brings, %s", async (_how, first) => {
  const before = await readRevision(backend.database);
  const columns = "id, revision, minted_by, minted_at, home, witness";
  await backend.database.execute(`
    BEGIN; ${first}
    CREATE TEMPORARY TABLE dumped ON COMMIT DROP AS SELECT ${columns} FROM revision_counter;
    TRUNCATE revision_counter;
    INSERT INTO revision_counter (${columns}) SELECT ${columns} FROM dumped;
    COMMIT;`);
  const after = await readRevision(backend.database);
  expect(after.revision).toBe(before.revision);
  expect(after.epoch).not.toBe(before.epoch);
});

it("waits with the epoch that stays until a restore has brought all tables", async () => {
  await backend.database.execute("ALTER TABLE record_name DROP CONSTRAINT record_name_pkey");
  const before = await readRevision(backend.database);
  await asCopied();
  expect(await beginEpochIfRestored(backend.database)).toBe(false);
  expect(await askCounter(backend.database)).toMatchObject(before);
  await backend.database.execute("ALTER TABLE record_name ADD PRIMARY KEY (id)");
  expect((await askCounter(backend.database)).epoch).not.toBe(before.epoch);
});

describe("beside a process that knows of later revisions", () => {
  it("goes on where only the answer was late", async () => {
    const seen = await askCounter(backend.database);
    await write();
    await write();
    const { epoch, revision } = await readRevision(backend.database);
    expect(await askCounter(backend.database, knownFrom(seen))).toMatchObject({ epoch, revision });
    expect(revision).toBe(later(seen.revision, 2));
  });

  it("begins one epoch for all where the counter went back", async () => {
    const { epoch, revision } = await askCounter(backend.database);
    await write();
    const known = knownFrom(await askCounter(backend.database));
    await backend.database.execute("UPDATE revision_counter SET revision = revision - 1");
    const asked = await Promise.all(Array.from({ length: 4 }, () => askCounter(backend.database, known)));
    const begun = await readRevision(backend.database);
    expect(begun.revision).toBe(revision);
    expect(begun.epoch).not.toBe(epoch);
    for (const one of asked) expect(one).toMatchObject(begun);
  });

  it.each([0, 1, 3])("begins an epoch where it went back and is %i past what is known already", async (past) => {
    await write();
    const seen = await askCounter(backend.database);
    // The last revision was never there, and is given again.
    await backend.database.execute(`
      BEGIN;
      DELETE FROM change_log WHERE revision = ${seen.revision};
      UPDATE revision_counter SET revision = revision - 1, minted_by = NULL;
      COMMIT;`);
    for (let i = 0; i <= past; i++) await write();
    expect((await readRevision(backend.database)).epoch).toBe(seen.epoch);
    const begun = await askCounter(backend.database, knownFrom(seen));
    expect(begun.epoch).not.toBe(seen.epoch);
    expect(begun.revision).toBe(later(seen.revision, past));
    expect(await askCounter(backend.database, knownFrom(begun))).toEqual(begun);
  });
});

it("begins a new epoch when it is told to", async () => {
  const before = await readRevision(backend.database);
  const epoch = await beginEpoch(backend.database);
  expect(epoch).not.toBe(before.epoch);
  expect(await readRevision(backend.database)).toEqual({ epoch, revision: before.revision });
});
