// What filters rely on in the database: a join of two tables always finds the rows of one side by an index, and what is declared to be a view
// is one.
import "reflect-metadata";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { snakeCase } from "../../src/kernel/names";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

const JOINS = catalogue.relations.flatMap((relation) => (relation.kind === "joined" ? [relation.join] : []));

/** Each column that names a record, with its table. */
const NAMING = new Set([
  ...catalogue.records.flatMap(({ table, references }) =>
    Object.keys(references).map((column) => `${table}.${snakeCase(column)}`),
  ),
  ...JOINS.filter(({ isView }) => isView !== true).flatMap(({ table, fromColumn, toColumn }) => [
    `${table}.${snakeCase(fromColumn)}`,
    `${table}.${snakeCase(toColumn)}`,
  ]),
]);

it("every column that names a record stands first in an index of all rows", async () => {
  const rows = await backend.database.query<{ leading: string }>(sql`
    SELECT c.relname || '.' || a.attname AS leading FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
    WHERE i.indpred IS NULL AND m.amname = 'btree'`);
  const leading = new Set(rows.map((row) => row.leading));
  expect([...NAMING].filter((column) => !leading.has(column))).toEqual([]);
});

it("joins are declared to be views where they are, and nowhere else", async () => {
  const rows = await backend.database.query<{ name: string }>(
    sql`SELECT viewname AS name FROM pg_views WHERE schemaname = 'public'`,
  );
  const views = new Set(rows.map(({ name }) => name));
  expect(JOINS.filter(({ table, isView }) => views.has(table) !== (isView === true)).map(({ table }) => table)).toEqual(
    [],
  );
});

it("no index of an exclusion constraint offers itself for look-ups by what names a record", async () => {
  const rows = await backend.database.query<{ name: string }>(sql`
    SELECT conname AS name FROM pg_constraint WHERE contype = 'x' AND EXISTS (SELECT FROM unnest(conkey) k WHERE k > 0)`);
  expect(rows).toEqual([]);
});
