// Which part of the graph a question is about: the kinds of things, the day, and who may stand in it. CollaborationFilter as
// the walks over the graph need it.
import type { FilterValues } from "../api/collaboration-filter";
import { AFFILIATIONS, DESIGNATION_KIND, LINK_KINDS } from "../kinds";
import type { Adjacency } from "./affiliation-graph";
import { dayNumber } from "./memory/days";
import type { Rows } from "./memory/adjacency-lists";
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

  /**
   * Whether an incidence counts: its thing is of a kind that is asked for, and it holds on the day.
   * @param kind of its thing @param rows where it stands, and at which place: in its partner's row or in its thing's
   */
  takes(kind: number, rows: Rows, place: number): boolean {
    if (this.hasKind[kind] !== true) return false;
    const day = this.dayOfKind[kind];
    return day === undefined || rows.holdsOn(place, day);
  }

  /** Visits what a partner takes part in, once for each incidence that counts, with its place in the partner's row. */
  eachThing(partner: number, visit: (thing: number, place: number) => void): void {
    const { incidences } = this.adjacency;
    const { ofPartners } = incidences;
    const end = ofPartners.endOf(partner);
    for (let at = ofPartners.startOf(partner); at < end; at++) {
      const thing = ofPartners.otherAt(at);
      if (this.takes(incidences.kindOf(thing), ofPartners, at)) visit(thing, at);
    }
  }

  /** Visits who takes part in a thing, once for each incidence that counts. */
  eachSharer(thing: number, visit: (partner: number) => void): void {
    const { incidences } = this.adjacency;
    const { ofThings } = incidences;
    const kind = incidences.kindOf(thing);
    const end = ofThings.endOf(thing);
    for (let at = ofThings.startOf(thing); at < end; at++) {
      if (this.takes(kind, ofThings, at)) visit(ofThings.otherAt(at));
    }
  }

  /** Visits from when to when a partner takes part in a thing, once for each incidence of the two that counts. */
  eachPart(partner: number, thing: number, visit: (since: number, until: number) => void): void {
    const { incidences } = this.adjacency;
    const { ofPartners, ofThings } = incidences;
    const kind = incidences.kindOf(thing);
    const isFewer = ofThings.lengthOf(thing) < ofPartners.lengthOf(partner);
    const [rows, node, sought] = isFewer ? [ofThings, thing, partner] : [ofPartners, partner, thing];
    rows.each(node, (other, at) => {
      if (other === sought && this.takes(kind, rows, at)) visit(rows.sinceAt(at), rows.untilAt(at));
    });
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
  const { ofPartners } = incidences;
  const end = ofPartners.endOf(partner);
  for (let at = ofPartners.startOf(partner); at < end; at++) {
    const thing = ofPartners.otherAt(at);
    if (incidences.kindOf(thing) !== DESIGNATION_KIND || !fields.has(thing)) continue;
    if (ofPartners.holdsOn(at, day)) return true;
  }
  return false;
}
