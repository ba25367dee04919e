// Hubs: records that so many share that they carry no path. What they add to links that other records make. A partner has few of them, as a
// rule.
import type { Selection } from "../selection";
import { strengthOf } from "../strength";

const NONE: readonly number[] = [];

/** For one question: it remembers what it found. */
export class Hubs {
  private readonly known = new Map<number, readonly number[]>();

  /**
   * @param maxSharedBy records shared by more are hubs; below 255
   * @param count is told how many steps were taken
   */
  constructor(
    private readonly selection: Selection,
    private readonly maxSharedBy: number,
    private readonly count: (steps: number) => void,
  ) {}

  isHub(record: number): boolean {
    return this.selection.graph.affiliations.smallSizeOf(record) > this.maxSharedBy;
  }

  /** The strength of a link, of which it is known what other records add to it. */
  strengthOf(partner: number, other: number, carried: number): number {
    const own = this.of(partner);
    const shared = own.length === 0 ? NONE : common(own, this.of(other));
    return strengthOf(carried + this.weightOf(shared));
  }

  /** By how much a link of a partner may be stronger than what other records add to it. */
  mostFor(partner: number): number {
    return this.weightOf(this.of(partner));
  }

  /** Visits the other records of a partner, and remembers the hubs: they are asked for next. @returns the hubs */
  setAside(partner: number, visit: (record: number) => void): readonly number[] {
    this.count(this.selection.graph.affiliations.ofPartners.lengthOf(partner));
    let hubs: number[] | undefined;
    this.selection.eachRecord(partner, (record) => {
      if (this.isHub(record)) (hubs ??= []).push(record);
      else visit(record);
    });
    const own = hubs === undefined ? NONE : [...new Set(hubs)].sort((a, b) => a - b);
    this.known.set(partner, own);
    return own;
  }

  /** The hubs of a partner, each once, in the order of their numbers. */
  private of(partner: number): readonly number[] {
    return this.known.get(partner) ?? this.setAside(partner, () => undefined);
  }

  private weightOf(records: readonly number[]): number {
    return records.reduce((sum, record) => sum + this.selection.graph.weightOf(record), 0);
  }
}

/** What two lists have in common, both of them in ascending order. It takes a search through the longer for each of the shorter. */
function common(a: readonly number[], b: readonly number[]): readonly number[] {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  if (few.length === 0) return NONE;
  return few.filter((number) => includes(many, number));
}

function includes(ascending: readonly number[], number: number): boolean {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((ascending[middle] as number) < number) from = middle + 1;
    else to = middle;
  }
  return ascending[from] === number;
}
