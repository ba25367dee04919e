// Time comes in as an argument: only this file and the process's entry know the real clock.

/** The present instant; tests pass one that stands still. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** The UTC day of an instant, as YYYY-MM-DD: the day that every "today" of the API means. */
export function utcDay(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
