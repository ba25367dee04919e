// Keys that were made before names that look alike were refused: what the migration makes of them.
import "reflect-metadata";
import sql from "sql-template-tag";
import { hashOfToken, makeToken } from "../../src/access/api-key";
import { createKey, findKeyByHash, revokeKey } from "../../src/access/key-store";
import type { Database } from "../../src/database/database";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { migrate } from "../../src/database/migrate";
import { removeFolders } from "../support/dataset-folder";
import { migrationsUpTo } from "../support/migrations-up-to";

const MIGRATION = "20261126100000_key_names_that_look_alike";
const NOW = new Date("2026-11-26T12:00:00Z");

const tokens = { first: makeToken(), second: makeToken(), symbols: makeToken(), long: makeToken() };

let database: Database;
beforeAll(async () => {
  database = await openEmbeddedBackend({});
  await migrate(
    database,
    migrationsUpTo((name) => name < MIGRATION),
  );
  await database.query(sql`
    INSERT INTO api_key (name, hash, role, created_by, created_at) VALUES
      ('office', ${hashOfToken(tokens.second)}, 'READER', 'test', '2026-02-01'),
      ('Office', ${hashOfToken(tokens.first)}, 'READER', 'test', '2026-01-01'),
      ('***', ${hashOfToken(tokens.symbols)}, 'READER', 'test', '2026-01-01'),
      (repeat('\ufdfa', 100), ${hashOfToken(tokens.long)}, 'READER', 'test', '2026-01-01')`);
  await migrate(
    database,
    migrationsUpTo((name) => name <= MIGRATION),
  );
});
afterAll(async () => {
  await database.close();
  removeFolders();
});

const found = (token: string): ReturnType<typeof findKeyByHash> => findKeyByHash(database, hashOfToken(token));

it("keeps them all, and their names", async () => {
  const names = await Promise.all(Object.values(tokens).map(async (token) => (await found(token))?.name));
  expect(names).toEqual(["Office", "office", "***", "\ufdfa".repeat(100)]);
});

it("finds each by its own spelling, and makes none that looks like them", async () => {
  await database.write("test", (session) => revokeKey(session, { name: "office" }, NOW));
  expect([(await found(tokens.first))?.revokedAt, (await found(tokens.second))?.revokedAt]).toEqual([
    null,
    NOW.toISOString(),
  ]);
  const wish = { name: "OFFICE", role: "READER" as const, scope: null, expiresAt: null, createdBy: "test" };
  await expect(database.write("test", (session) => createKey(session, wish, NOW))).rejects.toMatchObject({
    code: "NAME_TAKEN",
    message: 'there is, or was, a key called "Office", which "OFFICE" looks like: names are not given again',
  });
});
