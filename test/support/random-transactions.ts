// Random transactions on ten cities, as plain SQL, so that the same ones run through database.write and at a console.
import fc from "fast-check";
import { escapeLiteral } from "pg";

export const RACED = "raced-";
const CITIES = 10;

/** One transaction: statements in order, the way they come to the database, and how it ends. */
export interface RandomTransaction {
  by: "write" | "console" | "autocommit";
  isolation: "READ COMMITTED" | "REPEATABLE READ" | "SERIALIZABLE";
  steps: string[][];
  rolledBack: boolean;
}

const slug = fc.nat(CITIES - 1).map((i) => escapeLiteral(`${RACED}${i}`));
const word = fc.constantFrom("Ålesund", "Lviv", "Львів", "O'Higgins", "São \\ Paulo", "大阪").map(escapeLiteral);
const wordOrNull = fc.option(word, { nil: "NULL" });
const count = fc.nat(5).map(String);

const update = (set: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(set, slug).map(([assignment, at]) => `UPDATE city SET ${assignment} WHERE slug = ${at}`);

const cityWithSlug = (at: string): string => `FROM city WHERE slug = ${at}`;

const statement = fc.oneof(
  update(count.map((n) => `population = ${n}`)),
  update(fc.constant("population = population")),
  update(fc.constant("population = coalesce(population, 0) + 1, profile = NULL")),
  update(wordOrNull.map((text) => `profile = ${text}`)),
  update(word.map((text) => `name = ${text}`)),
  update(fc.constant("latitude = 59.3, longitude = 18.1")),
  update(fc.constant("latitude = NULL, longitude = NULL")),
  fc
    .tuple(slug, slug, count)
    .map(([a, b, n]) => `UPDATE city SET population = ${n} WHERE slug = ANY (ARRAY[${a}, ${b}])`),
  fc.tuple(slug, word, count).map(
    ([at, text, n]) => `
      INSERT INTO city AS stored (slug, name, kind, country_id, population)
      VALUES (${at}, ${text}, 'city', (SELECT id FROM country ORDER BY code LIMIT 1), ${n})
      ON CONFLICT (slug) DO UPDATE SET name = excluded.name, population = excluded.population
      WHERE (stored.name, stored.population) IS DISTINCT FROM (excluded.name, excluded.population)`,
  ),
  slug.map((at) => `DELETE ${cityWithSlug(at)}`),
  fc
    .tuple(word, slug)
    .map(
      ([text, at]) =>
        `INSERT INTO record_name (record_id, language, name) SELECT id, 'xx', ${text} ${cityWithSlug(at)} ON CONFLICT DO NOTHING`,
    ),
  fc.tuple(slug, word).map(([at, text]) => `UPDATE record_name SET name = ${text} || id WHERE ${partOf(at)}`),
  slug.map((at) => `DELETE FROM record_name WHERE ${partOf(at)}`),
  fc
    .tuple(count, slug)
    .map(
      ([key, at]) =>
        `INSERT INTO external_id (record_id, scheme, value) SELECT id, 'RACE', ${key} ${cityWithSlug(at)} ON CONFLICT DO NOTHING`,
    ),
  count.map((key) => `DELETE FROM external_id WHERE scheme = 'RACE' AND value = '${key}'`),
  fc.tuple(word, slug).map(
    ([license, at]) => `
      INSERT INTO record_source AS stored (record_id, title, license) SELECT id, 'Race', ${license} ${cityWithSlug(at)}
      ON CONFLICT (record_id, title) DO UPDATE SET license = excluded.license WHERE stored.license IS DISTINCT FROM excluded.license`,
  ),
  fc.constant("SELECT count(*) FROM city"),
);

function partOf(at: string): string {
  return `record_id IN (SELECT id ${cityWithSlug(at)})`;
}

const savepoint = fc
  .tuple(fc.array(statement, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([inner, kept]) => [
    "SAVEPOINT inner_part",
    ...inner,
    kept ? "RELEASE SAVEPOINT inner_part" : "ROLLBACK TO SAVEPOINT inner_part",
  ]);

const plain = statement.map((one) => [one]);

const inOneTransaction = fc.record<RandomTransaction>({
  by: fc.constantFrom("write", "write", "console"),
  isolation: fc.constantFrom("READ COMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"),
  steps: fc.array(fc.oneof({ arbitrary: plain, weight: 3 }, { arbitrary: savepoint, weight: 1 }), {
    minLength: 1,
    maxLength: 5,
  }),
  rolledBack: fc.nat(3).map((n) => n === 0),
});

const eachOnItsOwn = fc.record<RandomTransaction>({
  by: fc.constant("autocommit"),
  isolation: fc.constant("READ COMMITTED"),
  steps: fc.array(plain, { minLength: 1, maxLength: 3 }),
  rolledBack: fc.constant(false),
});

export const randomTransactions = fc.array(
  fc.oneof({ arbitrary: inOneTransaction, weight: 4 }, { arbitrary: eachOnItsOwn, weight: 1 }),
  { minLength: 2, maxLength: 12 },
);
