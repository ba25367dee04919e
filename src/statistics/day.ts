// The day that a statistic is asked for.
import type { ReadContext } from "../database/read/context";

/** @param given a day, which its scalar has checked; left out or null, today */
export function dayGiven(given: unknown, { today }: ReadContext): string {
  return (given as string | null | undefined) ?? today;
}
