// PostgreSQL prints each kind of value as JSON that is equal to what the API shows for it.
import "reflect-metadata";
import fc from "fast-check";
import sql, { raw, type Sql } from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { idAsJson, type Codec } from "../../src/database/declare/codec";
import * as codecs from "../../src/database/declare/codecs";
import { encodeId } from "../../src/kernel/ids";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

/** How many values are tried of each kind, all in one statement. */
const VALUES = 500;

const { enumeration } = catalogue.getByName("Project").columns.status ?? {};
if (enumeration === undefined) throw new Error("a project's status is a word of a list");

const text = fc
  .string({ unit: "binary", maxLength: 60 })
  .map((any) => any.replaceAll("\0", "").replace(/\p{Surrogate}/gu, ""));
const day = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const micros = fc.integer({ min: 0, max: 999_999 }).map((value) => String(value).padStart(6, "0"));

const CASES: [Codec, fc.Arbitrary<unknown>][] = [
  [codecs.TEXT, text],
  [codecs.NAME, text],
  [codecs.SLUG, fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/)],
  [codecs.COUNTRY_CODE, fc.stringMatching(/^[A-Z]{2}$/)],
  [codecs.WEB_ADDRESS, fc.webUrl()],
  [codecs.INTEGER, fc.integer()],
  [codecs.DECIMAL, fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)],
  [codecs.BOOLEAN, fc.boolean()],
  [codecs.PARTIAL_DATE, fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([at, length]) => at.slice(0, length))],
  [codecs.DATE, day.map((at) => at.slice(0, 10))],
  [codecs.DATE_TIME, fc.tuple(day, micros).map(([at, fraction]) => `${at.slice(0, 19)}.${fraction}Z`)],
  [codecs.wordOf(enumeration), fc.constantFrom(...Object.keys(enumeration.values))],
];

async function printed(
  values: readonly unknown[],
  stored: Sql,
  json: Sql,
): Promise<{ shown: unknown; json: unknown }[]> {
  // As JSON, so that each driver sends the values alike.
  return backend.database.query(sql`
    SELECT v AS shown, ${json} AS json
    FROM (SELECT ${stored} AS v FROM jsonb_array_elements(${JSON.stringify(values)}::jsonb) WITH ORDINALITY AS e(given, n)
      ORDER BY n) g`);
}

/** Of -0 the sign is kept by neither. */
const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

it.each(CASES.map(([codec, values]) => [codec.kind, codec, values] as const))(
  "prints any %s",
  async (_kind, codec, values) => {
    const given = fc.sample(values, VALUES);
    const stored = sql`(given #>> '{}')::${raw(codec.sqlType)}`;
    for (const { shown, json } of await printed(given, stored, codec.json(sql`v`)))
      expect(asSent(json)).toEqual(asSent(shown));
  },
);

it("prints any list of words", async () => {
  const codec = codecs.severalOf(codecs.TEXT);
  const given = fc.sample(fc.array(text, { maxLength: 5 }), VALUES);
  const stored = sql`ARRAY(SELECT jsonb_array_elements_text(given))`;
  const rows = await printed(given, stored, codec.json(sql`v`));
  expect(rows.map(({ json }) => json)).toEqual(given);
  expect(rows.map(({ shown }) => shown)).toEqual(given);
});

it("prints what is not known as null", async () => {
  for (const [codec] of CASES) {
    const [row] = await printed([null], sql`NULL::${raw(codec.sqlType)}`, codec.json(sql`v`));
    expect(row).toEqual({ shown: null, json: null });
  }
});

it("prints any id", async () => {
  const given = fc.sample(fc.uuid(), VALUES);
  const rows = await printed(given, sql`(given #>> '{}')::uuid`, idAsJson("planned-action", sql`v`));
  expect(rows.map(({ json }) => json)).toEqual(given.map((uuid) => encodeId("planned-action", uuid)));
});
