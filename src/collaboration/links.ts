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
  const { incidences, scratch } = adjacency;
  const strengths = new Map<number, number>();
  scratch.things.begin(adjacency.things.size);
  for (let i = incidences.firstWithPartner(partner); i !== -1; i = incidences.nextWithPartner(i)) {
    const thing = incidences.thingOf(i);
    if (!selection.takesIncidence(i) || !scratch.things.add(thing)) continue;
    const weight = adjacency.weightOf(thing);
    scratch.sharers.begin(adjacency.partners.size);
    scratch.sharers.add(partner);
    for (let j = incidences.firstOf(thing); j !== -1; j = incidences.nextOf(j)) {
      const other = incidences.partnerOf(j);
      if (!selection.takesIncidence(j) || !scratch.sharers.add(other)) continue;
      strengths.set(other, (strengths.get(other) ?? 0) + weight);
    }
  }
  const neighbours: Neighbour[] = [];
  for (const [other, sum] of strengths) {
    const strength = strengthOf(sum);
    if (strength >= selection.minStrength && selection.takesPartner(other))
      neighbours.push({ partner: other, strength });
  }
  const { partners } = adjacency;
  return neighbours.sort((a, b) => b.strength - a.strength || partners.compare(a.partner, b.partner));
}

/** How strongly two are linked; 0 where they are not. */
export function strengthBetween(selection: Selection, a: number, b: number): number {
  return strengthOf(sharedBy(selection, a, b, new Parts(selection)).reduce((sum, { weight }) => sum + weight, 0));
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
  const { adjacency } = selection;
  const evidence = sharedBy(selection, source, target, parts).sort(
    (a, b) => b.weight - a.weight || adjacency.things.compare(a.thing, b.thing),
  );
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

/** Everything that both share: it takes one step for each thing of the one that has fewer, where both are known. */
function sharedBy(selection: Selection, a: number, b: number, parts: Parts): Shared[] {
  const both = [parts.of(a), parts.of(b)] as const;
  const [fewer, more] = both[0].size < both[1].size ? both : [both[1], both[0]];
  const shared: Shared[] = [];
  for (const [thing, ofOne] of fewer) {
    const ofOther = more.get(thing);
    if (ofOther === undefined) continue;
    const sides = [ofOne, ofOther];
    shared.push({
      thing,
      weight: selection.adjacency.weightOf(thing),
      since: sides.some((side) => side[0]?.since === UNKNOWN)
        ? UNKNOWN
        : Math.max(...sides.map((side) => side[0]?.since ?? UNKNOWN)),
      until: Math.min(...sides.map((side) => Math.max(...side.map(({ until }) => until)))),
    });
  }
  return shared;
}

/** The parts of partners by thing, the earliest first. */
export class Parts {
  private readonly known = new Map<number, ReadonlyMap<number, readonly Part[]>>();

  constructor(private readonly selection: Selection) {}

  of(partner: number): ReadonlyMap<number, readonly Part[]> {
    const known = this.known.get(partner);
    if (known !== undefined) return known;
    const { incidences } = this.selection.adjacency;
    const parts = new Map<number, Part[]>();
    incidences.eachOfPartner(partner, (incidence, thing, kind) => {
      if (!this.selection.takesOfKind(incidence, kind)) return;
      const part = { since: incidences.sinceOf(incidence), until: incidences.untilOf(incidence) };
      const there = parts.get(thing);
      if (there === undefined) parts.set(thing, [part]);
      else there.push(part);
    });
    for (const of of parts.values()) of.sort((x, y) => x.since - y.since);
    this.known.set(partner, parts);
    return parts;
  }
}
