// What communities share each record, while the nodes of a level move between them.
import { Rows, type Level } from "./louvain-level";

/** A row of more communities than this is wide: a visit need not look at all of them. */
const WIDE = 64;
/** How many of a wide row's communities are proposed to its nodes, those with most partners in it first. */
export const PROPOSED = 16;

/**
 * The rows of a level with communities in place of nodes, each community once in a row. A row gets shorter as its nodes find
 * together: reading it costs its communities, not its members.
 */
export class CommunityRows {
  /** record t is shared by communities[starts[t]] to communities[ends[t] - 1], by as many partners of each as counts says */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly communities: Uint32Array;
  readonly counts: Uint32Array;
  /** where a community stands, for rows that are wide or once were */
  private readonly slots: (Map<number, number> | undefined)[];

  constructor(private readonly level: Level) {
    this.starts = level.offsets;
    this.ends = level.offsets.slice(1);
    this.communities = level.nodes.slice();
    this.counts = level.counts.slice();
    this.slots = Array.from(level.weights, (_, record) => (this.isWide(record) ? this.slotsOf(record) : undefined));
  }

  get someAreWide(): boolean {
    return this.slots.some((slots, record) => slots !== undefined && this.isWide(record));
  }

  isWide(record: number): boolean {
    return (this.ends[record] as number) - (this.starts[record] as number) > WIDE;
  }

  /** Brings the communities with most partners to the front of each wide row, from where they are proposed. */
  putLargestFirst(): void {
    for (const [record, slots] of this.slots.entries()) {
      if (slots === undefined || !this.isWide(record)) continue;
      const start = this.starts[record] as number;
      const end = this.ends[record] as number;
      for (let front = start; front < start + PROPOSED; front++) {
        let largest = front;
        for (let at = front + 1; at < end; at++)
          if ((this.counts[at] as number) > (this.counts[largest] as number)) largest = at;
        this.swap(front, largest);
        slots.set(this.communities[front] as number, front).set(this.communities[largest] as number, largest);
      }
    }
  }

  /** Takes as many partners of a record from one community to another. There is room: no row has more communities than nodes. */
  move(record: number, partners: number, from: number, to: number): void {
    const { communities, counts } = this;
    const slots = this.slots[record];
    const left = this.slotOf(record, from);
    (counts[left] as number) -= partners;
    if (counts[left] === 0) {
      const last = (this.ends[record] as number) - 1;
      this.ends[record] = last;
      this.swap(left, last);
      slots?.set(communities[left] as number, left).delete(from);
    }
    const joined = this.slotOf(record, to);
    if (joined === this.ends[record]) {
      this.ends[record] = joined + 1;
      communities[joined] = to;
      counts[joined] = 0;
      slots?.set(to, joined);
    }
    (counts[joined] as number) += partners;
  }

  /** The rows with other numbers for communities. What only one community shares links nothing any more and is left out. */
  renumbered(numbers: Uint32Array): ReturnType<Rows["taken"]> {
    const rows = new Rows(this.level.weights.length, this.communities.length);
    for (const [record, weight] of this.level.weights.entries()) {
      const start = this.starts[record] as number;
      const end = this.ends[record] as number;
      if (end - start < 2) continue;
      for (let at = start; at < end; at++)
        rows.add(numbers[this.communities[at] as number] as number, this.counts[at] as number);
      rows.endRecord(weight);
    }
    return rows.taken();
  }

  /** Where the community stands in the record's row, or the row's end where it does not. */
  slotOf(record: number, community: number): number {
    const end = this.ends[record] as number;
    const slots = this.slots[record];
    if (slots !== undefined) return slots.get(community) ?? end;
    let slot = this.starts[record] as number;
    while (slot < end && this.communities[slot] !== community) slot++;
    return slot;
  }

  private swap(one: number, other: number): void {
    const community = this.communities[one] as number;
    const count = this.counts[one] as number;
    this.communities[one] = this.communities[other] as number;
    this.counts[one] = this.counts[other] as number;
    this.communities[other] = community;
    this.counts[other] = count;
  }

  private slotsOf(record: number): Map<number, number> {
    const start = this.starts[record] as number;
    const row = this.communities.subarray(start, this.ends[record]);
    return new Map(Array.from(row, (community, position) => [community, start + position]));
  }
}
