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
/** How many share a thing, to guess which of two ways is shorter. */
const SHARERS_USUALLY = 10;

const NONE: ReadonlySet<number> = new Set();

/** For one question: it remembers what it found. */
export class PathGraph {
  /** who shares the things that carry no path: a bit for each partner */
  private readonly wideSharers = new Map<number, Uint32Array>();
  private steps = 0;

  /**
   * @param maxSharedBy things shared by more carry no path; below 255
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
   * Visits everybody once whom a partner is linked to over a thing that carries, strongly enough for the selection, with the strength of
   * the whole link. It takes one step for each part in each carrying thing of the partner.
   * @param within only these, where they are marked
   */
  eachLink(partner: number, visit: (other: number, strength: number) => void, within?: Marks): void {
    const { adjacency } = this.selection;
    const { scratch } = adjacency;
    scratch.sums.begin(adjacency.partners.size);
    // Somebody may have been a member of one network twice.
    scratch.counted.begin(adjacency.things.size);
    const wide = this.eachCarrying(partner, (thing) => {
      if (!scratch.counted.add(thing)) return;
      scratch.sharers.begin(adjacency.partners.size);
      const weight = adjacency.weightOf(thing);
      this.eachSharer(thing, (other) => {
        if (other === partner || within?.has(other) === false) return;
        if (scratch.sharers.add(other)) scratch.sums.add(other, weight);
      });
    });
    this.takeStrong(wide, visit);
  }

  /** All links over carrying things between two groups, in no order. It takes a step for each part of each of their partners, or fewer. */
  edgesBetween(from: readonly number[], to: readonly number[]): Edge[] {
    const [fromParts, toParts] = [this.partsOf(from), this.partsOf(to)];
    const [fewer, more] = fromParts < toParts ? [from, to] : [to, from];
    const isWalked = Math.min(fromParts, toParts) * SHARERS_USUALLY < fromParts + toParts;
    const edges = isWalked ? this.edgesByWalking(fewer, more) : this.edgesByLooking(fewer, more);
    return fewer === from ? edges : edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  }

  /** Walks through all who share anything with the few, and takes those of the many. */
  private edgesByWalking(few: readonly number[], many: readonly number[]): Edge[] {
    const { scratch, partners } = this.selection.adjacency;
    const edges: Edge[] = [];
    scratch.group.begin(partners.size);
    for (const partner of many) scratch.group.add(partner);
    for (const from of few) this.eachLink(from, (to, strength) => edges.push({ from, to, strength }), scratch.group);
    return edges;
  }

  /** Looks through the things of the many for those that the few share. */
  private edgesByLooking(few: readonly number[], many: readonly number[]): Edge[] {
    const { adjacency } = this.selection;
    const { scratch } = adjacency;
    const sharers: number[][] = [];
    scratch.places.begin(adjacency.things.size);
    for (const partner of few) {
      this.eachCarrying(partner, (thing) => {
        if (scratch.places.set(thing, sharers.length)) sharers.push([]);
        const there = sharers[scratch.places.get(thing)];
        if (there?.at(-1) !== partner) there?.push(partner);
      });
    }
    const edges: Edge[] = [];
    scratch.sums.begin(adjacency.partners.size);
    for (const to of many) {
      scratch.counted.begin(adjacency.things.size);
      const wide = this.eachCarrying(to, (thing) => {
        const place = scratch.places.get(thing);
        if (place === -1 || !scratch.counted.add(thing)) return;
        const weight = adjacency.weightOf(thing);
        for (const from of sharers[place] ?? []) if (from !== to) scratch.sums.add(from, weight);
      });
      this.takeStrong(wide, (from, strength) => edges.push({ from, to, strength }));
    }
    return edges;
  }

  /**
   * All links over some things between those on one side and those on another, who share no other carrying things, in no order. It takes
   * a step for each part in the things, and for each part of those on the first side.
   */
  edgesOver(
    things: readonly number[],
    isFrom: (partner: number) => boolean,
    isTo: (partner: number) => boolean,
  ): Edge[] {
    const { adjacency } = this.selection;
    const ends = new Map<number, Map<number, number>>();
    for (const thing of new Set(things)) {
      const sharers = new Set<number>();
      this.eachSharer(thing, (partner) => sharers.add(partner));
      const weight = adjacency.weightOf(thing);
      const to = [...sharers].filter(isTo);
      for (const from of sharers) {
        if (!isFrom(from)) continue;
        const sums = ends.get(from) ?? new Map<number, number>();
        ends.set(from, sums);
        for (const other of to) sums.set(other, (sums.get(other) ?? 0) + weight);
      }
    }
    const edges: Edge[] = [];
    for (const [from, sums] of ends) {
      adjacency.scratch.sums.begin(adjacency.partners.size);
      for (const [to, sum] of sums) adjacency.scratch.sums.add(to, sum);
      const wide = this.eachCarrying(from, () => undefined);
      this.takeStrong(wide, (to, strength) => edges.push({ from, to, strength }));
    }
    return edges;
  }

  private partsOf(group: readonly number[]): number {
    const { incidences } = this.selection.adjacency;
    return group.reduce((sum, partner) => sum + incidences.partsOf(partner), 0);
  }

  /** Every thing that a partner shares, as far as the selection goes. */
  thingsOf(partner: number): Set<number> {
    const things = new Set<number>();
    this.selection.adjacency.incidences.eachOfPartner(partner, (incidence, thing, kind) => {
      if (this.selection.takesOfKind(incidence, kind)) things.add(thing);
    });
    return things;
  }

  /** Visits the things of a partner that carry a path. @returns those that carry none */
  eachCarrying(partner: number, visit: (thing: number) => void): ReadonlySet<number> {
    const { incidences } = this.selection.adjacency;
    let wide: Set<number> | undefined;
    this.step(incidences.partsOf(partner));
    incidences.eachOfPartner(partner, (incidence, thing, kind) => {
      if (!this.selection.takesOfKind(incidence, kind)) return;
      if (incidences.smallSizeOf(thing) <= this.maxSharedBy) visit(thing);
      else (wide ??= new Set()).add(thing);
    });
    return wide ?? NONE;
  }

  /** Visits everybody who shares a thing. */
  eachSharer(thing: number, visit: (partner: number) => void): void {
    const { incidences } = this.selection.adjacency;
    for (let i = incidences.firstOf(thing); i !== -1; i = incidences.nextOf(i)) {
      this.step();
      const partner = incidences.partnerOf(i);
      if (this.selection.takesIncidence(i) && this.takes(partner)) visit(partner);
    }
  }

  /** Takes what carrying things add to links, and hands out their whole strengths, as far as they are strong enough. */
  private takeStrong(wide: ReadonlySet<number>, visit: (other: number, strength: number) => void): void {
    const { adjacency, minStrength } = this.selection;
    if (adjacency.scratch.sums.isEmpty) return;
    const shared = [...wide].map((thing) => ({
      sharers: this.wideSharersOf(thing),
      weight: adjacency.weightOf(thing),
    }));
    adjacency.scratch.sums.take((other, sum) => {
      let all = sum;
      for (const { sharers, weight } of shared) {
        if ((((sharers[other >>> 5] as number) >>> (other & 31)) & 1) === 1) all += weight;
      }
      const strength = strengthOf(all);
      if (strength >= minStrength) visit(other, strength);
    });
  }

  // Thousands may share one of them, and whole levels of a search ask of each other: they are walked through once.
  private wideSharersOf(thing: number): Uint32Array {
    const known = this.wideSharers.get(thing);
    if (known !== undefined) return known;
    const { incidences, partners } = this.selection.adjacency;
    // The room that is made counts as well.
    this.step(incidences.sizeOf(thing) + (partners.size >>> 5));
    const sharers = new Uint32Array((partners.size >>> 5) + 1);
    for (let i = incidences.firstOf(thing); i !== -1; i = incidences.nextOf(i)) {
      const partner = incidences.partnerOf(i);
      if (this.selection.takesIncidence(i))
        sharers[partner >>> 5] = (sharers[partner >>> 5] as number) | (1 << (partner & 31));
    }
    this.wideSharers.set(thing, sharers);
    return sharers;
  }

  private takes(partner: number): boolean {
    return this.ends.includes(partner) || this.selection.takesPartner(partner);
  }

  /** Counts steps of the question. @throws QUERY_TOO_COMPLEX where they are too many */
  step(steps = 1): void {
    this.steps += steps;
    if (this.steps <= STEPS_AT_MOST) return;
    const message =
      "the graph is too dense for this question: leave out minStrength, ask for fewer partners, or let things carry that more share";
    throw new ApiError("QUERY_TOO_COMPLEX", message, "GRAPH_TOO_DENSE");
  }
}
