// An order that looks random and that a seed repeats.
import type { Random } from "../../../kernel/random";

/** The numbers 0 to count - 1, each once, every order as likely (Fisher and Yates; Durstenfeld, CACM 7, 1964, algorithm 235). */
export function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, position) => position);
  for (let left = count; left > 1; left--) {
    const drawn = Math.floor(random() * left);
    const last = order[left - 1] as number;
    order[left - 1] = order[drawn] as number;
    order[drawn] = last;
  }
  return order;
}
