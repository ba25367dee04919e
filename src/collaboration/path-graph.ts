// The graph as paths see it: who is next to whom by things that carry a path, and how strongly.
import { ApiError } from "../kernel/errors";
import type { Marks } from "./memory/scratch";
import type { Selection } from "./selection";
import { strengthOf } from "./strength";

/** A link between somebody of one group and somebody of another. */
export interface Edge {
  from: number;
  to: number;
  strength: number;
}

/**
 * How many parts one question may walk through: some hundred milliseconds. Where no strength is asked for, a thing is opened once,
 * and questions stay far below it.
 */
const STEPS_AT_MOST = 5_000_000;

/** For one question: it remembers what it found. */
export class PathGraph {
  private readonly wideThings = new Map<number, readonly number[]>();
  private steps = 0;

  /**
   * @param maxSharedBy things shared by more carry no path
   * @param ends stand in paths whatever the selection says of partners
   */
  constructor(
    readonly selection: Selection,
    private readonly maxSharedBy: number,
    private readonly ends: readonly [number, number],
  ) {}

  /** Less than 0 where the id of the first comes first. */
  compare(a: number, b: number): number {
    return this.selection.adjacency.partners.compare(a, b);
  }

  /**
   * Everybody whom a partner is linked to over a thing that carries, strongly enough for the selection, with the strength of the whole
   * link. It takes one step for each part in each carrying thing of the partner.
   */
  neighboursOf(partner: number): Map<number, number> {
    const { adjacency } = this.selection;
    const { scratch } = adjacency;
    const sums = new Map<number, number>();
    // Somebody may have been a member of one network twice.
    scratch.counted.begin(adjacency.things.size);
    this.eachCarrying(partner, (thing) => {
      if (!scratch.counted.add(thing)) return;
      scratch.sharers.begin(adjacency.partners.size);
      const weight = adjacency.weightOf(thing);
      this.eachSharer(partner, thing, (other) => {
        if (scratch.sharers.add(other)) sums.set(other, (sums.get(other) ?? 0) + weight);
      });
    });
    return this.strongEnough(partner, sums);
  }

  /**
   * Visits everybody whom a partner is linked to over a thing that carries, some several times.
   * @param opened things whose sharers were all visited before: they are left out, and those that are opened now join them
   * @param keptOpen things that never join them
   */
  eachNeighbour(partner: number, opened: Marks, keptOpen: ReadonlySet<number>, visit: (other: number) => void): void {
    if (this.selection.minStrength > 0) {
      // A link may be too weak from one and strong enough from another of those who share a thing: none is ever done with.
      for (const other of this.neighboursOf(partner).keys()) visit(other);
      return;
    }
    this.eachCarrying(partner, (thing) => {
      if (opened.has(thing)) return;
      if (!keptOpen.has(thing)) opened.add(thing);
      this.eachSharer(partner, thing, visit);
    });
  }

  /** All links over carrying things between two groups, in no order. It takes a step for each part of each of their partners. */
  edgesBetween(from: readonly number[], to: readonly number[]): Edge[] {
    const { adjacency } = this.selection;
    const { scratch } = adjacency;
    const sharers: number[][] = [];
    scratch.places.begin(adjacency.things.size);
    for (const partner of to) {
      this.eachCarrying(partner, (thing) => {
        if (scratch.places.set(thing, sharers.length)) sharers.push([]);
        const there = sharers[scratch.places.get(thing)];
        if (there?.at(-1) !== partner) there?.push(partner);
      });
    }
    return from.flatMap((partner) => {
      const sums = new Map<number, number>();
      scratch.counted.begin(adjacency.things.size);
      this.eachCarrying(partner, (thing) => {
        const place = scratch.places.get(thing);
        if (place === -1 || !scratch.counted.add(thing)) return;
        const weight = adjacency.weightOf(thing);
        for (const other of sharers[place] ?? []) sums.set(other, (sums.get(other) ?? 0) + weight);
      });
      sums.delete(partner);
      return [...this.strongEnough(partner, sums)].map(([other, strength]) => ({ from: partner, to: other, strength }));
    });
  }

  /** Every thing that a partner shares, as far as the selection goes. */
  thingsOf(partner: number): Set<number> {
    const { incidences } = this.selection.adjacency;
    const things = new Set<number>();
    for (let i = incidences.firstWithPartner(partner); i !== -1; i = incidences.nextWithPartner(i)) {
      if (this.selection.takesIncidence(i)) things.add(incidences.thing[i] as number);
    }
    return things;
  }

  private eachCarrying(partner: number, visit: (thing: number) => void): void {
    const { incidences } = this.selection.adjacency;
    for (let i = incidences.firstWithPartner(partner); i !== -1; i = incidences.nextWithPartner(i)) {
      this.step();
      const thing = incidences.thing[i] as number;
      if (incidences.sizeOf(thing) <= this.maxSharedBy && this.selection.takesIncidence(i)) visit(thing);
    }
  }

  private eachSharer(partner: number, thing: number, visit: (other: number) => void): void {
    const { incidences } = this.selection.adjacency;
    for (let i = incidences.firstOf(thing); i !== -1; i = incidences.nextOf(i)) {
      this.step();
      const other = incidences.partner[i] as number;
      if (other !== partner && this.selection.takesIncidence(i) && this.takes(other)) visit(other);
    }
  }

  /** The whole strengths of links from what carrying things add, as far as they are strong enough. */
  private strongEnough(partner: number, sums: ReadonlyMap<number, number>): Map<number, number> {
    const { minStrength } = this.selection;
    const strengths = new Map<number, number>();
    for (const [other, sum] of sums) {
      const strength = strengthOf(sum + this.sharedWidely(partner, other));
      if (strength >= minStrength) strengths.set(other, strength);
    }
    return strengths;
  }

  /** What the things add that carry no path and that both share. */
  private sharedWidely(a: number, b: number): number {
    const ofA = this.wideThingsOf(a);
    if (ofA.length === 0) return 0;
    const ofB = this.wideThingsOf(b);
    let sum = 0;
    for (const thing of ofA) if (ofB.includes(thing)) sum += this.selection.adjacency.weightOf(thing);
    return sum;
  }

  // Few of anybody's things are shared by so many; a hub's thousand others are walked through once.
  private wideThingsOf(partner: number): readonly number[] {
    const known = this.wideThings.get(partner);
    if (known !== undefined) return known;
    const { incidences } = this.selection.adjacency;
    const wide = new Set<number>();
    for (let i = incidences.firstWithPartner(partner); i !== -1; i = incidences.nextWithPartner(i)) {
      const thing = incidences.thing[i] as number;
      if (incidences.sizeOf(thing) > this.maxSharedBy && this.selection.takesIncidence(i)) wide.add(thing);
    }
    this.wideThings.set(partner, [...wide]);
    return [...wide];
  }

  private takes(partner: number): boolean {
    return this.ends.includes(partner) || this.selection.takesPartner(partner);
  }

  /** @throws QUERY_TOO_COMPLEX */
  private step(): void {
    this.steps += 1;
    if (this.steps <= STEPS_AT_MOST) return;
    const message = "the graph is too dense for this question: leave out minStrength, or ask for fewer links";
    throw new ApiError("QUERY_TOO_COMPLEX", message, "GRAPH_TOO_DENSE");
  }
}
