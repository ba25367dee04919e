// The best answers to "whom should we work with next?", in one pass over all partners.
import { CITY_TYPE, PARTNER_TYPES, type PartnerTypeName } from "../memory/traits";
import { eachBelow, type Resumable } from "../computing/resumable";
import type { Profiles } from "./profiles";
import type { Question, SuggestionFilterValues } from "./question";
import { Scores } from "./scores";
import { REASON_KINDS, type ReasonKind } from "./weights";

/** A partner that is suggested, why, and how much. */
export interface Suggestion {
  partner: number;
  /** the sum of the weights, to six decimals */
  score: number;
  /** those that weigh something, the most first */
  reasons: { kind: ReasonKind; weight: number }[];
}

/** How many partners are looked at before others have their turn: some milliseconds. */
const AT_ONCE = 20_000;

/**
 * The best suggestions, the highest score first; of equal ones the one whose id comes first. One pass over all partners, and one
 * bounded walk.
 * @param first how many at most
 * @param scores of the same question
 */
export function* suggest(
  profiles: Profiles,
  question: Question,
  first: number,
  scores: Scores = new Scores(profiles, question),
): Resumable<Suggestion[]> {
  yield;
  const candidates = new Candidates(profiles, question, scores.walk.isPartner);
  const best = new Best(profiles, first);
  yield* eachBelow(profiles.partners, AT_ONCE, (partner) => {
    if (!candidates.has(partner)) return;
    const score = scores.of(partner);
    if (best.takes(partner, score)) best.add(partner, score);
  });
  return best.all().map(({ partner, score }) => {
    scores.of(partner);
    const reasons = REASON_KINDS.map((kind, place) => ({ kind, weight: scores.weights[place] as number }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight);
    return { partner, score, reasons };
  });
}

/** Who may be suggested at all. */
export class Candidates {
  private readonly typePlaces: readonly boolean[];
  private readonly countries: ((partner: number) => boolean) | undefined;
  private readonly isFieldWanted: Float64Array | undefined;

  /** @param isPartner whom the asker worked with */
  constructor(
    private readonly profiles: Profiles,
    private readonly question: Question,
    private readonly isPartner: Uint8Array,
  ) {
    const { filter, types } = question;
    const { interests } = profiles.graph;
    this.typePlaces = PARTNER_TYPES.map((type) => types.includes(type as PartnerTypeName));
    if (filter.creativeFields !== undefined) {
      this.isFieldWanted = new Float64Array(interests.fields.size);
      for (const id of filter.creativeFields) this.isFieldWanted[interests.fields.find(id)] = 1;
    }
    this.countries = countryCondition(profiles, filter);
  }

  /** Cities that are members of the network on the day; networks and organizations where they are asked for. */
  has(partner: number): boolean {
    const { profiles, question } = this;
    const type = profiles.graph.traits.typeOf(partner);
    if (this.typePlaces[type] !== true || (type === CITY_TYPE && profiles.isMember[partner] === 0)) return false;
    if (partner === question.asker || question.leftOut.has(partner)) return false;
    if (this.isPartner[partner] === 1 && question.filter.includeExisting !== true) return false;
    if (this.isFieldWanted !== undefined && profiles.fields.most(partner, this.isFieldWanted) === 0) return false;
    return this.countries?.(partner) ?? true;
  }
}

function countryCondition(
  { graph }: Profiles,
  { countries, regions, globalSouth }: SuggestionFilterValues,
): ((partner: number) => boolean) | undefined {
  if (countries === undefined && regions === undefined && globalSouth === undefined) return undefined;
  const codes = countries === undefined ? undefined : new Set(countries);
  return (partner) => {
    const country = graph.traits.countryOf(partner);
    if (country === undefined) return false;
    return (
      (codes?.has(country.code) ?? true) &&
      (regions?.includes(country.region) ?? true) &&
      (globalSouth === undefined || country.globalSouth === globalSouth)
    );
  };
}

/** The best so far, in order. Most partners are worse than the last of them, which takes one comparison. */
class Best {
  private readonly kept: { partner: number; score: number }[] = [];

  constructor(
    private readonly profiles: Profiles,
    private readonly atMost: number,
  ) {}

  takes(partner: number, score: number): boolean {
    if (score <= 0 || this.atMost === 0) return false;
    const last = this.kept[this.atMost - 1];
    return last === undefined || this.comesBefore(partner, score, last);
  }

  add(partner: number, score: number): void {
    let place = this.kept.length;
    while (place > 0 && this.comesBefore(partner, score, this.kept[place - 1] as { partner: number; score: number })) {
      place -= 1;
    }
    this.kept.splice(place, 0, { partner, score });
    this.kept.length = Math.min(this.kept.length, this.atMost);
  }

  all(): readonly { partner: number; score: number }[] {
    return this.kept;
  }

  private comesBefore(partner: number, score: number, other: { partner: number; score: number }): boolean {
    if (score !== other.score) return score > other.score;
    return this.profiles.graph.partners.compare(partner, other.partner) < 0;
  }
}
