import {
  ALWAYS,
  ALWAYS_SINCE,
  beginningOf,
  dateOfDay,
  dayAfter,
  dayNumber,
  endOf,
  NEVER,
  UNKNOWN,
} from "../../../../../src/collaboration/graph/memory/days";

it.each([
  ["2020", "2021-01-01"],
  ["2020-05", "2020-06-01"],
  ["2020-12", "2021-01-01"],
  ["2020-02-28", "2020-02-29"],
  ["2021-02-28", "2021-03-01"],
  ["1969-12-31", "1970-01-01"],
  ["0099", "0100-01-01"],
])("has the day after %s on %s", (last, expected) => {
  expect(dateOfDay(dayAfter(last))).toBe(expected);
  expect(endOf(null, last)).toBe(dayNumber(expected));
});

it("takes the first day of a beginning and of an end, and an end before a last day", () => {
  expect(dateOfDay(beginningOf("2015-03"))).toBe("2015-03-01");
  expect(dateOfDay(endOf("2016", "2019"))).toBe("2016-01-01");
});

it("keeps what is unknown and what is for ever apart from all days", () => {
  expect([beginningOf(null), beginningOf(ALWAYS_SINCE), endOf(null, null)]).toEqual([UNKNOWN, ALWAYS, NEVER]);
  expect([UNKNOWN, ALWAYS, NEVER].map(dateOfDay)).toEqual([null, null, null]);
  expect(beginningOf("0001")).toBeGreaterThan(ALWAYS);
  expect(endOf(null, "9999")).toBeLessThan(NEVER);
});

it("shows no day that a date cannot say", () => {
  expect(dateOfDay(dayAfter("9999"))).toBeNull();
  expect(dateOfDay(dayAfter("9999-12-30"))).toBe("9999-12-31");
});
