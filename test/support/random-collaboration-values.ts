// What random rows of a graph of collaboration hold: ids, and days of all sorts.
import { between, pick, type Random } from "../../src/kernel/random";

export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

export class RandomValues {
  constructor(protected readonly random: Random) {}

  some<Item>(items: readonly Item[], count: number): Item[] {
    return shuffled(this.random, items).slice(0, count);
  }

  period(): [since: string | null, until: string | null] {
    return this.periods(1)[0] ?? [null, null];
  }

  /** Periods one after the other; the first may have begun nobody knows when, and the last may not have ended. */
  periods(count: number): [since: string | null, until: string | null][] {
    const days = Array.from({ length: 2 * count }, () => this.partialDate());
    days.sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1));
    return Array.from({ length: count }, (_, n): [string | null, string | null] => [
      n === 0 && this.random() < 0.25 ? null : (days[2 * n] ?? null),
      n === count - 1 && this.random() < 0.5 ? null : (days[2 * n + 1] ?? null),
    ]).filter(([since], n, all) => n === 0 || since !== all[n - 1]?.[0]);
  }

  partialDate(): string {
    const { random } = this;
    const two = (value: number): string => String(value).padStart(2, "0");
    const year = String(between(random, 1996, 2030));
    const month = `${year}-${two(between(random, 1, 12))}`;
    return pick(random, [year, month, `${month}-${two(between(random, 1, 28))}`]);
  }

  ids(count: number): string[] {
    return Array.from({ length: count }, () => this.id());
  }

  /** In no order, unlike those that the database makes. */
  id(): string {
    const hex = Array.from({ length: 30 }, () => between(this.random, 0, 15).toString(16)).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), `7${hex.slice(12, 15)}`, `8${hex.slice(15, 18)}`, hex.slice(18)].join(
      "-",
    );
  }
}

function firstDay(date: string): string {
  return `${date}-01-01`.slice(0, 10);
}
