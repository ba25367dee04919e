// Synthetic networks of cities: a few large ones and many small ones, most of them of one region.
import type { Towns } from "./city-rows";
import { partialDate, precisionFrom, yearBetween } from "./days";
import { between, type Random } from "../../src/kernel/random";
import { chance, several, streamOf, weighted } from "./random";
import type { Reference } from "./reference";
import type { Size } from "./size";

/** Of a hundred cities, how many the largest network has; sizes fall with the rank to the power of three quarters. */
const LARGEST_SHARE = 0.1;
const LEAST_MEMBERS = 3;
const REGIONAL_SHARE = 0.6;
/** Of the members of a network of one region, how many lie elsewhere. */
const ELSEWHERE_SHARE = 0.15;
const FOUNDED_FROM = 1970;
const FOUNDED_UNTIL = 2022;
const MEMBERS_SINCE_LAST = 2025;

/** The members of a network, by the cities' numbers. */
interface MemberList {
  members: Int32Array;
  foundedIn: number;
}

/** Who is in which network, a pass over random numbers: four bytes for each membership. */
export function memberListsOf(size: Size, { regions }: Reference, towns: Towns): MemberList[] {
  const random = streamOf(size.seed, "circles");
  const citiesOf = regions.map((_, region) => Int32Array.from(citiesIn(towns, region)));
  const all = Int32Array.from({ length: towns.count }, (_, i) => i);
  return Array.from({ length: size.networks }, (_, rank) => {
    const wanted = Math.max(LEAST_MEMBERS, Math.round((LARGEST_SHARE * towns.count) / threeQuarters(rank + 1)));
    const region = citiesOf[between(random, 0, regions.length - 1)] ?? all;
    const home = chance(random, REGIONAL_SHARE) && region.length > 2 * wanted ? region : all;
    return { members: membersFrom(random, home, all, wanted), foundedIn: between(random, FOUNDED_FROM, FOUNDED_UNTIL) };
  });
}

function threeQuarters(rank: number): number {
  return Math.sqrt(rank) * Math.sqrt(Math.sqrt(rank));
}

function* citiesIn(towns: Towns, region: number): Generator<number> {
  for (let i = 0; i < towns.count; i++) if (towns.region[i] === region) yield i;
}

// The first cities are the known ones, and in more networks.
function membersFrom(random: Random, home: Int32Array, all: Int32Array, wanted: number): Int32Array {
  const members = new Set<number>();
  const most = Math.min(wanted, home.length);
  for (let tries = 0; members.size < most && tries < 20 * most; tries++) {
    const from = chance(random, ELSEWHERE_SHARE) ? all : home;
    const place = random();
    members.add(from[Math.floor(from.length * place * Math.sqrt(place))] ?? 0);
  }
  return Int32Array.from(members);
}

export interface NetworkRow {
  slug: string;
  name: string;
  acronym: string;
  kind: string;
  foundedIn: number;
  statedMemberCount: number | null;
  statedIn: number | null;
  membersComplete: boolean;
  namedInMission: boolean;
}

export function* networkRows({ seed }: Size, memberLists: readonly MemberList[]): Generator<NetworkRow> {
  const random = streamOf(seed, "networks");
  for (const [i, { members, foundedIn }] of memberLists.entries()) {
    const membersComplete = chance(random, 0.3);
    const states = membersComplete || chance(random, 0.6);
    const beside = membersComplete ? 0 : 1 + Math.round(2 * random() * members.length);
    yield {
      slug: `synthetic-network-${i + 1}`,
      name: `Synthetic Network ${i + 1}`,
      acronym: `SN${i + 1}`,
      kind: chance(random, 0.75) ? "CITY_NETWORK" : "COALITION",
      foundedIn,
      statedMemberCount: states ? members.length + beside : null,
      statedIn: states ? between(random, 2018, 2025) : null,
      membersComplete,
      namedInMission: chance(random, 0.1),
    };
  }
}

export interface MembershipRow {
  network: number;
  city: number;
  since: string | null;
  until: string | null;
  role: "MEMBER" | "STEERING" | "LEAD";
}

/** One for each city of each network, so that none is in force twice. */
export function* membershipRows({ seed }: Size, memberLists: readonly MemberList[]): Generator<MembershipRow> {
  const random = streamOf(seed, "memberships");
  for (const [network, { members, foundedIn }] of memberLists.entries()) {
    for (const [place, city] of members.entries()) {
      const precision = precisionFrom(random);
      const begins = yearBetween(random, foundedIn, MEMBERS_SINCE_LAST);
      const ends = begins + 1 + 8 * random();
      const isEnded = chance(random, 0.08) && ends < MEMBERS_SINCE_LAST + 1;
      const since = chance(random, 0.9) ? partialDate(begins, precision) : null;
      const until = isEnded ? partialDate(ends, precision) : null;
      const role = place === 0 ? "LEAD" : chance(random, 0.03) ? "STEERING" : "MEMBER";
      yield { network, city, since, until, role };
    }
  }
}

export interface AgreementRow {
  slug: string;
  title: string;
  kind: string;
  since: string | null;
  until: string | null;
  networks: number[];
}

/** One for every two networks, of two to four of them. */
export function* agreementRows({ seed, networks }: Size): Generator<AgreementRow> {
  const random = streamOf(seed, "agreements");
  const numbers = Array.from({ length: networks }, (_, i) => i);
  for (let i = 0; i < Math.floor(networks / 2); i++) {
    const precision = precisionFrom(random);
    const begins = yearBetween(random, 2000, 2024);
    const ends = begins + 2 + 6 * random();
    yield {
      slug: `synthetic-agreement-${i + 1}`,
      title: `Synthetic Agreement ${i + 1}`,
      kind: weighted(random, AGREEMENT_KINDS),
      since: chance(random, 0.9) ? partialDate(begins, precision) : null,
      until: chance(random, 0.2) ? partialDate(ends, precision) : null,
      networks: several(random, numbers, weighted(random, PARTIES)),
    };
  }
}

const AGREEMENT_KINDS = [
  ["MEMORANDUM", 4],
  ["JOINT_PROGRAMME", 2],
  ["PARTNERSHIP", 3],
  ["AFFILIATION", 1],
] as const;

const PARTIES = [
  [2, 7],
  [3, 2],
  [4, 1],
] as const;
