// Whom suggestions are for, and who may be among them.
import type { PartnerTypeName } from "../memory/traits";
import type { Profiles } from "./profiles";

/** SuggestionFilter as it arrives from a request, checked: ids of fields stand for their slugs. */
export interface SuggestionFilterValues {
  /** the ids of creative fields */
  creativeFields?: readonly string[];
  countries?: readonly string[];
  regions?: readonly string[];
  globalSouth?: boolean;
  includeExisting?: boolean;
}

/** What somebody brings along, or an opportunity wishes for: numbers of Interests, -1 for what nobody has to do with. */
export interface Wants {
  fields: readonly number[];
  goals: readonly number[];
  areas: readonly number[];
  /** which of them are the wishes of an opportunity */
  wished: { fields: boolean; goals: boolean; areas: boolean };
}

export interface Question {
  /** who asks, or who posted the opportunity */
  asker: number;
  wants: Wants;
  types: readonly PartnerTypeName[];
  filter: SuggestionFilterValues;
  /** who is left out besides */
  leftOut: ReadonlySet<number>;
}

const OWN = { fields: false, goals: false, areas: false };

/** "Whom should we work with next?", asked by a city. */
export function questionOfCity(profiles: Profiles, city: number, filter: SuggestionFilterValues): Question {
  return { asker: city, wants: { ...ownOf(profiles, city), wished: OWN }, types: ["City"], filter, leftOut: new Set() };
}

/** What an opportunity says of itself. */
export interface Offer {
  seeking: readonly string[];
  /** ids */
  creativeFields: readonly string[];
  goals: readonly string[];
  /** names */
  areasOfAction: readonly string[];
}

/**
 * "Who could answer?", asked by those who posted an opportunity. Where it does not say what it is about, what they work on
 * themselves stands for it.
 */
export function questionOfOffer(
  profiles: Profiles,
  poster: number,
  offer: Offer,
  filter: SuggestionFilterValues,
  leftOut: ReadonlySet<number>,
): Question {
  const { interests } = profiles.graph;
  const own = ownOf(profiles, poster);
  const given = {
    fields: offer.creativeFields.map((id) => interests.fields.find(id)),
    goals: offer.goals.map((id) => interests.goals.find(id)),
    areas: offer.areasOfAction.map((name) => interests.areas.find(name)),
  };
  const wished = {
    fields: given.fields.length > 0,
    goals: given.goals.length > 0,
    areas: given.areas.length > 0,
  };
  const wants: Wants = {
    fields: wished.fields ? given.fields : own.fields,
    goals: wished.goals ? given.goals : own.goals,
    areas: wished.areas ? given.areas : own.areas,
    wished,
  };
  return { asker: poster, wants, types: typesSought(offer.seeking), filter, leftOut };
}

function ownOf({ fields, goals, areas }: Profiles, partner: number): Omit<Wants, "wished"> {
  return { fields: fields.of(partner), goals: goals.of(partner), areas: areas.of(partner) };
}

const SOUGHT_TYPES: Readonly<Record<string, PartnerTypeName>> = {
  PARTNER_NETWORKS: "Network",
  PARTNER_ORGANIZATIONS: "Organization",
};

/** Networks and organizations where they are sought; cities for all else, and where nothing is said. */
function typesSought(seeking: readonly string[]): PartnerTypeName[] {
  const types = new Set(seeking.map((kind): PartnerTypeName => SOUGHT_TYPES[kind] ?? "City"));
  return types.size === 0 ? ["City"] : [...types];
}
