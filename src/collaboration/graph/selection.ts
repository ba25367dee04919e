// Which part of the graph a question is about: the kinds of records, the day, and who may stand in it. CollaborationFilter as
// the walks over the graph need it.
import { AFFILIATION_KINDS, DESIGNATION_KIND, LINK_KINDS, type LinkKindName } from "./affiliation-kinds";
import type { AffiliationGraph } from "./affiliation-graph";
import { dayNumber } from "./memory/days";
import type { AdjacencyLists } from "./memory/adjacency-lists";
import { PARTNER_TYPES, type PartnerTypeName } from "./memory/traits";

/** What a selection is made from. */
export interface FilterValues {
  kinds?: readonly LinkKindName[];
  /** null for any time; left out, each kind's own day */
  validOn?: string | null;
  partnerTypes?: readonly PartnerTypeName[];
  /** the ids of creative fields */
  creativeFields?: readonly string[];
  countries?: readonly string[];
  regions?: readonly string[];
  minStrength?: number;
}

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
    readonly graph: AffiliationGraph,
    filter: FilterValues,
    today: string,
  ) {
    this.minStrength = filter.minStrength ?? 0;
    this.dayOfKind = AFFILIATION_KINDS.map(({ dayByDefault }) => {
      if (filter.validOn === null) return undefined;
      if (filter.validOn !== undefined) return dayNumber(filter.validOn);
      return dayByDefault === "today" ? dayNumber(today) : undefined;
    });
    this.hasKind = AFFILIATION_KINDS.map((_kind, place) => {
      const name = LINK_KINDS[place]?.name;
      return name !== undefined && (filter.kinds?.includes(name) ?? true);
    });
    this.conditions = conditionsOf(graph, filter, dayNumber(filter.validOn ?? today));
  }

  /** Whether a partner may stand in an answer, beside those that the question names. */
  takesPartner(partner: number): boolean {
    if (this.graph.traits.typeOf(partner) === 0) return false;
    for (const holds of this.conditions) if (!holds(partner)) return false;
    return true;
  }

  /**
   * Whether an affiliation counts: its record is of a kind that is asked for, and it holds on the day.
   * @param kind of its record @param lists where it stands, and at which place: in its partner's list or in its record's
   */
  takes(kind: number, lists: AdjacencyLists, place: number): boolean {
    if (this.hasKind[kind] !== true) return false;
    const day = this.dayOfKind[kind];
    return day === undefined || lists.holdsOn(place, day);
  }

  /** Visits what a partner takes part in, once for each affiliation that counts, with its place in the partner's list. */
  eachRecord(partner: number, visit: (record: number, place: number) => void): void {
    const { affiliations } = this.graph;
    const { ofPartners } = affiliations;
    const end = ofPartners.endOf(partner);
    for (let at = ofPartners.startOf(partner); at < end; at++) {
      const record = ofPartners.otherAt(at);
      if (this.takes(affiliations.kindOf(record), ofPartners, at)) visit(record, at);
    }
  }

  /** Visits who takes part in a record, once for each affiliation that counts. */
  eachSharer(record: number, visit: (partner: number) => void): void {
    const { affiliations } = this.graph;
    const { ofRecords } = affiliations;
    const kind = affiliations.kindOf(record);
    const end = ofRecords.endOf(record);
    for (let at = ofRecords.startOf(record); at < end; at++) {
      if (this.takes(kind, ofRecords, at)) visit(ofRecords.otherAt(at));
    }
  }

  /** Visits from when to when a partner takes part in a record, once for each affiliation of the two that counts. */
  eachAffiliation(partner: number, record: number, visit: (since: number, until: number) => void): void {
    const { affiliations } = this.graph;
    const { ofPartners, ofRecords } = affiliations;
    const kind = affiliations.kindOf(record);
    const isFewer = ofRecords.lengthOf(record) < ofPartners.lengthOf(partner);
    const [lists, node, sought] = isFewer ? [ofRecords, record, partner] : [ofPartners, partner, record];
    lists.each(node, (other, at) => {
      if (other === sought && this.takes(kind, lists, at)) visit(lists.sinceAt(at), lists.untilAt(at));
    });
  }
}

function conditionsOf(graph: AffiliationGraph, filter: FilterValues, day: number): ((partner: number) => boolean)[] {
  const { traits } = graph;
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
    const fields = new Set(creativeFields.map((id) => graph.records.find(id)));
    conditions.push((partner) => isDesignated(graph, partner, fields, day));
  }
  return conditions;
}

function isDesignated(graph: AffiliationGraph, partner: number, fields: ReadonlySet<number>, day: number): boolean {
  const { affiliations } = graph;
  const { ofPartners } = affiliations;
  const end = ofPartners.endOf(partner);
  for (let at = ofPartners.startOf(partner); at < end; at++) {
    const record = ofPartners.otherAt(at);
    if (affiliations.kindOf(record) !== DESIGNATION_KIND || !fields.has(record)) continue;
    if (ofPartners.holdsOn(at, day)) return true;
  }
  return false;
}
