// How much is to be generated, by the command's arguments.

export interface Size {
  cities: number;
  networks: number;
  projects: number;
  seed: number;
}

/** What each argument may be, and is where it is left out. */
export const BOUNDS = {
  cities: { least: 2, most: 1_000_000, byDefault: 1_000 },
  networks: { least: 1, most: 10_000, byDefault: 20 },
  projects: { least: 1, most: 1_000_000, byDefault: 1_000 },
  seed: { least: 0, most: 2 ** 32 - 1, byDefault: 1 },
} as const satisfies Record<keyof Size, { least: number; most: number; byDefault: number }>;

/** Of everything that no argument names, by the number of cities. */
export function countsBeside({ cities }: Size): {
  organizations: number;
  practices: number;
  experts: number;
  missions: number;
} {
  return {
    organizations: Math.ceil(cities / 20),
    practices: Math.ceil(cities / 20),
    experts: Math.ceil(cities / 50),
    missions: Math.ceil(cities / 40),
  };
}

/** Meetings of the network, one a year. */
export const FIRST_MEETING_IN = 2006;
export const MEETINGS = 20;
export const COLLECTIONS = 4;
