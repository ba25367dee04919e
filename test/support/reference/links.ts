// Links between all pairs of partners, made of everything that each pair shares: docs/links.md, word by word.
import { compareIds } from "./days";
import { ALWAYS, KINDS, type Kind, type Affiliation, type SharedRecord, type World } from "./shared-records";

/** CollaborationFilter. */
export interface Filter {
  kinds?: Kind[];
  validOn?: string | null;
  partnerTypes?: string[];
  creativeFields?: string[];
  countries?: string[];
  regions?: string[];
  minStrength?: number;
}

export interface Evidence {
  id: string;
  kind: Kind;
  weight: number;
  since: string | null;
  until: string | null;
}

export interface Link {
  kinds: Kind[];
  strength: number;
  since: string | null;
  evidence: Evidence[];
  /** the fewest partners that share one of its records */
  leastShared: number;
}

/** The links within a filter, whoever stands at their ends: by the one and the other, both ways. */
export type Links = Map<string, Map<string, Link>>;

/** A record that two share, and their affiliations with it. */
interface Shared {
  record: SharedRecord;
  a: Affiliation[];
  b: Affiliation[];
}

/** Things that are done are looked at over all time where no day is given, memberships and agreements as of today. */
const HOLDS_TODAY: readonly Kind[] = ["NETWORK", "AGREEMENT"];

const known = new WeakMap<World, Map<string, Links>>();

/** All links within a filter. The same world is asked for the same ones again and again. */
export function linksOf(world: World, filter: Filter): Links {
  const ofWorld = known.get(world) ?? new Map<string, Links>();
  known.set(world, ofWorld);
  const { kinds, validOn, minStrength } = filter;
  return inside(ofWorld, JSON.stringify({ kinds, validOn, minStrength }), () => makeLinks(world, filter));
}

function makeLinks(world: World, filter: Filter): Links {
  const shared = new Map<string, Map<string, Shared[]>>();
  for (const record of world.records) {
    if (filter.kinds !== undefined && !filter.kinds.includes(record.kind)) continue;
    const affiliations = record.affiliations.filter((affiliation) =>
      counts(affiliation, dayFor(world, filter, record.kind)),
    );
    const byPartner = new Map<string, Affiliation[]>();
    for (const affiliation of affiliations) inside(byPartner, affiliation.partner, () => []).push(affiliation);
    for (const [one, a] of byPartner) {
      for (const [other, b] of byPartner) {
        if (one === other) continue;
        inside(
          inside(shared, one, () => new Map<string, Shared[]>()),
          other,
          () => [],
        ).push({ record, a, b });
      }
    }
  }
  const links: Links = new Map();
  for (const [one, others] of shared) {
    for (const [other, records] of others) {
      const link = linkBy(records);
      if (link.strength >= (filter.minStrength ?? 0))
        inside(links, one, () => new Map<string, Link>()).set(other, link);
    }
  }
  return links;
}

function inside<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

/** The day that records of a kind are looked at; undefined for all time. */
function dayFor({ today }: World, { validOn }: Filter, kind: Kind): string | undefined {
  if (validOn === null) return undefined;
  return validOn ?? (HOLDS_TODAY.includes(kind) ? today : undefined);
}

function counts({ since, until }: Affiliation, day: string | undefined): boolean {
  if (day === undefined) return true;
  return (since === null || since === ALWAYS || since <= day) && (until === null || until > day);
}

function linkBy(records: readonly Shared[]): Link {
  const evidence = records.map(({ record, a, b }) => ({
    id: record.id,
    kind: record.kind,
    weight: 1 / (record.n - 1),
    since: laterBeginning(a, b),
    until: earlierEnd(a, b),
  }));
  evidence.sort((x, y) => y.weight - x.weight || compareIds(x.id, y.id));
  const days = evidence.map(({ since }) => since).filter((since) => since !== null);
  return {
    kinds: KINDS.filter((kind) => evidence.some((item) => item.kind === kind)),
    strength: strengthOf(records.map(({ record }) => record.n)),
    since: days.sort()[0] ?? null,
    evidence,
    leastShared: Math.min(...records.map(({ record }) => record.n)),
  };
}

/** The sum of 1 / (n - 1), as a fraction of whole numbers, and then to nine decimals. */
function strengthOf(ns: readonly number[]): number {
  let numerator = 0n;
  let denominator = 1n;
  for (const n of ns) {
    numerator = numerator * BigInt(n - 1) + denominator;
    denominator *= BigInt(n - 1);
  }
  return Number((numerator * 2_000_000_000n + denominator) / (2n * denominator)) / 1e9;
}

/** The first day by which both shared it; null where a beginning is not known. */
function laterBeginning(a: readonly Affiliation[], b: readonly Affiliation[]): string | null {
  const beginnings = [a, b].map((affiliations) => {
    if (affiliations.some(({ since }) => since === null)) return null;
    // "ALWAYS" comes after all digits, so it is taken apart from days.
    if (affiliations.some(({ since }) => since === ALWAYS)) return "";
    return affiliations.map(({ since }) => since ?? "").sort()[0] ?? "";
  });
  return beginnings.includes(null) ? null : (beginnings.sort().at(-1) ?? null);
}

/** The first day on which one of them shared it no longer; null while both do. */
function earlierEnd(a: readonly Affiliation[], b: readonly Affiliation[]): string | null {
  const ends = [a, b].flatMap((affiliations) =>
    affiliations.some(({ until }) => until === null)
      ? []
      : [
          affiliations
            .map(({ until }) => until ?? "")
            .sort()
            .at(-1) ?? "",
        ],
  );
  return ends.sort()[0] ?? null;
}

/** Whether a partner is there, besides those that the question names. */
export function isThere({ partners, designated, today }: World, filter: Filter, id: string): boolean {
  const partner = partners.get(id);
  if (partner === undefined) return false;
  const { partnerTypes, countries, regions, creativeFields, validOn } = filter;
  if (partnerTypes !== undefined && !partnerTypes.includes(partner.type)) return false;
  if (countries !== undefined && (partner.country === null || !countries.includes(partner.country.code))) return false;
  if (regions !== undefined && (partner.country === null || !regions.includes(partner.country.region))) return false;
  if (creativeFields === undefined) return true;
  const day = validOn ?? today;
  return designated.some(
    ({ city, field, since, until }) =>
      city === id && creativeFields.includes(field) && since <= day && (until === null || until > day),
  );
}

export interface Collaborator {
  id: string;
  link: Link;
}

/** Everybody that a partner is linked to, the strongest first. */
export function collaboratorsOf(world: World, filter: Filter, links: Links, id: string): Collaborator[] {
  return [...(links.get(id) ?? [])]
    .filter(([other]) => isThere(world, filter, other))
    .map(([other, link]) => ({ id: other, link }))
    .sort((a, b) => b.link.strength - a.link.strength || compareIds(a.id, b.id));
}
