// The sizes of the tables, from which costs are told: counted, and again after a change.
import "reflect-metadata";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { readSizes } from "../../src/database/read/sizes";
import { TableSizes } from "../../src/database/table-sizes";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { records } from "../support/records";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

it("are the rows, the lengths of texts and the most rows that belong to one record", async () => {
  const sizes = await readSizes(backend.database, catalogue);
  const [row] = await backend.database.query<{ rows: number; bytes: number; most: number }>(sql`
    SELECT (SELECT count(*) FROM city)::int AS rows, (SELECT avg(octet_length(name)) FROM city)::float8 AS bytes,
      (SELECT max(n) FROM (SELECT count(*) AS n FROM city GROUP BY country_id) g)::int AS most`);
  expect(sizes.city?.rows).toBe(row?.rows);
  expect(sizes.city?.bytes.name).toBeCloseTo(row?.bytes ?? 0, 6);
  expect(sizes.city?.most.countryId).toBe(row?.most);
  expect(sizes.network_member?.rows).toBeGreaterThan(400);
  expect(sizes.opportunity).toMatchObject({ rows: 0, most: { postedById: 0 } });
});

it("are counted again when something was written, and stay as they are when that fails", async () => {
  const failures: unknown[] = [];
  let isBroken = false;
  const database = {
    ...backend.database,
    query: <Row extends object>(statement: Parameters<typeof backend.database.query>[0]) =>
      isBroken ? Promise.reject(new Error("gone")) : backend.database.query<Row>(statement),
  };
  const sizes = await TableSizes.start(database, catalogue, (error) => failures.push(error), 50);
  const before = sizes.current.country?.rows ?? 0;
  await records(backend.database).country();
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await until(() => sizes.current.country?.rows === before + 1);
  isBroken = true;
  await until(() => failures.length > 0);
  expect(sizes.current.country?.rows).toBe(before + 1);
  await sizes.close();
});
