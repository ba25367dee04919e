// A restored copy counts its revisions in an epoch of its own.
import sql from "sql-template-tag";
import { beginEpoch, beginEpochIfBehind, beginEpochIfRestored, readCounter } from "../../src/database/epoch";
import { readRevision } from "../../src/database/read/revision";
import { openTestDatabase, type TestDatabase } from "../support/home";

let home: TestDatabase;
beforeEach(async () => {
  home = await openTestDatabase();
});
afterEach(() => home.close());

it("keeps the epoch of a database that is the one it was", async () => {
  const made = await readRevision(home.database);
  expect(await beginEpochIfRestored(home.database)).toBe(false);
  expect(await beginEpochIfRestored(home.database)).toBe(false);
  expect(await readRevision(home.database)).toEqual(made);
});

it("begins a new epoch in a database that was made from another", async () => {
  await beginEpochIfRestored(home.database);
  const before = await readRevision(home.database);
  // As a dump would bring it along: the counter of another cluster.
  await home.database.execute("UPDATE revision_counter SET home = '1:1:1'");
  expect(await beginEpochIfRestored(home.database)).toBe(true);
  const after = await readRevision(home.database);
  expect(after.revision).toBe(before.revision);
  expect(after.epoch).not.toBe(before.epoch);
});

it("forgets which transaction minted last, whose number another cluster will give again", async () => {
  await home.database.execute("UPDATE revision_counter SET home = '1:1:1', minted_by = minted_by + 1000");
  await beginEpochIfRestored(home.database);
  const [counter] = await home.database.query<{ mintedBy: string | null }>(
    sql`SELECT minted_by AS "mintedBy" FROM revision_counter`,
  );
  expect(counter?.mintedBy).toBeNull();
});

/** As a restore of the tables would leave it: made in another table than the one that it stands in. */
const asRestored = (): Promise<void> => home.database.execute("UPDATE revision_counter SET counted_in = 1");

it("begins a new epoch where the tables were restored into the same database", async () => {
  await beginEpochIfRestored(home.database);
  const before = await readCounter(home.database);
  expect(before.isOwn).toBe(true);
  await asRestored();
  expect(await readCounter(home.database)).toEqual({ ...before, isOwn: false });
  expect(await beginEpochIfRestored(home.database)).toBe(true);
  const after = await readCounter(home.database);
  expect(after).toEqual({ epoch: after.epoch, revision: before.revision, isOwn: true });
  expect(after.epoch).not.toBe(before.epoch);
});

it.each([
  ["a write", () => home.database.write("test", (session) => session.execute("SELECT 1"))],
  [
    "a statement from a console",
    () => home.database.execute("UPDATE city SET population = coalesce(population, 0) + 1 WHERE slug = 'krakow'"),
  ],
])("begins a new epoch with %s, before a revision is given twice", async (_name, write) => {
  await beginEpochIfRestored(home.database);
  const before = await readCounter(home.database);
  await asRestored();
  await write();
  const after = await readCounter(home.database);
  expect(after.isOwn).toBe(true);
  expect(after.epoch).not.toBe(before.epoch);
  await write();
  expect((await readCounter(home.database)).epoch).toBe(after.epoch);
});

it("begins a new epoch with a row of the counter that comes from a dump of the data alone", async () => {
  await beginEpochIfRestored(home.database);
  const before = await readRevision(home.database);
  await home.database.execute(`
    CREATE TEMPORARY TABLE dumped AS SELECT * FROM revision_counter;
    DELETE FROM revision_counter;
    INSERT INTO revision_counter SELECT * FROM dumped;`);
  const after = await readCounter(home.database);
  expect(after).toEqual({ epoch: after.epoch, revision: before.revision, isOwn: true });
  expect(after.epoch).not.toBe(before.epoch);
});

it("begins one epoch for all who know of a later revision than there is", async () => {
  const { epoch, revision } = await readRevision(home.database);
  await beginEpochIfBehind(home.database, { epoch, revision });
  expect((await readRevision(home.database)).epoch).toBe(epoch);
  const later = { epoch, revision: String(BigInt(revision) + 1n) };
  await beginEpochIfBehind(home.database, later);
  const begun = await readRevision(home.database);
  expect(begun.epoch).not.toBe(epoch);
  await beginEpochIfBehind(home.database, later);
  expect(await readRevision(home.database)).toEqual(begun);
});

it("begins a new epoch when it is told to", async () => {
  const before = await readRevision(home.database);
  const epoch = await beginEpoch(home.database);
  expect(epoch).not.toBe(before.epoch);
  expect(await readRevision(home.database)).toEqual({ epoch, revision: before.revision });
});
