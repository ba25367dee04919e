// What sessions keep prepared: what comes again, however much else came before, and never more than a bound.
import sql, { raw, type Sql } from "sql-template-tag";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

const statement = (text: string): Sql => sql`SELECT 1::int4 AS one ${raw(`/* ${text} */`)}`;
const PREPARED = sql`SELECT statement FROM pg_prepared_statements WHERE statement LIKE 'SELECT 1::int4%'`;

it("prepares a text that comes again after a thousand others that did too", async () => {
  // In one transaction, and so on one session.
  const prepared = await backend.database.write("test", async (session) => {
    for (let i = 0; i < 1_200; i++) {
      await session.query(statement(`other ${i}`));
      await session.query(statement(`other ${i}`));
    }
    for (let i = 0; i < 3; i++) await session.query(statement("the last"));
    return session.query<{ statement: string }>(PREPARED);
  });
  expect(prepared.length).toBeGreaterThan(200);
  expect(prepared.length).toBeLessThanOrEqual(250);
  expect(prepared.map((row) => row.statement)).toContain(statement("the last").text);
});

it("runs what was let go as before", async () => {
  await backend.database.write("test", async (session) => {
    for (const text of ["other 0", "the last", "other 0"]) {
      expect(await session.query(statement(text))).toEqual([{ one: 1 }]);
    }
  });
});
