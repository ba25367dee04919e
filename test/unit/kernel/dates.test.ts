import fc from "fast-check";
import { firstDay, isDate, isPartialDate } from "../../../src/kernel/dates";

/** The Gregorian calendar by its rules, without Date. */
function dayExists(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= (days[month - 1] ?? 0);
}

const padded = (number: number, width: number): string => String(number).padStart(width, "0");
const year = fc.oneof(fc.nat(9_999), fc.constantFrom(0, 1, 4, 99, 100, 1900, 2000, 2024, 2100, 9999));
const month = fc.nat(14);
const day = fc.nat(33);

it("takes exactly the days of the calendar", () => {
  fc.assert(
    fc.property(year, month, day, (year, month, day) => {
      const text = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
      expect([text, isDate(text), isPartialDate(text)]).toEqual([text, ...Array(2).fill(dayExists(year, month, day))]);
    }),
    { numRuns: 2_000 },
  );
});

it("takes a month or a year alone as a partial date only", () => {
  fc.assert(
    fc.property(year, month, (year, month) => {
      const [yearText, monthText] = [padded(year, 4), `${padded(year, 4)}-${padded(month, 2)}`];
      expect([isDate(yearText), isDate(monthText)]).toEqual([false, false]);
      expect([isPartialDate(yearText), isPartialDate(monthText)]).toEqual([year > 0, dayExists(year, month, 1)]);
    }),
  );
});

it.each([
  "",
  "16",
  "2016-",
  "2016-9",
  "2016-09-4",
  "20160904",
  "2016-09-14T00:00:00Z",
  " 2016",
  "2016\n",
  "+12016",
  "-2016",
  "２０１６",
  "2016-02-30",
])("takes %j for no date", (text) => {
  expect([isDate(text), isPartialDate(text)]).toEqual([false, false]);
});

it("takes nothing but text", () => {
  fc.assert(
    fc.property(
      fc.anything().filter((value) => typeof value !== "string"),
      (value) => {
        expect([isDate(value), isPartialDate(value)]).toEqual([false, false]);
      },
    ),
  );
});

it.each([
  ["2016", "2016-01-01"],
  ["2015-05", "2015-05-01"],
  ["2016-09-14", "2016-09-14"],
])("takes %s by its first day, %s", (partialDate, day) => {
  expect(firstDay(partialDate)).toBe(day);
});
