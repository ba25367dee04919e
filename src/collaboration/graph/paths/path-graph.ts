// The graph as paths see it: who is next to whom by things that carry a path, and how strongly.
import { ApiError } from "../../../kernel/errors";
import type { Marks } from "../memory/workspaces";
import type { Selection } from "../selection";
import { WideThings } from "./hubs";

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

type VisitPair = (one: number, other: number, strength: number) => void;

/** A part of a partner's links. */
interface Narrowed {
  /** only those to marked partners, whatever the selection says of them */
  within?: Marks;
  /** only those over marked things; what others add to their strength is left out, those that carry no path aside */
  over?: Marks;
}

/** For one question: it remembers what it found. */
export class PathGraph {
  /** the things that carry no path */
  readonly wide: WideThings;
  private steps = 0;

  /**
   * @param maxSharedBy things shared by more carry no path; below 255
   * @param ends stand in paths whatever the selection says of partners
   */
  constructor(
    readonly selection: Selection,
    maxSharedBy: number,
    private readonly ends: readonly [number, number],
  ) {
    this.wide = new WideThings(selection, maxSharedBy, (steps) => {
      this.step(steps);
    });
  }

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
        const strength = this.wide.strengthOf(partner, other, carried);
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

  /**
   * All links over carrying things between two groups, in no order.
   * @param over these alone, where it is known that the groups share no others: it spares steps
   */
  edgesBetween(from: readonly number[], to: readonly number[], over?: Marks): Edge[] {
    const [partsOfFrom, partsOfTo] = [this.partsOf(from), this.partsOf(to)];
    const isForward = partsOfFrom <= partsOfTo;
    const [few, many] = isForward ? [from, to] : [to, from];
    const edges: Edge[] = [];
    const add = (one: number, other: number, strength: number): void => {
      edges.push(isForward ? { from: one, to: other, strength } : { from: other, to: one, strength });
    };
    if (isJoinShorter(partsOfFrom, partsOfTo)) this.join(few, many, add);
    else this.walk(few, many, over, add);
    return edges;
  }

  /** Whether links between two groups are found by the things of both: these are few beside all who share those of one. */
  areJoined(a: readonly number[], b: readonly number[]): boolean {
    return isJoinShorter(this.partsOf(a), this.partsOf(b));
  }

  /** From each of the few to all who share its things, of whom those are taken who are of the many. */
  private walk(few: readonly number[], many: readonly number[], over: Marks | undefined, visit: VisitPair): void {
    const { scratch, partners } = this.selection.adjacency;
    scratch.group.begin(partners.size);
    for (const partner of many) scratch.group.add(partner);
    const narrowed = { within: scratch.group, ...(over && { over }) };
    for (const one of few) {
      this.eachLink(
        one,
        (other, strength) => {
          visit(one, other, strength);
        },
        narrowed,
      );
    }
  }

  /** The things of the many are looked up in those of the few: nobody else who shares them is met. */
  private join(few: readonly number[], many: readonly number[], visit: VisitPair): void {
    const { adjacency, minStrength } = this.selection;
    const { sharing, counted, sums } = adjacency.scratch;
    sharing.begin(adjacency.things.size);
    for (const one of few) {
      this.wide.setAside(one, (thing) => {
        sharing.add(thing, one);
      });
    }
    for (const other of many) {
      let met = 0;
      sums.begin(adjacency.partners.size);
      counted.begin(adjacency.things.size);
      this.wide.setAside(other, (thing) => {
        if (!sharing.has(thing) || !counted.add(thing)) return;
        const weight = adjacency.weightOf(thing);
        sharing.each(thing, (one) => {
          met += 1;
          if (one !== other) sums.add(one, weight);
        });
      });
      this.step(met);
      sums.take((one, carried) => {
        const strength = this.wide.strengthOf(one, other, carried);
        if (strength >= minStrength) visit(one, other, strength);
      });
    }
  }

  /** How many parts a group has in all. */
  partsOf(group: readonly number[]): number {
    const { incidences } = this.selection.adjacency;
    return group.reduce((sum, partner) => sum + incidences.ofPartners.lengthOf(partner), 0);
  }

  /** Visits the things of a partner that carry a path. */
  eachCarrying(partner: number, visit: (thing: number) => void): void {
    this.step(this.selection.adjacency.incidences.ofPartners.lengthOf(partner));
    this.selection.eachThing(partner, (thing) => {
      if (!this.wide.isWide(thing)) visit(thing);
    });
  }

  /** Visits everybody who shares a thing. */
  eachSharer(thing: number, visit: (partner: number) => void): void {
    this.step(this.selection.adjacency.incidences.ofThings.lengthOf(thing));
    this.selection.eachSharer(thing, (partner) => {
      if (this.takes(partner)) visit(partner);
    });
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

/** Whether the parts of two groups are fewer than those that a walk from the smaller one meets. */
function isJoinShorter(partsOfA: number, partsOfB: number): boolean {
  return Math.max(partsOfA, partsOfB) < Math.min(partsOfA, partsOfB) * SHARERS_USUALLY;
}
