// What a walk over the graph notes of partners and records while it lasts. Workspaces are large and used again, so a walk leases them:
// `using seen = graph.workspaces.visitedSet(…)` has one that nobody else has until its block ends, however many walks are under way.
import { grown } from "./growing";

/** What is used again and again, by one computation at a time. */
abstract class Workspace implements Disposable {
  private isLeased = false;

  /** @param idle where it waits for the next lease */
  constructor(private readonly idle: Workspace[]) {}

  /** Makes it empty, with room for nodes below the number. @throws where somebody has it: two computations would mix up their notes */
  lease(nodes: number): this {
    if (this.isLeased) throw new Error("the workspace is leased already");
    this.isLeased = true;
    this.clear(nodes);
    return this;
  }

  /** Ends the lease. */
  [Symbol.dispose](): void {
    if (!this.isLeased) throw new Error("the workspace is leased to nobody");
    this.isLeased = false;
    this.idle.push(this);
  }

  /** Forgets all, and makes room for nodes below the number. */
  abstract clear(nodes: number): void;
}

/** A set of nodes. Each mark is the number of the walk that set it, so none has to be wiped off. */
export class VisitedSet extends Workspace {
  // Two bytes each: more of them are near at hand.
  private marks = new Uint16Array(0);
  private walk = 0;

  override clear(nodes: number): void {
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

  /** True where it was not in the set before. */
  add(node: number): boolean {
    if (this.marks[node] === this.walk) return false;
    this.marks[node] = this.walk;
    return true;
  }
}

/** A map from nodes to numbers. */
export class StampedMap extends Workspace {
  private readonly keys = new VisitedSet([]);
  private values = new Int32Array(0);

  override clear(nodes: number): void {
    this.keys.clear(nodes);
    this.values = grown(this.values, nodes, 0);
  }

  /** -1 where there is none. */
  get(node: number): number {
    return this.keys.has(node) ? (this.values[node] as number) : -1;
  }

  /** True where there was none before; one that is there stays. */
  set(node: number, value: number): boolean {
    if (!this.keys.add(node)) return false;
    this.values[node] = value;
    return true;
  }
}

/** A list of numbers for each node, all in one place (bucket lists). */
export class BucketLists extends Workspace {
  private readonly keys = new VisitedSet([]);
  // Of each node the place of the newest entry; of each entry what it says, and the place of the one before, -1 for none.
  private newest = new Int32Array(0);
  private values = new Int32Array(0);
  private before = new Int32Array(0);
  private used = 0;

  override clear(nodes: number): void {
    this.keys.clear(nodes);
    this.newest = grown(this.newest, nodes, 0);
    this.used = 0;
  }

  has(node: number): boolean {
    return this.keys.has(node);
  }

  /** Adds a number, unless it is the one that was added last to this list. */
  add(node: number, value: number): void {
    const before = this.keys.add(node) ? -1 : (this.newest[node] as number);
    if (before !== -1 && this.values[before] === value) return;
    this.values = grown(this.values, this.used + 1, 0);
    this.before = grown(this.before, this.used + 1, 0);
    this.values[this.used] = value;
    this.before[this.used] = before;
    this.newest[node] = this.used++;
  }

  /** Visits the numbers of a list, the newest first. */
  each(node: number, visit: (value: number) => void): void {
    if (!this.keys.has(node)) return;
    for (let at = this.newest[node] as number; at !== -1; at = this.before[at] as number)
      visit(this.values[at] as number);
  }
}

/**
 * A sum for each node, of which most have none (the sparse accumulator of Gilbert, Moler and Schreiber, "Sparse matrices in MATLAB", SIAM
 * Journal on Matrix Analysis 13, 1992).
 */
export class SparseAccumulator extends Workspace {
  private sums = new Float64Array(0);
  private readonly touched: number[] = [];

  override clear(nodes: number): void {
    // A walk that was broken off may have left some.
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

/** The workspaces of a graph: as many of each sort as walks had at once. */
export class Workspaces {
  private readonly visitedSets: VisitedSet[] = [];
  private readonly stampedMaps: StampedMap[] = [];
  private readonly bucketLists: BucketLists[] = [];
  private readonly accumulators: SparseAccumulator[] = [];

  /** An empty one for nodes below the number, for the block that uses it. */
  visitedSet(nodes: number): VisitedSet {
    return (this.visitedSets.pop() ?? new VisitedSet(this.visitedSets)).lease(nodes);
  }

  stampedMap(nodes: number): StampedMap {
    return (this.stampedMaps.pop() ?? new StampedMap(this.stampedMaps)).lease(nodes);
  }

  listOfEach(nodes: number): BucketLists {
    return (this.bucketLists.pop() ?? new BucketLists(this.bucketLists)).lease(nodes);
  }

  accumulator(nodes: number): SparseAccumulator {
    return (this.accumulators.pop() ?? new SparseAccumulator(this.accumulators)).lease(nodes);
  }
}
