// Every comparison of every column of every type, against a plain reading of all rows.
import "reflect-metadata";
import { isInputObjectType } from "graphql";
import { catalogue } from "../../src/catalogue";
import type { RecordType } from "../../src/database/declare/record-type";
import { schemaOf } from "../../src/graph/schema";
import type { Row } from "../support/all-rows";
import { startApi, type TestApi } from "../support/api";
import {
  filterableColumns,
  holds,
  LIST_COMPARISONS,
  rowsOf,
  type FilterableColumn,
} from "../support/filterable-columns";
import { addRowsOfEmptyTypes } from "../support/rows-of-every-type";
import { asSecretariat } from "../support/viewers";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
  await addRowsOfEmptyTypes(api.database);
  // The dataset leaves these unknown.
  await api.database.execute(`
    UPDATE city SET population = nullif(length(name), 7) * 1000, subdivision = nullif(left(name, 2), 'Ba'),
      website = CASE WHEN length(name) > 6 THEN 'https://example.org/' || slug END, profile = nullif(name, slug)`);
});
afterAll(() => api.close());

const PAGE = 100;

/** The ids that the API finds, a page of them, and how many there are. */
async function found(type: RecordType, filter: object): Promise<{ total: number; ids: string[] }> {
  const selection =
    type.roots.many === "connection"
      ? `(filter: $f, first: ${PAGE}) { totalCount nodes { id } }`
      : "(filter: $f) { id }";
  const { list } = await api.untypedData(`query ($f: ${type.name}Filter) { list: ${type.plural}${selection} }`, {
    f: filter,
  });
  const nodes = (list.nodes ?? list) as { id: string }[];
  return { total: list.totalCount ?? nodes.length, ids: nodes.slice(0, PAGE).map((node) => node.id) };
}

function expected(rows: readonly Row[], keep: (row: Row) => boolean): { total: number; ids: string[] } {
  const kept = rows.filter(keep);
  return { total: kept.length, ids: kept.slice(0, PAGE).map((row) => row.id) };
}

// As the schema offers them, but for `matches`, whose meaning has a test of its own.
function comparisonsOf(type: RecordType, name: string): string[] {
  const schema = schemaOf(catalogue);
  const filter = schema.getType(`${type.name}Filter`);
  if (!isInputObjectType(filter)) throw new Error(`there is no ${type.name}Filter`);
  const comparator = filter.getFields()[name]?.type;
  if (!isInputObjectType(comparator)) throw new Error(`${type.name}Filter has no ${name}`);
  return Object.keys(comparator.getFields()).filter((comparison) => comparison !== "matches");
}

/** Values that some rows have, one that none has, and for text pieces of them. */
function valuesFor(comparison: string, filterable: FilterableColumn, rows: readonly Row[]): unknown[] {
  const { column, of } = filterable;
  if (column.list) return listValuesFor(comparison, filterable, rows);
  if (comparison === "isNull") return [true, false];
  const known = [...new Set(rows.map(of).filter((value) => value !== null))];
  const some = [0, 0.95].map((at) => known[Math.floor(known.length * at)]).filter((value) => value !== undefined);
  if (comparison === "in") return [some, []];
  if (comparison === "contains") return [...some.map((text) => String(text).slice(1, 4)), "no row has this"];
  if (comparison === "startsWith") return [...some.map((text) => String(text).slice(0, 2)), "no row has this"];
  if (column.codec.kind === "partialDate") return [...some, "2017", "2018-12"];
  return some;
}

/** Pieces of lists that some rows have, in another order and repeated; words that never stand together; none at all. */
function listValuesFor(comparison: string, { column, of }: FilterableColumn, rows: readonly Row[]): unknown[] {
  if (comparison === "isEmpty") return [true, false];
  const lists = rows.map((row) => of(row) as string[]);
  const known = [...new Set(lists.flat())];
  const every = Object.keys(column.enumeration?.values ?? {});
  const words = every.length > 0 ? every : [...known, "no row has this", 'A, {quoted} "priority"'];
  if (comparison === "has") return words;
  const longest = lists.reduce((one, other) => (other.length > one.length ? other : one), []);
  const pairs = words.slice(1).map((word, i) => [words[i], word]);
  return [[], ...known.map((word) => [word]), words, [...longest].reverse(), [...longest, ...longest], ...pairs];
}

describe.each(catalogue.records.map((type) => [type.name, type] as const))("%s", (_name, type) => {
  let rows: Row[];
  beforeAll(async () => {
    rows = await rowsOf(api, type);
  });

  it.each(filterableColumns(type).map((column) => [column.name, column] as const))(
    "is found by every comparison of its %s",
    async (name, column) => {
      const comparisons = comparisonsOf(type, name);
      if (column.column.list) expect(comparisons).toEqual(LIST_COMPARISONS);
      else expect(comparisons).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(has|isEmpty)/)]));
      for (const comparison of comparisons) {
        for (const given of valuesFor(comparison, column, rows)) {
          const filter = { [name]: { [comparison]: given } };
          const holdsFor = (row: Row): boolean => holds(column.column, comparison, given, column.of(row));
          expect({ filter, ...(await found(type, filter)) }).toEqual({ filter, ...expected(rows, holdsFor) });
        }
      }
    },
  );

  it("is found by what does not hold, where a value is not known as well", async () => {
    for (const column of filterableColumns(type)) {
      const comparison = column.column.list ? "has" : "eq";
      const [given] = valuesFor(comparison, column, rows);
      if (given === undefined) continue; // known of no row
      const filter = { not: { [column.name]: { [comparison]: given } } };
      const differs = (row: Row): boolean => !holds(column.column, comparison, given, column.of(row));
      expect({ filter, ...(await found(type, filter)) }).toEqual({ filter, ...expected(rows, differs) });
    }
  });

  const lists = filterableColumns(type).filter(({ column }) => column.list);
  if (lists.length > 0) {
    it.each(lists.map((list) => [list.name, list] as const))("compares its %s only as a list", async (name, list) => {
      const sizes = rows.map((row) => (list.of(row) as string[]).length);
      expect(sizes).toContain(0);
      expect(Math.max(...sizes)).toBeGreaterThan(1);
      const [word] = valuesFor("has", list, rows);
      const both = { [name]: { has: word, hasAll: [word], hasAny: [word], isEmpty: false } };
      expect(await found(type, both)).toEqual(expected(rows, (row) => (list.of(row) as unknown[]).includes(word)));
      expect(await found(type, { [name]: { has: word, isEmpty: true } })).toEqual({ total: 0, ids: [] });
      for (const comparison of ["eq", "in", "lt", "contains", "startsWith", "matches", "isNull"]) {
        const given = comparison === "isNull" ? false : comparison === "in" ? [word] : word;
        await expect(found(type, { [name]: { [comparison]: given } })).rejects.toThrow(
          new RegExp(`Field .*${comparison}.* is not defined by type`),
        );
      }
    });
  }

  it("is found by its id, and by several", async () => {
    expect(rows.length).toBeGreaterThan(2);
    const ids = rows.slice(-3).map((row) => row.id);
    expect(await found(type, { id: { eq: ids[0] } })).toEqual({ total: 1, ids: ids.slice(0, 1) });
    expect(await found(type, { id: { in: [...ids].reverse() } })).toEqual({ total: ids.length, ids });
    expect(await found(type, { not: { id: { in: ids } } })).toEqual(expected(rows, (row) => !ids.includes(row.id)));
  });

  it("is found by all of two comparisons at once", async () => {
    for (const column of filterableColumns(type).filter(({ name }) => comparisonsOf(type, name).includes("gte"))) {
      const [low] = valuesFor("gte", column, rows);
      if (low === undefined) continue;
      const filter = { [column.name]: { gte: low, lt: low } };
      expect(await found(type, filter)).toEqual({ total: 0, ids: [] });
      const both = { [column.name]: { gte: low, lte: low } };
      expect(await found(type, both)).toEqual(expected(rows, (row) => holds(column.column, "eq", low, column.of(row))));
    }
  });
});
