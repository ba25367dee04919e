// The strongest links of a whole graph, without looking at each: partners are taken by the most that a link of theirs can be, and the
// search ends where that is less than the weakest that was kept (the idea of R. Fagin, A. Lotem, M. Naor, "Optimal aggregation algorithms
// for middleware", Journal of Computer and System Sciences 66, 2003).
import { recordsByPartner, type Projection } from "../measures/projection";
import { compareIds } from "../memory/id-table";
import { strengthOf } from "../strength";
import { BoundedHeap } from "./bounded-heap";

export interface StrongestRequest {
  projection: Projection;
  /** four words of each partner's id: they order links that are equally strong */
  ids: Uint32Array;
  minStrength: number;
  limit: number;
}

export interface StrongestLinks {
  /** partners of the projection: the one whose id comes first in front */
  sources: Uint32Array;
  targets: Uint32Array;
  /** whether there are more */
  truncated: boolean;
}

interface Candidate {
  source: number;
  target: number;
  strength: number;
}

/** Sums of rounded strengths may exceed a bound by less than this. */
const ROUNDING = 1e-9;

/** The links of at least a strength, the strongest first, then by the ids of their ends. */
export function strongestLinks(request: StrongestRequest): StrongestLinks {
  const search = new Search(request);
  search.run();
  const kept = search.kept.sorted();
  const links = kept.slice(0, request.limit);
  return {
    sources: Uint32Array.from(links, ({ source }) => source),
    targets: Uint32Array.from(links, ({ target }) => target),
    truncated: kept.length > request.limit,
  };
}

class Search {
  readonly kept: BoundedHeap<Candidate>;
  private readonly records: ReturnType<typeof recordsByPartner>;
  private readonly strengths: Float64Array;
  private readonly isOpen: Uint8Array;

  constructor(private readonly request: StrongestRequest) {
    const { projection, limit } = request;
    this.records = recordsByPartner(projection);
    this.strengths = new Float64Array(projection.partnerCount);
    this.isOpen = new Uint8Array(projection.weights.length);
    // One more than asked for, to know whether there are more.
    this.kept = new BoundedHeap(limit + 1, (a, b) => this.compare(a, b));
  }

  run(): void {
    const { projection } = this.request;
    const bounds = new Float64Array(projection.partnerCount);
    for (let partner = 0; partner < bounds.length; partner++) {
      for (const record of this.recordsOf(partner)) bounds[partner] = (bounds[partner] as number) + this.weight(record);
    }
    const order = Uint32Array.from(bounds.keys()).sort((a, b) => (bounds[b] as number) - (bounds[a] as number));
    const isDone = new Uint8Array(bounds.length);
    for (const partner of order) {
      if ((bounds[partner] as number) + ROUNDING < this.least()) return;
      this.linksOf(partner, isDone);
      isDone[partner] = 1;
    }
  }

  /** What a link must have to be kept. */
  private least(): number {
    const { worst } = this.kept;
    return Math.max(this.request.minStrength, worst?.strength ?? 0);
  }

  /** Keeps the links of a partner with those whose turn has not come. */
  private linksOf(partner: number, isDone: Uint8Array): void {
    const records = [...this.recordsOf(partner)].sort((a, b) => this.weight(b) - this.weight(a));
    const others: number[] = [];
    let rest = records.reduce((sum, record) => sum + this.weight(record), 0);
    let at = 0;
    // Whoever shares none of these records has too weak a link, whatever else is shared.
    for (; at < records.length && rest + ROUNDING >= this.least(); at++) {
      const record = records[at] as number;
      for (const other of this.membersOf(record)) {
        if (other === partner || isDone[other] === 1) continue;
        if (this.strengths[other] === 0) others.push(other);
        this.strengths[other] = (this.strengths[other] as number) + this.weight(record);
      }
      rest -= this.weight(record);
    }
    const left = records.slice(at);
    for (const record of left) this.isOpen[record] = 1;
    for (const other of others) {
      const found = this.strengths[other] as number;
      this.strengths[other] = 0;
      if (found + rest + ROUNDING < this.least()) continue;
      this.keep(partner, other, strengthOf(found + this.sharedOf(other, left.length)));
    }
    for (const record of left) this.isOpen[record] = 0;
  }

  /** What the open records that somebody shares add. */
  private sharedOf(partner: number, openCount: number): number {
    let sum = 0;
    if (openCount === 0) return sum;
    for (const record of this.recordsOf(partner)) if (this.isOpen[record] === 1) sum += this.weight(record);
    return sum;
  }

  private keep(a: number, b: number, strength: number): void {
    if (strength < this.request.minStrength) return;
    const [source, target] = this.compareIds(a, b) < 0 ? [a, b] : [b, a];
    this.kept.add({ source, target, strength });
  }

  private compare(a: Candidate, b: Candidate): number {
    return b.strength - a.strength || this.compareIds(a.source, b.source) || this.compareIds(a.target, b.target);
  }

  private compareIds(a: number, b: number): number {
    return compareIds(this.request.ids, a, b);
  }

  private weight(record: number): number {
    return this.request.projection.weights[record] as number;
  }

  private recordsOf(partner: number): Uint32Array {
    const { offsets, records } = this.records;
    return records.subarray(offsets[partner], offsets[partner + 1]);
  }

  private membersOf(record: number): Uint32Array {
    const { offsets, members } = this.request.projection;
    return members.subarray(offsets[record], offsets[record + 1]);
  }
}
