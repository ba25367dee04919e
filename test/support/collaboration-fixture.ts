// A server with a random graph of collaboration, callers of every role, and random questions about it.
import { addRandomCollaboration, type RandomPartners } from "./random-collaboration";
import { startApi, TODAY, type TestApi } from "./api";
import { untypedDataFor } from "./members";
import { between, pick, randomFrom, type Random } from "../../src/kernel/random";
import type { Filter } from "./reference/links";
import { readRows, type AskAs } from "./reference/rows";
import { KINDS, worldOf, type World } from "./reference/shared-records";
import { shuffled } from "./random-collaboration-values";
import { asTheySay, viewerAs } from "./viewers";
import type { Role } from "../../src/kernel/viewer";

export const EACH_ROLE: readonly Role[] = ["ANONYMOUS", "READER", "CITY", "NETWORK", "ORGANIZATION", "SECRETARIAT"];

export interface CollaborationFixture {
  api: TestApi;
  random: Random;
  partners: RandomPartners;
  /** asks as somebody with this role: cities, networks and organizations are ones of the graph */
  as: (role: Role) => AskAs;
  /** what a caller with this role reads, as the reference takes it */
  worldFor: (role: Role) => Promise<World>;
}

export async function openCollaborationFixture(seed: number): Promise<CollaborationFixture> {
  const api = await startApi({ authenticate: asTheySay });
  const random = randomFrom(seed);
  const partners = await addRandomCollaboration(api.database, random);
  const scopes: Partial<Record<Role, string | undefined>> = {
    CITY: partners.cities[0],
    NETWORK: partners.networks[0],
    ORGANIZATION: partners.organizations[0],
  };
  const as =
    (role: Role): AskAs =>
    (query, variables) =>
      untypedDataFor(api, viewerAs(role, scopes[role] ?? null), query, variables);
  return { api, random, partners, as, worldFor: async (role) => worldOf(await readRows(as(role)), TODAY) };
}

/** Most of them partners that share much with few others, then any that share something, and one that shares nothing. */
export function somePartners(world: World, random: Random, count: number): string[] {
  const busy = new Map<string, number>();
  const linked = new Set<string>();
  for (const { affiliations } of world.records) {
    for (const { partner } of affiliations.length > 1 ? affiliations : []) {
      linked.add(partner);
      if (affiliations.length <= SHARED_BY_FEW) busy.set(partner, (busy.get(partner) ?? 0) + 1);
    }
  }
  const busiest = bySlug(world, busy.keys()).sort((a, b) => (busy.get(b) ?? 0) - (busy.get(a) ?? 0));
  const others = [...world.partners.keys()].filter((id) => !linked.has(id));
  const ofLinked = Math.floor(count / 4);
  return [
    ...shuffled(random, busiest.slice(0, BUSIEST)).slice(0, count - 1 - ofLinked),
    ...shuffled(random, bySlug(world, linked)).slice(0, ofLinked),
    ...shuffled(random, bySlug(world, others)).slice(0, 1),
  ];
}

/** In an order that is the same in every run: the ids of the dataset's records are not. */
export function bySlug({ partners }: World, ids: Iterable<string>): string[] {
  const slugOf = (id: string): string => `${partners.get(id)?.slug ?? ""} ${partners.get(id)?.type ?? ""}`;
  return [...ids].sort((a, b) => (slugOf(a) < slugOf(b) ? -1 : 1));
}

const SHARED_BY_FEW = 20;
const BUSIEST = 40;

/** The day of a question: none, any, or one of the years that the graph is about. */
function withDay(random: Random): Pick<Filter, "validOn"> {
  if (random() < 0.3) return {};
  if (random() < 0.3) return { validOn: null };
  const two = (value: number): string => String(value).padStart(2, "0");
  return { validOn: `${between(random, 1996, 2030)}-${two(between(random, 1, 12))}-${two(between(random, 1, 28))}` };
}

/** @param narrow how likely each condition is */
export function randomFilter(random: Random, narrow = 0.25): Filter {
  const sometimes = (filter: Filter): Filter => (random() < narrow ? filter : {});
  // None at all is asked for now and then.
  const some = <Item>(items: readonly Item[], most: number): Item[] =>
    shuffled(random, items).slice(0, random() < 0.05 ? 0 : between(random, 1, most));
  return {
    ...withDay(random),
    ...sometimes({ kinds: some(KINDS, 4) }),
    ...sometimes({ partnerTypes: some(["CITY", "NETWORK", "ORGANIZATION"], 2) }),
    ...sometimes({ creativeFields: some(FIELDS, 5) }),
    ...sometimes({ countries: some(["PL", "FR", "BR", "SN", "JP", "EG"], 4) }),
    ...sometimes({ regions: some(REGIONS, 4) }),
    ...sometimes({ minStrength: pick(random, [0, 0.02, 0.2, 0.333333333, 0.5, 1]) }),
  };
}

const FIELDS = ["crafts-and-folk-art", "design", "film", "gastronomy", "literature", "media-arts", "music"];
const REGIONS = [
  "AFRICA",
  "ARAB_STATES",
  "ASIA_AND_THE_PACIFIC",
  "EUROPE_AND_NORTH_AMERICA",
  "LATIN_AMERICA_AND_THE_CARIBBEAN",
];
