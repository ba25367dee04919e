// What statistics add to the static cost of an operation; see docs/statistics.md.

/** A statistic reads all rows of a type, where a page reads as many as it shows: some twenty times a page's time, as a search. */
export const STATISTIC_COST = 25_000;

/** A list of an overlap compares all members of two networks before it shows a page of them. */
export const OVERLAP_COST = 2_500;

/** Of two networks all members are compared for one figure. */
export const JACCARD_COST = 10_000;

/** How many groups a grouped statistic usually has: a country or a field each, and seldom a hundred. */
export const GROUPS_USUALLY = 100;
