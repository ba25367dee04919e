// One side of a two-mode graph: for each node the nodes of the other side that it is joined to, and from when to when. What belongs to a
// node lies side by side in memory: a walk waits for memory once for each node, not once for each entry.
import { grown } from "./growing";

// A node is three numbers: where its list begins, how many entries it has, and how many it has room for.
const START = 0;
const LENGTH = 1;
const CAPACITY = 2;
const HEAD = 3;

// Beside each entry there are two days.
const SINCE = 0;
const UNTIL = 1;
const SPAN = 2;

export class AdjacencyLists {
  private heads = new Int32Array(0);
  private others = new Int32Array(0);
  private spans = new Int32Array(0);
  private used = 0;
  /** beginnings of places that were left, by the logarithm of what fits there: they are used again */
  private readonly left: number[][] = [];

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    return this.heads.byteLength + this.others.byteLength + this.spans.byteLength;
  }

  /** How many entries a node has; 0 for one that is not known. */
  lengthOf(node: number): number {
    return this.heads[node * HEAD + LENGTH] ?? 0;
  }

  /** The entries of a node have the places from the first number to the one before the second, until something is added or taken out. */
  startOf(node: number): number {
    return this.heads[node * HEAD + START] ?? 0;
  }

  endOf(node: number): number {
    return this.startOf(node) + this.lengthOf(node);
  }

  /** Of the entry at a place: the node of the other side, and from when to when (see days.ts). */
  otherAt(place: number): number {
    return this.others[place] as number;
  }

  sinceAt(place: number): number {
    return this.spans[place * SPAN + SINCE] as number;
  }

  untilAt(place: number): number {
    return this.spans[place * SPAN + UNTIL] as number;
  }

  holdsOn(place: number, day: number): boolean {
    return this.sinceAt(place) <= day && this.untilAt(place) > day;
  }

  /** Visits each entry of a node. */
  each(node: number, visit: (other: number, place: number) => void): void {
    const end = this.endOf(node);
    for (let at = this.startOf(node); at < end; at++) visit(this.otherAt(at), at);
  }

  /** Whether a node has an entry with another. */
  has(node: number, other: number): boolean {
    const end = this.endOf(node);
    for (let at = this.startOf(node); at < end; at++) if (this.otherAt(at) === other) return true;
    return false;
  }

  add(node: number, other: number, since: number, until: number): void {
    this.heads = grown(this.heads, (node + 1) * HEAD, 0);
    const length = this.lengthOf(node);
    if (length === this.heads[node * HEAD + CAPACITY]) this.makeCapacity(node);
    this.put(this.startOf(node) + length, other, since, until);
    this.heads[node * HEAD + LENGTH] = length + 1;
  }

  /** Takes out the entry at a place of a node's list; the last one of the list comes there instead. */
  removeAt(node: number, place: number): void {
    const last = this.endOf(node) - 1;
    this.put(place, this.otherAt(last), this.sinceAt(last), this.untilAt(last));
    this.heads[node * HEAD + LENGTH] = this.lengthOf(node) - 1;
  }

  /** Takes out one entry that says just this. There must be one. */
  remove(node: number, other: number, since: number, until: number): void {
    const end = this.endOf(node);
    for (let at = this.startOf(node); at < end; at++) {
      if (this.otherAt(at) !== other || this.sinceAt(at) !== since || this.untilAt(at) !== until) continue;
      this.removeAt(node, at);
      return;
    }
    throw new Error(`node ${node} has no such entry`);
  }

  /**
   * Lists of so many nodes, as long as they are told to be, and empty: for who knows what will be added, and wants no list to move
   * meanwhile.
   * @param lengths of each node, in the order of nodes
   */
  static withCapacities(lengths: Int32Array): AdjacencyLists {
    const lists = new AdjacencyLists();
    lists.heads = new Int32Array(lengths.length * HEAD);
    let places = 0;
    lengths.forEach((length, node) => {
      lists.heads[node * HEAD + START] = places;
      lists.heads[node * HEAD + CAPACITY] = length;
      places += length;
    });
    lists.makePlaces(places);
    return lists;
  }

  /** Gives up the room that entries to come were given: all but a twentieth. */
  trim(): void {
    const places = Math.ceil(this.used * 1.05);
    this.others = this.others.slice(0, places);
    this.spans = this.spans.slice(0, places * SPAN);
  }

  private put(place: number, other: number, since: number, until: number): void {
    this.others[place] = other;
    this.spans[place * SPAN + SINCE] = since;
    this.spans[place * SPAN + UNTIL] = until;
  }

  /** For one more entry at least. */
  private makeCapacity(node: number): void {
    const head = node * HEAD;
    const capacity = this.heads[head + CAPACITY] as number;
    const start = this.startOf(node);
    if (capacity > 0 && start + capacity === this.used) {
      // At the very end a list grows where it is: those that are filled one after the other leave no gaps.
      this.makePlaces(1);
      this.heads[head + CAPACITY] = capacity + 1;
      return;
    }
    const log = capacity === 0 ? 0 : Math.floor(Math.log2(capacity)) + 1;
    const to = this.left[log]?.pop() ?? this.makePlaces(2 ** log);
    this.others.copyWithin(to, start, start + capacity);
    this.spans.copyWithin(to * SPAN, start * SPAN, (start + capacity) * SPAN);
    if (capacity > 0) (this.left[Math.floor(Math.log2(capacity))] ??= []).push(start);
    this.heads[head + START] = to;
    this.heads[head + CAPACITY] = 2 ** log;
  }

  /** @returns the first of so many new places at the end */
  private makePlaces(count: number): number {
    const first = this.used;
    this.used += count;
    this.others = grown(this.others, this.used, 0);
    this.spans = grown(this.spans, this.used * SPAN, 0);
    return first;
  }
}
