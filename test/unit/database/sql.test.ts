// Parts of SQL that no parameter can stand for: in their own form, and refused in any other.
import {
  at,
  columnIdentifier,
  identifier,
  literal,
  number,
  sqlType,
  tableAs,
  truth,
  word,
  type Word,
} from "../../../src/database/sql";

it("quotes names, and spells columns as the database does", () => {
  expect(identifier("record_source").text).toBe('"record_source"');
  expect(columnIdentifier("creativeFieldId").text).toBe('"creative_field_id"');
  expect(at("c1", "countryId").text).toBe('c1."country_id"');
  expect(tableAs("city", "t").text).toBe('"city" t');
});

it("writes types, words, literals and numbers as they are", () => {
  expect(
    [sqlType("timestamptz"), sqlType("text[]"), word("NULLS LAST"), word("<="), truth(true)].map(({ text }) => text),
  ).toEqual(["timestamptz", "text[]", "NULLS LAST", "<=", "true"]);
  expect([literal("DRAFT").text, literal("-infinity").text, number(2).text]).toEqual(["'DRAFT'", "'-infinity'", "2"]);
});

it.each<[string, () => unknown]>([
  ["a quotation mark in a name", () => identifier('city" --')],
  ["a second word in an alias", () => at("c; DROP TABLE city", "id")],
  ["no name at all", () => identifier("")],
  ["more than a type", () => sqlType("int4) --")],
  ["the end of a literal", () => literal("DRAFT' OR 'a' = 'a")],
  ["a word of another kind", () => word("; DROP TABLE city" as Word)],
  ["a part of a number", () => number(1.5)],
])("refuses %s", (_what, make) => {
  expect(make).toThrow();
});
