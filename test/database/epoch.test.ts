// A restored copy counts its revisions in an epoch of its own.
import sql from "sql-template-tag";
import { beginEpochIfRestored } from "../../src/database/epoch";
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
