// How strong links are, as a number.

/**
 * The strength of a link from the sum of what records add to it: to nine decimals, so that the order in which they were added does
 * not show, and equal links are equal.
 */
export function strengthOf(sum: number): number {
  return Math.round(sum * 1e9) / 1e9;
}
