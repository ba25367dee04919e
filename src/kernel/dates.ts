// Dates as text: full dates (RFC 3339 full-date), partial dates, which show as much as is known, and instants.

const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-5]):[0-5]\d)$/;
const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** True for an existing day of the years 0001 to 9999, such as 2018-06-12. */
export function isDate(value: unknown): value is string {
  return typeof value === "string" && FULL_DATE.test(value) && isPartialDate(value);
}

/** True for a year, a month or a day that exists: 2016, 2015-05, 2016-09-14. */
export function isPartialDate(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const [, year, month = "01", day = "01"] = PARTIAL_DATE.exec(value) ?? [];
  if (year === undefined || year === "0000") return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // Date rolls 31 April over to 1 May: only a day that stays itself exists.
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === `${year}-${month}-${day}`;
}

/** The first day of a partial date, by which it compares: of 2015-05 it is 2015-05-01. */
export function firstDay(partialDate: string): string {
  const [year = "", month = "01", day = "01"] = partialDate.split("-");
  return [year, month, day].join("-");
}

/** True for an RFC 3339 date-time with its offset, such as 2026-11-20T09:30:00.000Z. */
export function isInstant(value: unknown): value is string {
  return typeof value === "string" && isDate(INSTANT.exec(value)?.[1]);
}
