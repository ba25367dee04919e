// The graph as paths see it: who is next to whom by records that carry a path, and how strongly.
import { ApiError } from "../../../kernel/errors";
import type { VisitedSet } from "../memory/workspaces";
import type { Selection } from "../selection";
import { Hubs } from "./hubs";

/** A link between somebody of one group and somebody of another. */
export interface Edge {
  from: number;
  to: number;
  strength: number;
}

/**
 * How many affiliations one question may walk through: some hundred milliseconds. Where no strength is asked for, a record is opened once,
 * and questions stay far below it.
 */
const STEPS_AT_MOST = 5_000_000;

/**
 * How many share a record, to guess which of two ways is shorter. With walks alone, the median of paths takes a third longer at 100,000 cities
 * (bench/graph.mjs).
 */
const SHARERS_USUALLY = 10;

type VisitPair = (one: number, other: number, strength: number) => void;

/** For one question: it remembers what it found. */
export class PathGraph {
  /** the records that carry no path */
  readonly hubs: Hubs;
  private steps = 0;

  /**
   * @param maxSharedBy records shared by more carry no path; below 255
   * @param ends stand in paths whatever the selection says of partners
   */
  constructor(
    readonly selection: Selection,
    maxSharedBy: number,
    private readonly ends: readonly [number, number],
  ) {
    this.hubs = new Hubs(selection, maxSharedBy, (steps) => {
      this.step(steps);
    });
  }

  /** Less than 0 where the id of the first comes first. */
  compare(a: number, b: number): number {
    return this.selection.graph.partners.compare(a, b);
  }

  /**
   * Visits everybody once whom a partner is linked to over a record that carries, and strongly enough for the selection, with the strength
   * of the whole link.
   * @param within these alone, whatever the selection says of them
   */
  eachLink(partner: number, visit: (other: number, strength: number) => void, within?: VisitedSet): void {
    const { minStrength } = this.selection;
    this.eachCarried(
      partner,
      (other, carried) => {
        const strength = this.hubs.strengthOf(partner, other, carried);
        if (strength >= minStrength) visit(other, strength);
      },
      within,
    );
  }

  /**
   * Visits the same partners, also those of weak links, with what carrying records alone add to the link. It takes one step for each
   * affiliation with each carrying record of the partner.
   */
  eachCarried(partner: number, visit: (other: number, carried: number) => void, within?: VisitedSet): void {
    const { graph } = this.selection;
    using sums = graph.workspaces.accumulator(graph.partners.size);
    // Somebody may have been a member of one network twice.
    using counted = graph.workspaces.visitedSet(graph.records.size);
    using sharers = graph.workspaces.visitedSet(graph.partners.size);
    this.eachCarrying(partner, (record) => {
      if (!counted.add(record)) return;
      const repeats = graph.affiliations.hasRepeats(record);
      if (repeats) sharers.clear(graph.partners.size);
      const weight = graph.weightOf(record);
      this.step(graph.affiliations.ofRecords.lengthOf(record));
      this.selection.eachSharer(record, (other) => {
        if (within === undefined ? !this.takes(other) : !within.has(other)) return;
        if (other !== partner && (!repeats || sharers.add(other))) sums.add(other, weight);
      });
    });
    sums.take(visit);
  }

  /** All links over carrying records between two groups, in no order. */
  edgesBetween(from: readonly number[], to: readonly number[]): Edge[] {
    const [affiliationsOfFrom, affiliationsOfTo] = [this.affiliationsOf(from), this.affiliationsOf(to)];
    const isForward = affiliationsOfFrom <= affiliationsOfTo;
    const [few, many] = isForward ? [from, to] : [to, from];
    const edges: Edge[] = [];
    const add = (one: number, other: number, strength: number): void => {
      edges.push(isForward ? { from: one, to: other, strength } : { from: other, to: one, strength });
    };
    if (isJoinShorter(affiliationsOfFrom, affiliationsOfTo)) this.join(few, many, add);
    else this.walk(few, many, add);
    return edges;
  }

  /** From each of the few to all who share its records, of whom those are taken who are of the many. */
  private walk(few: readonly number[], many: readonly number[], visit: VisitPair): void {
    const { workspaces, partners } = this.selection.graph;
    using within = workspaces.visitedSet(partners.size);
    for (const partner of many) within.add(partner);
    for (const one of few) {
      this.eachLink(
        one,
        (other, strength) => {
          visit(one, other, strength);
        },
        within,
      );
    }
  }

  /** The records of the many are looked up in those of the few: nobody else who shares them is met. */
  private join(few: readonly number[], many: readonly number[], visit: VisitPair): void {
    const { graph, minStrength } = this.selection;
    using sharing = graph.workspaces.listOfEach(graph.records.size);
    using counted = graph.workspaces.visitedSet(graph.records.size);
    using sums = graph.workspaces.accumulator(graph.partners.size);
    for (const one of few) {
      this.hubs.setAside(one, (record) => {
        sharing.add(record, one);
      });
    }
    for (const other of many) {
      let met = 0;
      counted.clear(graph.records.size);
      this.hubs.setAside(other, (record) => {
        if (!sharing.has(record) || !counted.add(record)) return;
        const weight = graph.weightOf(record);
        sharing.each(record, (one) => {
          met += 1;
          if (one !== other) sums.add(one, weight);
        });
      });
      this.step(met);
      sums.take((one, carried) => {
        const strength = this.hubs.strengthOf(one, other, carried);
        if (strength >= minStrength) visit(one, other, strength);
      });
    }
  }

  /** How many affiliations a group has in all. */
  affiliationsOf(group: readonly number[]): number {
    const { affiliations } = this.selection.graph;
    return group.reduce((sum, partner) => sum + affiliations.ofPartners.lengthOf(partner), 0);
  }

  /** Visits the records of a partner that carry a path. */
  eachCarrying(partner: number, visit: (record: number) => void): void {
    this.step(this.selection.graph.affiliations.ofPartners.lengthOf(partner));
    this.selection.eachRecord(partner, (record) => {
      if (!this.hubs.isHub(record)) visit(record);
    });
  }

  /** Visits everybody who shares a record. */
  eachSharer(record: number, visit: (partner: number) => void): void {
    this.step(this.selection.graph.affiliations.ofRecords.lengthOf(record));
    this.selection.eachSharer(record, (partner) => {
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

/** Whether the affiliations of two groups are fewer than those that a walk from the smaller one meets. */
export function isJoinShorter(affiliationsOfA: number, affiliationsOfB: number): boolean {
  return Math.max(affiliationsOfA, affiliationsOfB) < Math.min(affiliationsOfA, affiliationsOfB) * SHARERS_USUALLY;
}
