// The score of everybody for one question: the sum of the weights of the reasons that speak for them.
import { kindPlaceOf } from "../affiliation-kinds";
import type { AdjacencyLists } from "../memory/adjacency-lists";
import type { Profiles } from "./profiles";
import type { Question } from "./question";
import type { TopicSets } from "./topic-sets";
import { REASON_KINDS, WEIGHTS, type ReasonKind, type Weights } from "./weights";
import { walkOf, type Walk } from "./walk";

const NETWORK = kindPlaceOf("NETWORK");
const PLACE = Object.fromEntries(REASON_KINDS.map((kind, place) => [kind, place])) as Record<ReasonKind, number>;

/** To six decimals, so that the sum of what is shown is the score that is shown. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** What speaks for somebody to anybody, or to anybody of a region; of six areas of action, most share one. */
const FOR_ANYBODY: readonly ReasonKind[] = ["SHARED_REGION", "EXPERIENCE", "UNDERSERVED_REGION", "SHARED_AREAS"];
const IS_FOR_ANYBODY = REASON_KINDS.map((kind) => FOR_ANYBODY.includes(kind));

export class Scores {
  readonly walk: Walk;
  /** of the partner that was looked at last, by the places of REASON_KINDS */
  readonly weights = new Float64Array(REASON_KINDS.length);
  private readonly byNetworks = new Map<number, number>();
  private readonly isFieldWanted: Float64Array;
  private readonly closenessOfField: Float64Array;
  /** whoever names fields or places asks for somebody of there, whatever else there is */
  private readonly isNarrowed: boolean;
  private readonly region: number;
  private readonly goals: Likeness;
  private readonly areas: Likeness;

  /** It takes one walk over the works of those who worked with the asker, which is bounded: see walk.ts. */
  constructor(
    private readonly profiles: Profiles,
    private readonly question: Question,
    private readonly full: Weights = WEIGHTS,
  ) {
    this.walk = walkOf(profiles, question.asker);
    this.sumNetworks();
    const { creativeFields, countries, regions, globalSouth } = question.filter;
    this.isNarrowed = [creativeFields, countries, regions, globalSouth].some((condition) => condition !== undefined);
    this.region = profiles.region[question.asker] ?? -1;
    const { fields, goals, areas } = question.wants;
    this.isFieldWanted = new Float64Array(profiles.graph.interests.fields.size);
    for (const field of fields) this.isFieldWanted[field] = 1;
    this.closenessOfField = closenessTo(profiles, fields);
    this.goals = new Likeness(profiles.goals, goals, profiles.citiesWithGoal);
    this.areas = new Likeness(profiles.areas, areas, profiles.citiesWithArea);
  }

  /**
   * The score of a partner, 0 where only reasons for anybody speak for it and nobody asked for its like. `weights` has what the score is made
   * of, until the next call.
   */
  of(partner: number): number {
    const { profiles, weights } = this;
    const { wants } = this.question;
    weights.fill(0);
    const sum = this.walk.sums[partner] as number;
    if (sum !== 0) this.weigh("COMMON_PARTNERS", Math.log1p(sum));
    this.compareFields(partner);
    this.weigh(wants.wished.goals ? "WISHED_GOALS" : "SHARED_GOALS", this.goals.of(partner));
    this.weigh(wants.wished.areas ? "WISHED_AREAS" : "SHARED_AREAS", this.areas.of(partner));
    if (this.byNetworks.size > 0) this.weigh("SHARED_NETWORK", this.byNetworks.get(partner) ?? 0);
    this.weigh("EXPERIENCE", profiles.experience[partner] as number);
    if (this.region !== -1 && profiles.region[partner] === this.region) this.weigh("SHARED_REGION", 1);
    this.weigh("UNDERSERVED_REGION", profiles.underserved[partner] as number);
    let [score, own] = [0, 0];
    for (let place = 0; place < weights.length; place++) {
      const weight = weights[place] as number;
      score += weight;
      if (IS_FOR_ANYBODY[place] !== true) own += weight;
    }
    if (own === 0 && !this.isNarrowed) return 0;
    return rounded(score);
  }

  private weigh(kind: ReasonKind, strength: number): void {
    if (strength !== 0) this.weights[PLACE[kind]] = rounded(this.full[kind] * strength);
  }

  private compareFields(partner: number): void {
    const { fields } = this.profiles;
    if (fields.most(partner, this.isFieldWanted) > 0) {
      this.weigh(this.question.wants.wished.fields ? "WISHED_FIELD" : "SHARED_FIELD", 1);
      return;
    }
    this.weigh("COMPLEMENTARY_FIELD", fields.most(partner, this.closenessOfField));
  }

  /** Adamic and Adar's own form of two modes: what two share counts by 1 / ln(how many share it). */
  private sumNetworks(): void {
    const { graph } = this.profiles;
    const { affiliations } = graph;
    const { ofRecords } = affiliations;
    for (const network of networksOf(this.profiles, this.question.asker)) {
      const weight = 1 / Math.log(Math.max(this.profiles.sizeOf(network), 2));
      const met = new Set<number>();
      ofRecords.each(network, (member, at) => {
        if (!isMemberAt(this.profiles, network, ofRecords, at) || met.has(member)) return;
        met.add(member);
        this.byNetworks.set(member, (this.byNetworks.get(member) ?? 0) + weight);
      });
    }
  }
}

/** The networks that a partner is a member of on the profiles' day. */
export function networksOf(profiles: Profiles, partner: number): Set<number> {
  const { affiliations } = profiles.graph;
  const networks = new Set<number>();
  const { ofPartners } = affiliations;
  ofPartners.each(partner, (record, at) => {
    if (affiliations.kindOf(record) === NETWORK && isMemberAt(profiles, record, ofPartners, at)) networks.add(record);
  });
  return networks;
}

/** Whether the membership that stands at a place of a list counts, and is in force on the profiles' day. */
function isMemberAt(profiles: Profiles, network: number, lists: AdjacencyLists, place: number): boolean {
  return lists.holdsOn(place, profiles.day) && profiles.counts(network, lists.sinceAt(place));
}

/** How close each field is to the closest of some. */
function closenessTo({ complements, graph }: Profiles, fields: readonly number[]): Float64Array {
  const closeness = new Float64Array(graph.interests.fields.size);
  return closeness.map((_none, field) => Math.max(0, ...fields.map((own) => complements.between(own, field))));
}

/** The more cities have a topic, the less it says: 1 / ln(1 + cities). */
function rarity(cities: number): number {
  return 1 / Math.log(1 + Math.max(cities, 1));
}

/** How alike the topics of partners and those wanted are, from 0 to 1, the rare counting more: the weighted cosine of two sets. */
class Likeness {
  private readonly rarities: Float64Array;
  /** the same of what is wanted; 0 of all else */
  private readonly wanted: Float64Array;
  private readonly sumOfWanted: number;

  /** @param topics of all partners @param wants topics, -1 for one that nobody has @param cities how many have each topic */
  constructor(
    private readonly topics: TopicSets,
    wants: readonly number[],
    cities: Uint32Array,
  ) {
    this.rarities = Float64Array.from(cities, rarity);
    this.wanted = new Float64Array(cities.length);
    for (const topic of wants) this.wanted[topic] = this.rarities[topic] ?? 0;
    this.sumOfWanted = wants.reduce((sum, topic) => sum + rarity(cities[topic] ?? 0), 0);
  }

  of(partner: number): number {
    const common = this.topics.sum(partner, this.wanted);
    if (common === 0) return 0;
    return common / Math.sqrt(this.sumOfWanted * this.topics.sum(partner, this.rarities));
  }
}
