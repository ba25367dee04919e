// The links of one partner, and the link between two, walked from the incidences: no pair is stored.
import { LINK_KINDS, type LinkKindName } from "./link-kinds";
import { ALWAYS, UNKNOWN } from "./memory/days";
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

/** How strongly two are linked; 0 where they are not. */
export function strengthBetween(selection: Selection, a: number, b: number): number {
  const parts = new Parts(selection);
  const things = sharedThings(parts.of(a), parts.of(b));
  return strengthOf(things.reduce((sum, thing) => sum + selection.adjacency.weightOf(thing), 0));
}

/**
 * @param parts remembers what was found of partners that come again and again
 * @returns the link between two, with its evidence; undefined where they share nothing, or too little for the selection
 */
export function linkBetween(
  selection: Selection,
  source: number,
  target: number,
  parts = new Parts(selection),
): Link | undefined {
  return linkOver(selection, source, target, sharedThings(parts.of(source), parts.of(target)), parts);
}

/** The same, of two who share just these things. */
export function linkOver(
  selection: Selection,
  source: number,
  target: number,
  things: readonly number[],
  parts: Parts,
): Link | undefined {
  const { adjacency } = selection;
  const sides = [parts.of(source), parts.of(target)] as const;
  const evidence = things
    .map((thing) => sharedFrom(thing, adjacency.weightOf(thing), sides[0].get(thing) ?? [], sides[1].get(thing) ?? []))
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

interface Part {
  since: number;
  until: number;
}

/** It takes one step for each thing of the one that has fewer. */
function sharedThings(a: ReadonlyMap<number, unknown>, b: ReadonlyMap<number, unknown>): number[] {
  const [fewer, more] = a.size < b.size ? [a, b] : [b, a];
  return [...fewer.keys()].filter((thing) => more.has(thing));
}

function sharedFrom(thing: number, weight: number, ofOne: readonly Part[], ofOther: readonly Part[]): Shared {
  const beginnings = [ofOne, ofOther].map(([first]) => first?.since ?? UNKNOWN);
  return {
    thing,
    weight,
    since: beginnings.includes(UNKNOWN) ? UNKNOWN : Math.max(...beginnings),
    until: Math.min(...[ofOne, ofOther].map((of) => Math.max(...of.map(({ until }) => until)))),
  };
}

/** The parts of partners by thing, the earliest first. */
export class Parts {
  private readonly known = new Map<number, ReadonlyMap<number, readonly Part[]>>();

  constructor(private readonly selection: Selection) {}

  of(partner: number): ReadonlyMap<number, readonly Part[]> {
    const known = this.known.get(partner);
    if (known !== undefined) return known;
    const { ofPartners } = this.selection.adjacency.incidences;
    const parts = new Map<number, Part[]>();
    this.selection.eachThing(partner, (thing, at) => {
      const part = { since: ofPartners.sinceAt(at), until: ofPartners.untilAt(at) };
      const there = parts.get(thing);
      if (there === undefined) parts.set(thing, [part]);
      else there.push(part);
    });
    for (const of of parts.values()) of.sort((x, y) => x.since - y.since);
    this.known.set(partner, parts);
    return parts;
  }
}
