// Things that so many share that they carry no path: what they add to links that other things make. A partner has few of them, as a rule.
import type { Selection } from "../selection";
import { strengthOf } from "../strength";

const NONE: readonly number[] = [];

/** For one question: it remembers what it found. */
export class WideThings {
  private readonly known = new Map<number, readonly number[]>();

  /**
   * @param maxSharedBy things shared by more are wide; below 255
   * @param count is told how many steps were taken
   */
  constructor(
    private readonly selection: Selection,
    private readonly maxSharedBy: number,
    private readonly count: (steps: number) => void,
  ) {}

  isWide(thing: number): boolean {
    return this.selection.adjacency.incidences.smallSizeOf(thing) > this.maxSharedBy;
  }

  /** The strength of a link, of which it is known what other things add to it. */
  strengthOf(partner: number, other: number, carried: number): number {
    const own = this.of(partner);
    const shared = own.length === 0 ? NONE : common(own, this.of(other));
    return strengthOf(carried + this.weightOf(shared));
  }

  /** By how much a link of a partner may be stronger than what other things add to it. */
  mostFor(partner: number): number {
    return this.weightOf(this.of(partner));
  }

  /** Visits the other things of a partner, and remembers the wide ones: they are asked for next. @returns the wide ones */
  setAside(partner: number, visit: (thing: number) => void): readonly number[] {
    this.count(this.selection.adjacency.incidences.ofPartners.lengthOf(partner));
    let wide: number[] | undefined;
    this.selection.eachThing(partner, (thing) => {
      if (this.isWide(thing)) (wide ??= []).push(thing);
      else visit(thing);
    });
    const things = wide === undefined ? NONE : [...new Set(wide)].sort((a, b) => a - b);
    this.known.set(partner, things);
    return things;
  }

  /** The wide things of a partner, each once, in the order of their numbers. */
  private of(partner: number): readonly number[] {
    return this.known.get(partner) ?? this.setAside(partner, () => undefined);
  }

  private weightOf(things: readonly number[]): number {
    return things.reduce((sum, thing) => sum + this.selection.adjacency.weightOf(thing), 0);
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
