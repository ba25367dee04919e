// The graph as it stood before a day, read from the graph as it is.
import type { AffiliationGraph } from "../affiliation-graph";
import { DESIGNATION_KIND } from "../affiliation-kinds";
import { ALWAYS, NEVER } from "../memory/days";

/** What is not looked up yet. */
const NO_SIZE = -1;
const NO_DAY = NEVER;

/**
 * Without everything that began on the day or later: records, and affiliations with older ones. Designations are as they are: who is asked
 * and who may be suggested does not depend on them.
 */
export class GraphBefore {
  private readonly begins: Int32Array;
  private readonly sizes: Int32Array;

  /** @param day see memory/days.ts; Infinity for the graph as it is */
  constructor(
    readonly graph: AffiliationGraph,
    readonly day: number,
  ) {
    const { size } = day === Infinity ? { size: 0 } : graph.records;
    this.begins = new Int32Array(size).fill(NO_DAY);
    this.sizes = new Int32Array(size).fill(NO_SIZE);
  }

  /** Whether an affiliation with a record was there. @param since when it began */
  counts(record: number, since: number): boolean {
    if (this.day === Infinity || this.graph.affiliations.kindOf(record) === DESIGNATION_KIND) return true;
    return since < this.day && this.beginningOf(record) < this.day;
  }

  /** Whether all affiliations with a record were there. */
  isWhole(record: number): boolean {
    if (this.day === Infinity) return true;
    const { ofRecords } = this.graph.affiliations;
    let isWhole = true;
    ofRecords.each(record, (_partner, at) => (isWhole &&= this.counts(record, ofRecords.sinceAt(at))));
    return isWhole;
  }

  /** How many partners shared a record, or as many as it states. */
  sizeOf(record: number): number {
    const { affiliations } = this.graph;
    if (this.day === Infinity) return affiliations.sizeOf(record);
    const known = this.sizes[record] as number;
    if (known !== NO_SIZE) return known;
    const { ofRecords } = affiliations;
    const partners = new Set<number>();
    ofRecords.each(record, (partner, at) => {
      if (this.counts(record, ofRecords.sinceAt(at))) partners.add(partner);
    });
    return (this.sizes[record] = Math.max(partners.size, affiliations.statedSizeOf(record)));
  }

  /** The first day on which somebody is known to have shared a record; ALWAYS where none is known. */
  beginningOf(record: number): number {
    const known = this.begins[record] ?? NO_DAY;
    if (known !== NO_DAY) return known;
    const { ofRecords } = this.graph.affiliations;
    let first = ALWAYS;
    ofRecords.each(record, (_partner, at) => {
      const since = ofRecords.sinceAt(at);
      if (since > ALWAYS && (first === ALWAYS || since < first)) first = since;
    });
    if (record < this.begins.length) this.begins[record] = first;
    return first;
  }
}
