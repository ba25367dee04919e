// Keys as the database keeps them: made, found, revoked, followed through merges, and what it refuses of them.
import sql, { raw } from "sql-template-tag";
import { hashOfToken, makeToken } from "../../src/access/api-key";
import { createKey, findKey, findKeyByHash, listKeys, revokeKey } from "../../src/access/key-store";
import type { KeyWish } from "../../src/access/key.rules";
import { LastUses } from "../../src/access/last-uses";
import { withPrisma } from "../../src/database/client/prisma";
import { readRevision } from "../../src/database/read/revision";
import { KEY_ROLES, type KeyRole } from "../../src/kernel/viewer";
import { wordsOf } from "../support/database-catalogue";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { deleteCity, makeCity, scopeId } from "../support/keys";

const NOW = new Date("2026-11-20T12:00:00.000Z");
const LATER = new Date("2026-11-20T13:00:00.000Z");
const NEVER_WAS = "01900000-0000-7000-8000-000000000000";

let backend: TestDatabase;
let krakow: string;
beforeAll(async () => {
  backend = await openTestDatabase();
  krakow = await scopeId(backend.database, "CITY", "krakow");
});
afterAll(() => backend.close());

const make = (wish: Partial<KeyWish> & { name: string }, now = NOW): Promise<{ id: string; token: string }> =>
  backend.database.write("test", (session) =>
    createKey(session, { role: "READER", scope: null, expiresAt: null, createdBy: "test", ...wish }, now),
  );
const found = (token: string): ReturnType<typeof findKeyByHash> => findKeyByHash(backend.database, hashOfToken(token));
const names = async (): Promise<string[]> => (await listKeys(backend.database)).map(({ name }) => name);
/** Past the code, as from a console. */
const insert = (role: KeyRole, scope: string | null, name: string, hash: string): Promise<object> =>
  withPrisma(backend.database, (prisma) =>
    prisma.apiKey.create({ data: { role, scope, name, hash, createdBy: "test" } }),
  );

describe("making a key", () => {
  it("keeps all but the token", async () => {
    const expiresAt = "2027-01-01T00:00:00.000Z";
    const { id, token } = await make({ name: "  Kraków's own ", role: "CITY", scope: krakow, expiresAt });
    const key = {
      id,
      name: "Kraków's own",
      role: "CITY",
      scope: krakow,
      isOrphaned: false,
      createdAt: NOW.toISOString(),
      createdBy: "test",
      expiresAt,
      revokedAt: null,
      lastUsedAt: null,
    };
    expect(await found(token)).toEqual(key);
    expect(await findKey(backend.database, { id })).toEqual(key);
    expect(await findKey(backend.database, { name: "Krako\u0301w's own" })).toEqual(key);
    const [row] = await backend.database.query<{ row: string }>(
      sql`SELECT to_jsonb(k)::text AS row FROM api_key k WHERE id = ${id}::uuid`,
    );
    expect(row!.row).not.toContain(token);
  });

  it("mints no revision and writes no log", async () => {
    const before = await readRevision(backend.database);
    const { id } = await make({ name: "without a revision" });
    await backend.database.write("test", (session) => revokeKey(session, { id }, LATER));
    expect(await readRevision(backend.database)).toEqual(before);
  });

  it("is undone with its transaction", async () => {
    const undone = backend.database.write("test", async (session) => {
      const wish = { name: "undone", role: "READER" as const, scope: null, expiresAt: null, createdBy: "test" };
      await createKey(session, wish, NOW);
      throw new Error("after it");
    });
    await expect(undone).rejects.toThrow("after it");
    expect(await names()).not.toContain("undone");
  });

  it.each([
    ["a blank name", { name: " \t" }, "BAD_NAME", "name"],
    ["a scope for a reader", { scope: NEVER_WAS }, "BAD_SCOPE", "scope"],
    ["a scope for the Secretariat", { role: "SECRETARIAT", scope: NEVER_WAS }, "BAD_SCOPE", "scope"],
    ["no city for a city", { role: "CITY" }, "BAD_SCOPE", "scope"],
    ["a city that never was", { role: "CITY", scope: NEVER_WAS }, "BAD_SCOPE", "scope"],
    ["an end that is over", { expiresAt: NOW.toISOString() }, "BAD_EXPIRY", "expiresAt"],
  ] as const)("is refused with %s, and nothing is written", async (_what, wish, code, field) => {
    const before = await names();
    await expect(make({ name: "refused", ...wish })).rejects.toMatchObject({ name: "KeyProblem", code, field });
    expect(await names()).toEqual(before);
  });

  it("is refused for a record of another type", async () => {
    await expect(make({ name: "refused", role: "NETWORK", scope: krakow })).rejects.toMatchObject({
      code: "BAD_SCOPE",
      message: "a key of role NETWORK must belong to a Network, but got a City",
    });
  });

  it("is refused for a city that was deleted", async () => {
    const gone = await makeCity(backend.database, "gone-before");
    await deleteCity(backend.database, gone, null);
    await expect(make({ name: "refused", role: "CITY", scope: gone })).rejects.toMatchObject({ code: "BAD_SCOPE" });
  });

  it("never gives a name again, and leaves the transaction good", async () => {
    const { id } = await make({ name: "once" });
    await backend.database.write("test", (session) => revokeKey(session, { id }, LATER));
    const wish = { role: "READER" as const, scope: null, expiresAt: null, createdBy: "test" };
    await backend.database.write("test", async (session) => {
      await expect(createKey(session, { ...wish, name: " once" }, NOW)).rejects.toMatchObject({
        code: "NAME_TAKEN",
        field: "name",
      });
      await createKey(session, { ...wish, name: "twice" }, NOW);
    });
    expect((await names()).filter((name) => ["once", "twice"].includes(name))).toEqual(["once", "twice"]);
  });
});

describe("a name that looks like another", () => {
  it.each([
    ["Office of Łódź", "office  of lodz", "case, accents and white space"],
    ["City 1", "Сity 1", "a Cyrillic letter"],
    ["КРАКОВ", "kpakob", "a whole word of them, in capitals"],
    ["ΑΘ", "aθ", "a Greek letter"],
    ["wide", "ｗｉｄｅ", "full width"],
    ["a b", "a\u00a0b", "a space that does not break"],
    ["press-office", "press office", "a hyphen"],
  ])("%j and %j: %s", async (first, second) => {
    await make({ name: first });
    const before = await names();
    await expect(make({ name: second })).rejects.toMatchObject({
      code: "NAME_TAKEN",
      message: `there is, or was, a key called "${first}", which "${second}" looks like: names are not given again`,
    });
    await expect(insert("READER", null, second, hashOfToken(makeToken()))).rejects.toThrow("api_key_folded_name_key");
    expect(await names()).toEqual(before);
    expect(await findKey(backend.database, { name: second })).toMatchObject({ name: first });
  });

  it.each([
    ["unit 1", "unit 2"],
    ["!!!", "???"],
    ["東京", "京都"],
  ])("is not one that only has letters in common: %j and %j", async (first, second) => {
    await make({ name: first });
    await make({ name: second });
    expect(await findKey(backend.database, { name: second })).toMatchObject({ name: second });
  });

  it.each([
    "dataset",
    "Example",
    "ｅxample",
    "command line",
    "Command  Line",
    "соnsоlе",
    "console:postgres",
    "console - x",
  ])("is not that of another in the log: %j", async (name) => {
    const before = await names();
    await expect(make({ name })).rejects.toMatchObject({
      code: "BAD_NAME",
      field: "name",
      message: `the name of a key must not be ${name}: the log calls somebody else so`,
    });
    expect(await names()).toEqual(before);
  });

  it("may be as long as a name may be", async () => {
    await make({ name: "\ufdfa".repeat(100) });
    await expect(make({ name: `${"\ufdfa".repeat(99)} \ufdfa` })).rejects.toMatchObject({ code: "BAD_NAME" });
  });
});

describe("revoking a key", () => {
  it("is for ever, and keeps its first instant", async () => {
    const { token } = await make({ name: "to be revoked" });
    const revoke = (now: Date): ReturnType<typeof revokeKey> =>
      backend.database.write("test", (session) => revokeKey(session, { name: "to be revoked" }, now));
    expect(await revoke(NOW)).toMatchObject({ changed: true, key: { revokedAt: NOW.toISOString() } });
    expect(await revoke(LATER)).toMatchObject({ changed: false, key: { revokedAt: NOW.toISOString() } });
    expect((await found(token))?.revokedAt).toBe(NOW.toISOString());
  });

  it.each([[{ name: "nobody's" }], [{ id: NEVER_WAS }]])("is refused for %j, which there is not", async (reference) => {
    await expect(backend.database.write("test", (session) => revokeKey(session, reference, NOW))).rejects.toMatchObject(
      {
        name: "KeyProblem",
        code: "NO_SUCH_KEY",
      },
    );
  });
});

describe("a key whose city", () => {
  it("was merged belongs to the city at the end of the merges", async () => {
    const [first, second, last] = await Promise.all(
      ["merged-first", "merged-second", "merged-last"].map((slug) => makeCity(backend.database, slug)),
    );
    const { token } = await make({ name: "merged", role: "CITY", scope: first! });
    await deleteCity(backend.database, first!, second!);
    expect(await found(token)).toMatchObject({ scope: second, isOrphaned: false });
    await deleteCity(backend.database, second!, last!);
    expect(await found(token)).toMatchObject({ scope: last, isOrphaned: false });
    await deleteCity(backend.database, last!, null);
    expect(await found(token)).toMatchObject({ scope: null, isOrphaned: true });
  });

  it("was merged into something that is no city is orphaned", async () => {
    const city = await makeCity(backend.database, "merged-astray");
    const { token } = await make({ name: "astray", role: "CITY", scope: city });
    await deleteCity(backend.database, city, await scopeId(backend.database, "NETWORK", "gnlc"));
    expect(await found(token)).toMatchObject({ scope: null, isOrphaned: true });
  });
});

describe("last uses", () => {
  const flush = async (...uses: [string, Date][]): Promise<void> => {
    const lastUses = new LastUses(backend.database, (error) => {
      throw error;
    });
    for (const [id, at] of uses) lastUses.note(id, at);
    await lastUses.close();
  };
  const lastUse = async (id: string): Promise<string | null | undefined> =>
    (await findKey(backend.database, { id }))?.lastUsedAt;

  it("are written for all keys at once and only go forward", async () => {
    const [one, other] = [await make({ name: "used" }), await make({ name: "used too" })];
    await flush([one.id, LATER], [other.id, NOW], [NEVER_WAS, NOW]);
    expect([await lastUse(one.id), await lastUse(other.id)]).toEqual([LATER.toISOString(), NOW.toISOString()]);
    await flush([one.id, NOW]);
    expect(await lastUse(one.id)).toBe(LATER.toISOString());
  });
});

describe("the database itself", () => {
  it("has the roles of keys in their order", async () => {
    expect(await wordsOf(backend.database, "key_role")).toEqual(KEY_ROLES);
  });

  it.each([
    ["a city's key without a city", "CITY", null, "x", "api_key_scope_is_of_scoped_roles"],
    ["a reader's key with a city", "READER", "krakow", "x", "api_key_scope_is_of_scoped_roles"],
    [
      "a network's key with a city",
      "NETWORK",
      "krakow",
      "x",
      "a key of role NETWORK belongs to a Network, but got a City",
    ],
    ["a city that never was", "CITY", "never", "x", "api_key_scope_fkey"],
    ["a blank name", "READER", null, " ", "api_key_name_is_not_blank"],
  ] as const)("refuses %s", async (_what, role, scope, name, why) => {
    const id = scope === "krakow" ? krakow : scope === "never" ? NEVER_WAS : null;
    await expect(insert(role, id, name, hashOfToken(makeToken()))).rejects.toThrow(why);
    expect(await names()).not.toContain(name);
  });

  it("refuses another scope for a key that there is", async () => {
    const { id } = await make({ name: "of Kraków", role: "CITY", scope: krakow });
    const network = await scopeId(backend.database, "NETWORK", "gnlc");
    await expect(
      backend.database.query(sql`UPDATE api_key SET scope = ${network}::uuid WHERE id = ${id}::uuid`),
    ).rejects.toThrow("a key of role CITY belongs to a City, but got a Network");
  });

  it("refuses a token in the place of its hash, and a hash that it has", async () => {
    const { token } = await make({ name: "hashed" });
    await expect(insert("READER", null, "x", makeToken())).rejects.toThrow("api_key_hash_is_sha_256");
    await expect(insert("READER", null, "x", hashOfToken(token))).rejects.toThrow("api_key_hash_key");
  });

  it("finds a key by its hash in an index", async () => {
    const plan = await backend.database.write("test", async (session) => {
      // Small tables are read whole unless that is made dear.
      await session.execute("SET LOCAL enable_seqscan = off");
      return session.query<{ "QUERY PLAN": string }>(
        sql`EXPLAIN SELECT FROM api_key k WHERE k.hash = ${raw(`'${hashOfToken(makeToken())}'`)}`,
      );
    });
    expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("api_key_hash_key");
  });
});
