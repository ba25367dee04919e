// How the graph takes in what was read: rows as plain values, one after the other at a start, and afterwards what changes moved.
import type { AffiliationGraph } from "./affiliation-graph";
import { beginningOf, endOf } from "./memory/days";
import type { TopicsOfRecord } from "./memory/interests";
import type { CountryTraits, PartnerTypeName } from "./memory/traits";

/** That a partner shares a record, with partial dates: `last` is the last day, where there is no `until`; null is unknown. */
export interface AffiliationRow {
  record: string;
  partner: string;
  since: string | null;
  until: string | null;
  last: string | null;
}

/** How many partners a record says that share it. */
export interface StatedSize {
  record: string;
  size: number;
}

export interface PartnerRow {
  id: string;
  type: PartnerTypeName;
  countryId: string | null;
}

/** What a record is about. */
export interface InterestsRow extends TopicsOfRecord {
  id: string;
}

/** What changed, as it is now. */
export type GraphChange =
  | {
      of: "affiliations";
      kind: number;
      /** records of which all affiliations are replaced by the rows, and by the sizes what they state */
      records: readonly string[];
      /** single partners in records, whose affiliations are replaced by the rows */
      pairs: readonly { record: string; partner: string }[];
      rows: readonly AffiliationRow[];
      sizes: readonly StatedSize[];
    }
  | { of: "traits"; countries: readonly CountryTraits[]; gone: readonly string[]; partners: readonly PartnerRow[] }
  | { of: "interests"; kind: number; rows: readonly InterestsRow[] };

/** Takes in a change at once: nobody sees a half of it. */
export function takeInChange(graph: AffiliationGraph, change: GraphChange): void {
  switch (change.of) {
    case "affiliations":
      takeInAffiliations(graph, change);
      return;
    case "traits":
      graph.traits.setCountries(change.countries);
      for (const id of change.gone) graph.traits.set(graph.partners.numberOf(id), "", null);
      takeInPartners(graph, change.partners);
      return;
    case "interests":
      for (const row of change.rows) takeInInterests(graph, change.kind, row);
  }
}

function takeInAffiliations(
  graph: AffiliationGraph,
  { kind, records, pairs, rows, sizes }: GraphChange & { of: "affiliations" },
): void {
  const { affiliations } = graph;
  const numberOf = (record: string): number => graph.recordNumber(record, kind);
  for (const record of records) affiliations.removeAllOf(numberOf(record));
  for (const { record, partner } of pairs) affiliations.remove(numberOf(record), graph.partners.numberOf(partner));
  for (const row of rows) affiliations.add(...numbersOf(graph, kind, row));
  for (const record of records) affiliations.stateSize(numberOf(record), 0);
  takeInSizes(graph, kind, sizes);
}

/**
 * Takes in a row at a start: the partner knows of it once affiliations.layOutPartners() is done.
 * @param before the row before it, in the order of records and partners
 */
export function takeInRow(
  graph: AffiliationGraph,
  kind: number,
  row: AffiliationRow,
  before: AffiliationRow | undefined,
): void {
  const isNew = before?.record !== row.record || before.partner !== row.partner;
  graph.affiliations.addToRecord(...numbersOf(graph, kind, row), isNew);
}

export function takeInSizes(graph: AffiliationGraph, kind: number, sizes: readonly StatedSize[]): void {
  for (const { record, size } of sizes) graph.affiliations.stateSize(graph.recordNumber(record, kind), size);
}

export function takeInPartners(graph: AffiliationGraph, rows: readonly PartnerRow[]): void {
  for (const { id, type, countryId } of rows) graph.traits.set(graph.partners.numberOf(id), type, countryId);
}

export function takeInInterests(graph: AffiliationGraph, kind: number, { id, ...topics }: InterestsRow): void {
  const { goals, areas, fields } = topics;
  // What is about nothing gets no number here: it needs none.
  if (goals.length + areas.length + fields.length === 0 && graph.records.find(id) === -1) return;
  graph.interests.set(graph.recordNumber(id, kind), topics);
}

function numbersOf(
  graph: AffiliationGraph,
  kind: number,
  { record, partner, since, until, last }: AffiliationRow,
): [record: number, partner: number, since: number, until: number] {
  return [graph.recordNumber(record, kind), graph.partners.numberOf(partner), beginningOf(since), endOf(until, last)];
}
