import fc from "fast-check";
import {
  boolean,
  countryCode,
  decimal,
  enumeration,
  integer,
  name,
  oneOf,
  partialDate,
  slug,
  text,
  url,
  type Column,
} from "../../../src/database/declare/column";
import { cellValue } from "../../../src/database/load/cell-values";

const mood = enumeration("Mood", "A mood.", { GLAD: "Glad.", SAD: "Sad." });
const KINDS: Record<string, (nullable: boolean) => Column> = {
  text: (nullable) => text("", { nullable }),
  name: (nullable) => name("", { nullable }),
  slug: (nullable) => slug("", { nullable }),
  countryCode: (nullable) => countryCode("", { nullable }),
  url: (nullable) => url("", { nullable }),
  integer: (nullable) => integer("", { nullable }),
  decimal: (nullable) => decimal("", { nullable }),
  boolean: (nullable) => boolean("", { nullable }),
  partialDate: (nullable) => partialDate("", { nullable }),
  enum: (nullable) => oneOf(mood, "", { nullable }),
};
const kinds = Object.keys(KINDS);
const read = (kind: string, cell: string): ReturnType<typeof cellValue> =>
  cellValue(KINDS[kind]?.(false) as Column, cell);

it.each(kinds)("takes an empty cell of a %s for unknown where it may be, and refuses it elsewhere", (kind) => {
  expect(cellValue(KINDS[kind]?.(true) as Column, "")).toEqual({ value: null });
  expect(read(kind, "")).toEqual({ problem: "must not be empty" });
});

it.each(kinds)("refuses a null character in a %s", (kind) => {
  expect(read(kind, "a\0b")).toEqual({ problem: "must not hold a null character" });
});

it.each([
  ["integer", "2024", 2024],
  ["integer", "-2147483647", -2_147_483_647],
  ["integer", "007", 7],
  ["decimal", "52.41548", 52.41548],
  ["decimal", "-4", -4],
  ["boolean", "true", true],
  ["boolean", "false", false],
  ["partialDate", "2016", "2016"],
  ["partialDate", "2016-09-14", "2016-09-14"],
  ["countryCode", "PL", "PL"],
  ["slug", "granada-ni", "granada-ni"],
  ["url", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"],
  ["enum", "GLAD", "GLAD"],
  ["text", " as it is\n", " as it is\n"],
  ["name", "Kraków", "Kraków"],
])("reads the %s %j", (kind, cell, value) => {
  expect(read(kind, cell)).toEqual({ value });
});

it.each([
  ["integer", "2147483648", "a whole number"],
  ["integer", "99999999999999999999", "a whole number"],
  ["integer", "1.5", "a whole number"],
  ["integer", "1e3", "a whole number"],
  ["integer", "0x10", "a whole number"],
  ["decimal", "1,5", "a number"],
  ["decimal", ".5", "a number"],
  ["decimal", "1e400", "a number"],
  ["decimal", "Infinity", "a number"],
  ["decimal", "NaN", "a number"],
  ["decimal", "9".repeat(400), "a number"],
  ["boolean", "yes", "true or false"],
  ["boolean", "TRUE", "true or false"],
  ["partialDate", "2015-02-29", "a year, month or day that exists, such as 2016-09"],
  ["partialDate", "14.09.2016", "a year, month or day that exists, such as 2016-09"],
  ["countryCode", "pl", "two upper-case letters"],
  ["countryCode", "POL", "two upper-case letters"],
  ["slug", "Kraków", "lower-case letters and digits, joined by hyphens"],
  ["slug", "a--b", "lower-case letters and digits, joined by hyphens"],
  ["slug", "a-", "lower-case letters and digits, joined by hyphens"],
  ["url", "example.org", "an http or https URL"],
  ["url", "javascript:alert(1)", "an http or https URL"],
  ["url", "ftp://example.org", "an http or https URL"],
  ["enum", "glad", "one of GLAD, SAD"],
  ["enum", "toString", "one of GLAD, SAD"],
])("refuses the %s %j", (kind, cell, wanted) => {
  expect(read(kind, cell)).toEqual({ problem: `must be ${wanted}, but is "${cell.slice(0, 60)}"` });
});

it("answers every text with a value or a problem, and numbers that a column can hold", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.string({ unit: "binary", minLength: 1 }), (kind, cell) => {
      const answer = read(kind, cell);
      if ("problem" in answer) expect(answer.problem).toMatch(/^must /);
      else if (typeof answer.value === "number") expect(Number.isFinite(answer.value)).toBe(true);
      else expect(String(answer.value)).toBe(cell);
    }),
  );
});

it("reads every whole number that a column can hold, and every number as it prints", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(2 ** 31) + 1 }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (whole, number) => {
        expect(read("integer", String(whole))).toEqual({ value: whole });
        const plain = number.toFixed(6);
        expect(read("decimal", plain)).toEqual({ value: Number(plain) });
      },
    ),
  );
});
