// Days of synthetic records, as far as each is known: a year, a month or a day.
import { between, type Random } from "../../src/kernel/random";
import { weighted } from "./random";

/** The day that the records are told on: what ends before it is over. No clock is asked, so that a seed repeats it. */
export const TOLD_ON_YEAR = 2026;

/** The letters of a partial date that are known: 4 of 2016, 7 of 2016-05, 10 of 2016-05-14. */
export type Precision = 4 | 7 | 10;

const DAYS_A_YEAR = 360;

export function precisionFrom(random: Random): Precision {
  return weighted<Precision>(random, [
    [10, 6],
    [7, 2],
    [4, 2],
  ]);
}

/**
 * A partial date. Those of one precision stand in the order of their years, so two of them never end before they begin.
 * @param year with its fraction, such as 2016.5 for the first of July
 */
export function partialDate(year: number, precision: Precision): string {
  const whole = Math.floor(year);
  // Months of thirty days, the last ones of February let out, so that every day exists.
  const day = Math.floor((year - whole) * DAYS_A_YEAR);
  const month = Math.floor(day / 30) + 1;
  const dayOfMonth = Math.min((day % 30) + 1, month === 2 ? 28 : 30);
  return `${whole}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`.slice(0, precision);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** A year with its fraction, evenly from the first of January of one year to the end of another. */
export function yearBetween(random: Random, first: number, last: number): number {
  return between(random, first, last) + random();
}
