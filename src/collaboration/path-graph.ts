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

const NONE: readonly number[] = [];

/** A part of a partner's links. */
interface Narrowed {
  /** only those to marked partners, whatever the selection says of them */
  within?: Marks;
  /** only those over marked things; what others add to their strength is left out, those that carry no path aside */
  over?: Marks;
}

/** For one question: it remembers what it found. */
export class PathGraph {
  /** the things that carry no path, of those partners that they were asked of */
  private readonly wide = new Map<number, readonly number[]>();
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

  /** Visits everybody once whom a partner is linked to over a thing that carries, strongly enough for the selection, with the strength of the whole link. */
  eachLink(partner: number, visit: (other: number, strength: number) => void, narrowed?: Narrowed): void {
    const { minStrength } = this.selection;
    this.eachCarried(
      partner,
      (other, carried) => {
        const strength = this.strengthOf(partner, other, carried);
        if (strength >= minStrength) visit(other, strength);
      },
      narrowed,
    );
  }

  /**
   * The same, with what carrying things alone add to each link, and however weak it is. It takes one step for each part in each carrying
   * thing of the partner.
   */
  eachCarried(partner: number, visit: (other: number, carried: number) => void, { within, over }: Narrowed = {}): void {
    const { adjacency } = this.selection;
    const { sums, counted, sharers } = adjacency.scratch;
    sums.begin(adjacency.partners.size);
    // Somebody may have been a member of one network twice.
    counted.begin(adjacency.things.size);
    this.eachCarrying(partner, (thing) => {
      if (over?.has(thing) === false || !counted.add(thing)) return;
      const repeats = adjacency.incidences.hasRepeats(thing);
      if (repeats) sharers.begin(adjacency.partners.size);
      const weight = adjacency.weightOf(thing);
      this.step(adjacency.incidences.ofThings.lengthOf(thing));
      this.selection.eachSharer(thing, (other) => {
        if (within === undefined ? !this.takes(other) : !within.has(other)) return;
        if (other !== partner && (!repeats || sharers.add(other))) sums.add(other, weight);
      });
    });
    sums.take(visit);
  }

  /** By how much a link of a partner may be stronger than what carrying things add to it. */
  wideWeightOf(partner: number): number {
    return this.wideOf(partner).reduce((all, thing) => all + this.selection.adjacency.weightOf(thing), 0);
  }

  /** All links over carrying things between two groups, in no order. It walks from the group that has fewer parts. */
  edgesBetween(from: readonly number[], to: readonly number[], over?: Marks): Edge[] {
    const { group } = this.selection.adjacency.scratch;
    const isForward = this.partsOf(from) <= this.partsOf(to);
    const [few, many] = isForward ? [from, to] : [to, from];
    group.begin(this.selection.adjacency.partners.size);
    for (const partner of many) group.add(partner);
    const edges: Edge[] = [];
    const narrowed = { within: group, ...(over && { over }) };
    for (const one of few) {
      this.eachLink(
        one,
        (other, strength) => {
          edges.push(isForward ? { from: one, to: other, strength } : { from: other, to: one, strength });
        },
        narrowed,
      );
    }
    return edges;
  }

  /** How many parts a group has in all. */
  partsOf(group: readonly number[]): number {
    const { incidences } = this.selection.adjacency;
    return group.reduce((sum, partner) => sum + incidences.ofPartners.lengthOf(partner), 0);
  }

  /** Visits the things of a partner that carry a path. */
  eachCarrying(partner: number, visit: (thing: number) => void): void {
    const { incidences } = this.selection.adjacency;
    this.step(incidences.ofPartners.lengthOf(partner));
    this.selection.eachThing(partner, (thing) => {
      if (incidences.smallSizeOf(thing) <= this.maxSharedBy) visit(thing);
    });
  }

  /** Visits everybody who shares a thing. */
  eachSharer(thing: number, visit: (partner: number) => void): void {
    this.step(this.selection.adjacency.incidences.ofThings.lengthOf(thing));
    this.selection.eachSharer(thing, (partner) => {
      if (this.takes(partner)) visit(partner);
    });
  }

  /** The strength of a link, of which it is known what carrying things add to it. */
  private strengthOf(partner: number, other: number, carried: number): number {
    const { adjacency } = this.selection;
    const own = this.wideOf(partner);
    const shared = own.length === 0 ? NONE : common(own, this.wideOf(other));
    return strengthOf(shared.reduce((all, thing) => all + adjacency.weightOf(thing), carried));
  }

  /** The things of a partner that carry no path, each once, in the order of their numbers: few, as a rule, though thousands share each. */
  private wideOf(partner: number): readonly number[] {
    const known = this.wide.get(partner);
    if (known !== undefined) return known;
    const { incidences } = this.selection.adjacency;
    this.step(incidences.ofPartners.lengthOf(partner));
    let wide: number[] | undefined;
    this.selection.eachThing(partner, (thing) => {
      if (incidences.smallSizeOf(thing) > this.maxSharedBy) (wide ??= []).push(thing);
    });
    const things = wide === undefined ? NONE : [...new Set(wide)].sort((a, b) => a - b);
    this.wide.set(partner, things);
    return things;
  }

  private takes(partner: number): boolean {
    return this.selection.takesPartner(partner) || this.ends.includes(partner);
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
