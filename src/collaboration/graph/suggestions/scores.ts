// The score of everybody for one question: the sum of the weights of the reasons that speak for them.
import { kindPlaceOf } from "../affiliation-kinds";
import { placeOfLowestBit, sumOverBits } from "./bits";
import type { Profiles } from "./profiles";
import type { Question } from "./question";
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
  private readonly closenessOfField: Float64Array;
  /** whoever names fields or places asks for somebody of there, whatever else there is */
  private readonly isNarrowed: boolean;
  private readonly region: number;
  private readonly rarityOfGoal: Float64Array;
  private readonly rarityOfArea: Float64Array;

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
    this.closenessOfField = closenessTo(profiles, question.wants.fields);
    this.rarityOfGoal = raritiesOf(profiles.citiesWithGoal);
    this.rarityOfArea = raritiesOf(profiles.citiesWithArea);
  }

  /** The score of a partner, 0 where only reasons for anybody speak for it and nobody asked for its like; what it is made of stands in `weights` then. */
  of(partner: number): number {
    const { profiles, weights } = this;
    const { wants } = this.question;
    weights.fill(0);
    const sum = this.walk.sums[partner] as number;
    if (sum !== 0) this.weigh("COMMON_PARTNERS", Math.log1p(sum));
    this.compareFields(profiles.fields[partner] as number);
    const goals = likeness(wants.goals, profiles.goals[partner] as number, this.rarityOfGoal);
    this.weigh(wants.wished.goals ? "WISHED_GOALS" : "SHARED_GOALS", goals);
    const areas = likeness(wants.areas, profiles.areas[partner] as number, this.rarityOfArea);
    this.weigh(wants.wished.areas ? "WISHED_AREAS" : "SHARED_AREAS", areas);
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

  private compareFields(fields: number): void {
    const { wants } = this.question;
    if ((fields & wants.fields) !== 0) {
      this.weigh(wants.wished.fields ? "WISHED_FIELD" : "SHARED_FIELD", 1);
      return;
    }
    let closest = 0;
    for (let left = fields; left !== 0; left &= left - 1) {
      closest = Math.max(closest, this.closenessOfField[placeOfLowestBit(left)] as number);
    }
    this.weigh("COMPLEMENTARY_FIELD", closest);
  }

  /** Adamic and Adar's own form of two modes: what two share counts by 1 / ln(how many share it). */
  private sumNetworks(): void {
    const { graph } = this.profiles;
    const { affiliations } = graph;
    const { ofRecords } = affiliations;
    for (const network of networksOf(this.profiles, this.question.asker)) {
      const weight = 1 / Math.log(Math.max(affiliations.sizeOf(network), 2));
      const met = new Set<number>();
      ofRecords.each(network, (member, at) => {
        if (!ofRecords.holdsOn(at, this.profiles.day) || met.has(member)) return;
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
    if (affiliations.kindOf(record) === NETWORK && ofPartners.holdsOn(at, profiles.day)) networks.add(record);
  });
  return networks;
}

/** How close each field is to the closest of some. */
function closenessTo({ complements }: Profiles, fields: number): Float64Array {
  const closeness = new Float64Array(32);
  for (let left = fields; left !== 0; left &= left - 1) {
    const own = placeOfLowestBit(left);
    for (let other = 0; other < 32; other++) {
      closeness[other] = Math.max(closeness[other] as number, complements.between(own, other));
    }
  }
  return closeness;
}

/** The more cities have one, the less it says: 1 / ln(1 + cities). */
function raritiesOf(cities: Uint32Array): Float64Array {
  return Float64Array.from(cities, (count) => 1 / Math.log(1 + Math.max(count, 1)));
}

/** What two have in common by what either has, from 0 to 1, the rare counting more: a weighted cosine of two sets. */
function likeness(a: number, b: number, rarities: Float64Array): number {
  const common = a & b;
  if (common === 0) return 0;
  return sumOverBits(common, rarities) / Math.sqrt(sumOverBits(a, rarities) * sumOverBits(b, rarities));
}
