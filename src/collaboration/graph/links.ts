// The links of one partner, and the link between two, walked from the affiliations: no pair is stored.
import { LINK_KINDS, type LinkKindName } from "./affiliation-kinds";
import { ALWAYS, NEVER, UNKNOWN } from "./memory/days";
import type { Selection } from "./selection";
import { strengthOf } from "./strength";

/** A partner that another is linked to, and how strongly. */
export interface Neighbour {
  partner: number;
  strength: number;
}

/** A record that both partners of a link share. */
export interface Shared {
  record: number;
  weight: number;
  /** the first day by which both shared it, and the first on which one of them did no longer: see memory/days.ts */
  since: number;
  until: number;
}

export interface Link {
  source: number;
  target: number;
  kinds: LinkKindName[];
  strength: number;
  /** the first day by which both had shared one of the records; UNKNOWN where no such day is known */
  since: number;
  /** what adds most comes first */
  evidence: Shared[];
}

/**
 * Everybody that a partner is linked to, the strongest first; of equal ones the one whose id comes first. It takes one step for each
 * affiliation with each record that the partner shares.
 */
export function collaboratorsOf(selection: Selection, partner: number): Neighbour[] {
  const { graph } = selection;
  using seen = graph.workspaces.visitedSet(graph.records.size);
  using sharers = graph.workspaces.visitedSet(graph.partners.size);
  using sums = graph.workspaces.accumulator(graph.partners.size);
  selection.eachRecord(partner, (record) => {
    if (!seen.add(record)) return;
    const weight = graph.weightOf(record);
    sharers.clear(graph.partners.size);
    sharers.add(partner);
    selection.eachSharer(record, (other) => {
      if (sharers.add(other)) sums.add(other, weight);
    });
  });
  const neighbours: Neighbour[] = [];
  sums.take((other, sum) => {
    const strength = strengthOf(sum);
    if (strength >= selection.minStrength && selection.takesPartner(other))
      neighbours.push({ partner: other, strength });
  });
  const { partners } = graph;
  return neighbours.sort((a, b) => b.strength - a.strength || partners.compare(a.partner, b.partner));
}

/** How strongly two are linked; 0 where they are not. It takes one step for each of their affiliations. */
export function strengthBetween(selection: Selection, a: number, b: number): number {
  const records = sharedRecords(selection, a, b);
  return strengthOf(records.reduce((sum, record) => sum + selection.graph.weightOf(record), 0));
}

/**
 * The link between two, with its evidence; undefined where they share nothing, or too little for the selection. It takes one step for
 * each of their affiliations.
 */
export function linkBetween(selection: Selection, source: number, target: number): Link | undefined {
  return linkOver(selection, source, target, sharedRecords(selection, source, target));
}

/** The same, of two who share just these records. */
export function linkOver(
  selection: Selection,
  source: number,
  target: number,
  records: readonly number[],
): Link | undefined {
  const { graph } = selection;
  const evidence = records
    .map((record) => sharedFrom(selection, record, source, target))
    .sort((a, b) => b.weight - a.weight || graph.records.compare(a.record, b.record));
  const strength = strengthOf(evidence.reduce((sum, { weight }) => sum + weight, 0));
  if (evidence.length === 0 || strength < selection.minStrength) return undefined;
  const kinds = new Set(evidence.map(({ record }) => graph.affiliations.kindOf(record)));
  const days = evidence.map(({ since }) => since).filter((since) => since > ALWAYS);
  return {
    source,
    target,
    kinds: LINK_KINDS.filter((_kind, place) => kinds.has(place)).map(({ name }) => name),
    strength,
    since: days.length === 0 ? UNKNOWN : Math.min(...days),
    evidence,
  };
}

function sharedRecords(selection: Selection, a: number, b: number): number[] {
  const { workspaces, records } = selection.graph;
  using ofA = workspaces.visitedSet(records.size);
  using counted = workspaces.visitedSet(records.size);
  selection.eachRecord(a, (record) => ofA.add(record));
  const shared: number[] = [];
  selection.eachRecord(b, (record) => {
    if (ofA.has(record) && counted.add(record)) shared.push(record);
  });
  return shared;
}

function sharedFrom(selection: Selection, record: number, a: number, b: number): Shared {
  const [ofA, ofB] = [spanOf(selection, a, record), spanOf(selection, b, record)];
  const isKnown = ofA.since !== UNKNOWN && ofB.since !== UNKNOWN;
  return {
    record,
    weight: selection.graph.weightOf(record),
    since: isKnown ? Math.max(ofA.since, ofB.since) : UNKNOWN,
    until: Math.min(ofA.until, ofB.until),
  };
}

/** From the first day to the last that somebody takes part in a record, with all that lies between. */
function spanOf(selection: Selection, partner: number, record: number): { since: number; until: number } {
  let [since, until] = [NEVER, ALWAYS];
  selection.eachAffiliation(partner, record, (from, to) => {
    since = Math.min(since, from);
    until = Math.max(until, to);
  });
  return { since, until };
}
