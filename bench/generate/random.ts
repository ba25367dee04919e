// Random choices that a seed repeats, on every machine: sums, products and square roots alone, which IEEE 754 rounds
// exactly. Powers, logarithms and sines are left to each engine (ECMA-262, section 21.3.2), and could differ.

import { pick, randomFrom, type Random } from "../../src/kernel/random";

/**
 * A stream of numbers of its own for each kind of row, so that one more number drawn for cities changes no project.
 * @param seed a whole number from 0 to 2³² - 1
 * @param name what the stream is for; it is hashed by FNV-1a (Fowler, Noll and Vo, RFC 9923)
 */
export function streamOf(seed: number, name: string): Random {
  let hash = 0x811c9dc5;
  for (const letter of `${seed} ${name}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return randomFrom(hash);
}

export function chance(random: Random, share: number): boolean {
  return random() < share;
}

/** One of the values, each as often as its share of all weights. */
export function weighted<Value>(random: Random, choices: readonly (readonly [Value, number])[]): Value {
  let left = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of choices) {
    left -= weight;
    if (left < 0) return value;
  }
  return pick(random, choices)[0];
}

/** Several different items, in the order in which they were drawn; all of them where fewer are there. */
export function several<Item>(random: Random, items: readonly Item[], count: number): Item[] {
  const left = [...items];
  const drawn: Item[] = [];
  while (drawn.length < count && left.length > 0) {
    drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return drawn;
}

/** About normal, with mean 0 and standard deviation 1: a sum of twelve uniform numbers (central limit theorem). */
export function normal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
}
