// Days as whole numbers, counted from 1970-01-01, for typed arrays: with values before and after all days for what has no day.
import { firstDay } from "../../../kernel/dates";

/** A beginning that is not known: it counts as long ago. */
export const UNKNOWN = -0x8000_0000;
/** A beginning before all days: what has always been. */
export const ALWAYS = UNKNOWN + 1;
/** An end that has not come, or is not known. */
export const NEVER = 0x7fff_ffff;

/** The beginning of what has always been, as the database gives it. */
export const ALWAYS_SINCE = "always";

const MS_PER_DAY = 86_400_000;

/** @param date YYYY-MM-DD */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
}

/** The first day of the year 10000, which no date of ours can say. */
const BEYOND_DATES = Date.UTC(10_000, 0) / MS_PER_DAY;

/** The day as YYYY-MM-DD; null for one of the values that are no day, and for one that no date can say. */
export function dateOfDay(day: number): string | null {
  if (day <= ALWAYS || day >= BEYOND_DATES) return null;
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The first day of something, by the partial date of its beginning. */
export function beginningOf(since: string | null): number {
  if (since === null) return UNKNOWN;
  return since === ALWAYS_SINCE ? ALWAYS : dayNumber(firstDay(since));
}

/** The first day on which something is no longer, by the partial date of that day, or else by that of its last day. */
export function endOf(until: string | null, last: string | null): number {
  if (until !== null) return dayNumber(firstDay(until));
  return last === null ? NEVER : dayAfter(last);
}

/** The first day after a year, a month or a day: of 2020 it is 2021-01-01. That after 9999 is a number as well. */
export function dayAfter(partialDate: string): number {
  const date = new Date(`${firstDay(partialDate)}T00:00:00Z`);
  if (partialDate.length === 4) date.setUTCFullYear(date.getUTCFullYear() + 1);
  else if (partialDate.length === 7) date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCDate(date.getUTCDate() + 1);
  return date.getTime() / MS_PER_DAY;
}
