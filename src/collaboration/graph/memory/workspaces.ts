// Marks and labels on partners and records for one walk over the graph. Walks run to their end without awaiting anything, so one
// set serves them all; a mark is the number of the walk that set it, so none has to be wiped off.
import { grown } from "./growing";

export class VisitedSet {
  // Two bytes each: more of them are near at hand.
  private marks = new Uint16Array(0);
  private walk = 0;

  /** Forgets all marks, and makes room for nodes below the number. */
  begin(nodes: number): void {
    this.marks = grown(this.marks, nodes, 0);
    if (this.walk === 0xffff) {
      this.marks.fill(0);
      this.walk = 0;
    }
    this.walk += 1;
  }

  has(node: number): boolean {
    return this.marks[node] === this.walk;
  }

  /** True where it was not marked before. */
  add(node: number): boolean {
    if (this.marks[node] === this.walk) return false;
    this.marks[node] = this.walk;
    return true;
  }
}

/** Marks with a number each. */
export class StampedMap {
  private readonly marks = new VisitedSet();
  private values = new Int32Array(0);

  begin(nodes: number): void {
    this.marks.begin(nodes);
    this.values = grown(this.values, nodes, 0);
  }

  /** -1 where there is none. */
  get(node: number): number {
    return this.marks.has(node) ? (this.values[node] as number) : -1;
  }

  /** True where there was none before; one that is there stays. */
  set(node: number, value: number): boolean {
    if (!this.marks.add(node)) return false;
    this.values[node] = value;
    return true;
  }
}

/** Lists of numbers, one for each node. */
export class BucketLists {
  private readonly marks = new VisitedSet();
  // Of each node the place of the newest entry; of each entry what it says, and the place of the one before, -1 for none.
  private newest = new Int32Array(0);
  private values = new Int32Array(0);
  private before = new Int32Array(0);
  private used = 0;

  /** Empties all lists, and makes room for nodes below the number. */
  begin(nodes: number): void {
    this.marks.begin(nodes);
    this.newest = grown(this.newest, nodes, 0);
    this.used = 0;
  }

  has(node: number): boolean {
    return this.marks.has(node);
  }

  /** Adds a number, unless it is the one that was added last to this list. */
  add(node: number, value: number): void {
    const before = this.marks.add(node) ? -1 : (this.newest[node] as number);
    if (before !== -1 && this.values[before] === value) return;
    this.values = grown(this.values, this.used + 1, 0);
    this.before = grown(this.before, this.used + 1, 0);
    this.values[this.used] = value;
    this.before[this.used] = before;
    this.newest[node] = this.used++;
  }

  /** Visits the numbers of a list, the newest first. */
  each(node: number, visit: (value: number) => void): void {
    if (!this.marks.has(node)) return;
    for (let at = this.newest[node] as number; at !== -1; at = this.before[at] as number)
      visit(this.values[at] as number);
  }
}

/** Sums by partner, wiped off as they are taken out. */
export class SparseAccumulator {
  private sums = new Float64Array(0);
  private readonly touched: number[] = [];

  /** Makes room for nodes below the number, and forgets what a walk left that was broken off. */
  begin(nodes: number): void {
    this.take(() => undefined);
    if (this.sums.length < nodes) this.sums = new Float64Array(nodes * 2);
  }

  /** @param amount more than 0 */
  add(node: number, amount: number): void {
    if (this.sums[node] === 0) this.touched.push(node);
    this.sums[node] = (this.sums[node] as number) + amount;
  }

  /** Puts a higher number in place of a lower one. */
  raise(node: number, to: number): void {
    const there = this.sums[node] as number;
    if (there === 0) this.touched.push(node);
    if (to > there) this.sums[node] = to;
  }

  /** 0 where there is none. */
  get(node: number): number {
    return this.sums[node] as number;
  }

  /** Hands out every sum, in the order in which their nodes first came, and forgets it. */
  take(visit: (node: number, sum: number) => void): void {
    for (const node of this.touched) {
      const sum = this.sums[node] as number;
      this.sums[node] = 0;
      visit(node, sum);
    }
    this.touched.length = 0;
  }
}

export class Scratch {
  readonly sums = new SparseAccumulator();
  readonly records = new VisitedSet();
  /** records that were counted for the pair at hand */
  readonly counted = new VisitedSet();
  /** who shares the record at hand, while records are walked through */
  readonly sharers = new VisitedSet();
  /** one of two groups of partners */
  readonly group = new VisitedSet();
  /** records by their places in a list at hand */
  readonly listed = new StampedMap();
  /** who of a group shares each record */
  readonly sharing = new BucketLists();
  /** records over which links are looked for */
  readonly over = new VisitedSet();
  /** for the two sides of a search: how far away those are that were reached, and which records they share */
  readonly distances = [new StampedMap(), new StampedMap()] as const;
  readonly opened = [new VisitedSet(), new VisitedSet()] as const;
}
