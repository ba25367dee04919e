// Which part of the graph a question is about: the kinds of things, the day, and who may stand in it. CollaborationFilter as
// the walks over the graph need it.
import type { FilterValues } from "./collaboration-filter";
import { AFFILIATIONS, DESIGNATION_KIND, LINK_KINDS } from "./link-kinds";
import type { Adjacency } from "./memory/adjacency";
import { dayNumber } from "./memory/days";
import { PARTNER_TYPES } from "./memory/traits";

/** The day that a kind counts on; undefined for any time. */
type DayOfKind = readonly (number | undefined)[];

export class Selection {
  /** only links of at least this strength */
  readonly minStrength: number;
  private readonly dayOfKind: DayOfKind;
  private readonly hasKind: readonly boolean[];
  private readonly conditions: readonly ((partner: number) => boolean)[];

  /** @param today the day that the question is asked on */
  constructor(
    readonly adjacency: Adjacency,
    filter: FilterValues,
    today: string,
  ) {
    this.minStrength = filter.minStrength ?? 0;
    this.dayOfKind = AFFILIATIONS.map(({ dayByDefault }) => {
      if (filter.validOn === null) return undefined;
      if (filter.validOn !== undefined) return dayNumber(filter.validOn);
      return dayByDefault === "today" ? dayNumber(today) : undefined;
    });
    this.hasKind = AFFILIATIONS.map((_kind, place) => {
      const name = LINK_KINDS[place]?.name;
      return name !== undefined && (filter.kinds?.includes(name) ?? true);
    });
    this.conditions = conditionsOf(adjacency, filter, dayNumber(filter.validOn ?? today));
  }

  /** Whether a partner may stand in an answer, beside those that the question names. */
  takesPartner(partner: number): boolean {
    if (this.adjacency.traits.typeOf(partner) === 0) return false;
    for (const holds of this.conditions) if (!holds(partner)) return false;
    return true;
  }

  /** Whether an incidence counts: its thing is of a kind that is asked for, and it holds on the day. */
  takesIncidence(incidence: number): boolean {
    const { incidences } = this.adjacency;
    return this.takesOfKind(incidence, incidences.kindOf(incidences.thingOf(incidence)));
  }

  /** The same, where the kind of the thing is known. */
  takesOfKind(incidence: number, kind: number): boolean {
    if (this.hasKind[kind] !== true) return false;
    const day = this.dayOfKind[kind];
    return day === undefined || this.adjacency.incidences.holdsOn(incidence, day);
  }
}

function conditionsOf(adjacency: Adjacency, filter: FilterValues, day: number): ((partner: number) => boolean)[] {
  const { traits } = adjacency;
  const conditions: ((partner: number) => boolean)[] = [];
  const { partnerTypes, countries, regions, creativeFields } = filter;
  if (partnerTypes) {
    conditions.push((partner) => partnerTypes.some((type) => PARTNER_TYPES[traits.typeOf(partner)] === type));
  }
  if (countries) {
    const codes = new Set(countries);
    conditions.push((partner) => codes.has(traits.countryOf(partner)?.code ?? ""));
  }
  if (regions) conditions.push((partner) => regions.includes(traits.countryOf(partner)?.region ?? ""));
  if (creativeFields) {
    const fields = new Set(creativeFields.map((id) => adjacency.things.find(id)));
    conditions.push((partner) => isDesignated(adjacency, partner, fields, day));
  }
  return conditions;
}

function isDesignated(adjacency: Adjacency, partner: number, fields: ReadonlySet<number>, day: number): boolean {
  const { incidences } = adjacency;
  for (let i = incidences.firstWithPartner(partner); i !== -1; i = incidences.nextWithPartner(i)) {
    const thing = incidences.thingOf(i);
    if (incidences.kindOf(thing) !== DESIGNATION_KIND || !fields.has(thing)) continue;
    if (incidences.holdsOn(i, day)) return true;
  }
  return false;
}
