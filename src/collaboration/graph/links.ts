// The links of one partner, and the link between two, walked from the incidences: no pair is stored.
import { LINK_KINDS, type LinkKindName } from "../kinds";
import { ALWAYS, NEVER, UNKNOWN } from "./memory/days";
import type { Selection } from "./selection";
import { strengthOf } from "./strength";

/** A partner that another is linked to, and how strongly. */
export interface Neighbour {
  partner: number;
  strength: number;
}

/** A thing that both partners of a link share. */
export interface Shared {
  thing: number;
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
  /** the first day by which both had shared one of the things; UNKNOWN where no such day is known */
  since: number;
  /** what adds most comes first */
  evidence: Shared[];
}

/**
 * Everybody that a partner is linked to, the strongest first; of equal ones the one whose id comes first. It takes one step for each part
 * in each thing that the partner shares.
 */
export function collaboratorsOf(selection: Selection, partner: number): Neighbour[] {
  const { adjacency } = selection;
  const { scratch } = adjacency;
  scratch.things.begin(adjacency.things.size);
  scratch.sums.begin(adjacency.partners.size);
  selection.eachThing(partner, (thing) => {
    if (!scratch.things.add(thing)) return;
    const weight = adjacency.weightOf(thing);
    scratch.sharers.begin(adjacency.partners.size);
    scratch.sharers.add(partner);
    selection.eachSharer(thing, (other) => {
      if (scratch.sharers.add(other)) scratch.sums.add(other, weight);
    });
  });
  const neighbours: Neighbour[] = [];
  scratch.sums.take((other, sum) => {
    const strength = strengthOf(sum);
    if (strength >= selection.minStrength && selection.takesPartner(other))
      neighbours.push({ partner: other, strength });
  });
  const { partners } = adjacency;
  return neighbours.sort((a, b) => b.strength - a.strength || partners.compare(a.partner, b.partner));
}

/** How strongly two are linked; 0 where they are not. It takes one step for each of their parts. */
export function strengthBetween(selection: Selection, a: number, b: number): number {
  const things = sharedThings(selection, a, b);
  return strengthOf(things.reduce((sum, thing) => sum + selection.adjacency.weightOf(thing), 0));
}

/**
 * The link between two, with its evidence; undefined where they share nothing, or too little for the selection. It takes one step for
 * each of their parts.
 */
export function linkBetween(selection: Selection, source: number, target: number): Link | undefined {
  return linkOver(selection, source, target, sharedThings(selection, source, target));
}

/** The same, of two who share just these things. */
export function linkOver(
  selection: Selection,
  source: number,
  target: number,
  things: readonly number[],
): Link | undefined {
  const { adjacency } = selection;
  const evidence = things
    .map((thing) => sharedFrom(selection, thing, source, target))
    .sort((a, b) => b.weight - a.weight || adjacency.things.compare(a.thing, b.thing));
  const strength = strengthOf(evidence.reduce((sum, { weight }) => sum + weight, 0));
  if (evidence.length === 0 || strength < selection.minStrength) return undefined;
  const kinds = new Set(evidence.map(({ thing }) => adjacency.incidences.kindOf(thing)));
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

function sharedThings(selection: Selection, a: number, b: number): number[] {
  const { scratch, things } = selection.adjacency;
  scratch.things.begin(things.size);
  scratch.counted.begin(things.size);
  selection.eachThing(a, (thing) => scratch.things.add(thing));
  const shared: number[] = [];
  selection.eachThing(b, (thing) => {
    if (scratch.things.has(thing) && scratch.counted.add(thing)) shared.push(thing);
  });
  return shared;
}

function sharedFrom(selection: Selection, thing: number, a: number, b: number): Shared {
  const [ofA, ofB] = [spanOf(selection, a, thing), spanOf(selection, b, thing)];
  const isKnown = ofA.since !== UNKNOWN && ofB.since !== UNKNOWN;
  return {
    thing,
    weight: selection.adjacency.weightOf(thing),
    since: isKnown ? Math.max(ofA.since, ofB.since) : UNKNOWN,
    until: Math.min(ofA.until, ofB.until),
  };
}

/** From the first day to the last that somebody takes part in a thing, with all that lies between. */
function spanOf(selection: Selection, partner: number, thing: number): { since: number; until: number } {
  let [since, until] = [NEVER, ALWAYS];
  selection.eachPart(partner, thing, (from, to) => {
    since = Math.min(since, from);
    until = Math.max(until, to);
  });
  return { since, until };
}
