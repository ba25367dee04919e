// What the types of a filter's values cannot say of them.
import { isDate } from "../../kernel/dates";
import { badInput } from "../../kernel/errors";

/** A hundred years: what is due later is due at no time that anybody plans for. */
const DAYS_AT_MOST = 36_525;

export function dayGiven(value: unknown): string {
  if (!isDate(value)) throw badInput("BAD_DATE", "a day must be a full date such as 2018-06-12");
  return value;
}

export function daysGiven(value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= DAYS_AT_MOST) return value;
  throw badInput("BAD_DAYS", `a number of days must be 0 to ${DAYS_AT_MOST}`);
}

export function nullInFilter(name: string): Error {
  return badInput("NULL_IN_FILTER", `"${name}" must not be null: leave it out, or use isNull`);
}

export function refuseImpossiblePoint(point: { latitude: number; longitude: number }): void {
  if (Math.abs(point.latitude) > 90 || Math.abs(point.longitude) > 180) {
    throw badInput("BAD_POINT", "latitude must be -90 to 90 and longitude -180 to 180 degrees (WGS 84)");
  }
}
