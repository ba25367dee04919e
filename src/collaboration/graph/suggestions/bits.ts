// Masks of 32 bits: which bits are set, and sums over them.

/** The place of the lowest bit that is set; of 0, -1. */
export function placeOfLowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

/** The sum of values over the bits that are set. */
export function sumOverBits(mask: number, values: ArrayLike<number>): number {
  let sum = 0;
  for (let left = mask; left !== 0; left &= left - 1) sum += values[placeOfLowestBit(left)] as number;
  return sum;
}
