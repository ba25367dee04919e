// Last uses of keys on a PostgreSQL server, where another session may be writing a key: the embedded backend has one session.
import { createKey, findKey, revokeKey } from "../../src/access/key-store";
import { LastUses } from "../../src/access/last-uses";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

const NOW = new Date("2026-11-20T12:00:00.000Z");
const LATER = new Date("2026-11-20T13:00:00.000Z");

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

const make = ({ name }: { name: string }): Promise<{ id: string; token: string }> =>
  backend.database.write("test", (session) =>
    createKey(session, { name, role: "READER", scope: null, expiresAt: null, createdBy: "test" }, NOW),
  );

describe("last uses beside another session", () => {
  it("wait for nobody who changes a key, and are written the next time", async () => {
    const [busy, free] = [await make({ name: "busy" }), await make({ name: "free" })];
    const faults: unknown[] = [];
    const lastUses = new LastUses(backend.database, (error) => faults.push(error));
    for (const { id } of [busy, free]) lastUses.note(id, LATER);
    const used = async (): Promise<unknown[]> => [
      (await findKey(backend.database, busy))?.lastUsedAt,
      (await findKey(backend.database, free))?.lastUsedAt,
    ];
    await backend.database.write("test", async (session) => {
      await revokeKey(session, { id: busy.id }, LATER);
      await lastUses.flush();
      expect(await used()).toEqual([null, LATER.toISOString()]);
    });
    await lastUses.close();
    expect(await used()).toEqual([LATER.toISOString(), LATER.toISOString()]);
    expect(faults).toEqual([]);
  });
});
