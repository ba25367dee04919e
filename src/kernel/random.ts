// Random choices that a seed repeats, on every machine.

/** Numbers in [0, 1). */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state. Of the seed the lowest 32 bits count. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from least to most, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** @throws where there is nothing to pick from */
export function pick<Item>(random: Random, items: ArrayLike<Item>): Item {
  if (items.length === 0) throw new Error("there is nothing to pick from");
  return items[Math.floor(random() * items.length)] as Item;
}
