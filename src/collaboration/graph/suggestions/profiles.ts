// What suggestions compare partners by, of all of them at once, on one day: whether they are members of the network, their fields,
// what they work on, and in how much they worked with others.
import type { AffiliationGraph } from "../affiliation-graph";
import { AFFILIATION_KINDS, DESIGNATION_KIND } from "../affiliation-kinds";
import { eachBelow, type Resumable } from "../computing/resumable";
import { ALWAYS } from "../memory/days";
import { CITY_TYPE } from "../memory/traits";
import { Complements } from "./complements";
import { GraphBefore } from "./graph-before";
import { TopicSets } from "./topic-sets";

const IS_WORK: readonly boolean[] = AFFILIATION_KINDS.map(({ isWork }) => isWork);

/** What more partners than these share says of no two of them that they worked together; as for paths, see docs/links.md. */
export const SHARED_BY_AT_MOST = 50;

/** After so many years a work says half as much of how active a partner is. */
const HALF_LIFE_YEARS = 5;
const DAYS_PER_YEAR = 365.25;
const FRESHNESS = Float64Array.from({ length: 100 }, (_, years) => 0.5 ** (years / HALF_LIFE_YEARS));
/** What a work counts whose beginning is not known: as one of ten years ago. */
const UNDATED = 0.25;

/** How many partners or records are looked at before others have their turn: a millisecond or two. */
const AT_ONCE = 5_000;

/** Works of which some affiliations are looked at, and not all of them. */
const WORK = 1;
const PART_OF_WORK = 2;

/** Some 40 bytes for each partner and its topics, and one for each record. */
export class Profiles {
  /** partners have numbers below this one */
  readonly partners: number;
  readonly isMember: Uint8Array;
  /** the fields that it is designated in, its goals and its areas of action: numbers of Interests */
  readonly fields: TopicSets;
  readonly goals: TopicSets;
  readonly areas: TopicSets;
  /** in how many records it worked with others */
  readonly works: Uint32Array;
  /** ln(1 + the same, the newest counting 1 and those before ever less) */
  readonly experience: Float64Array;
  /** the place of its region in `regions`, -1 for none */
  readonly region: Int8Array;
  /** in the Global South 1 / (1 + ln(1 + works)), elsewhere 0 */
  readonly underserved: Float64Array;
  readonly regions: string[] = [];
  /** how many member cities have each goal and each area */
  readonly citiesWithGoal: Uint32Array;
  readonly citiesWithArea: Uint32Array;
  readonly complements: Complements;
  /** what the record at hand is about, while records are taken in: one set each */
  private readonly ofRecord: Readonly<Record<"fields" | "goals" | "areas", TopicSets>>;
  private readonly workOf: Uint8Array;
  private readonly past: GraphBefore;
  private readonly newest: number;

  /**
   * Those of a graph, in one long walk over all affiliations.
   * @param day what is in force on it counts; see memory/days.ts
   * @param before the graph as it stood before this day, on which its works are new or old; left out, as it is on the day
   */
  static *over(graph: AffiliationGraph, day: number, before?: number): Resumable<Profiles> {
    const profiles = new Profiles(graph, day, before);
    yield* profiles.takeInAll();
    return profiles;
  }

  private constructor(
    readonly graph: AffiliationGraph,
    readonly day: number,
    before: number | undefined,
  ) {
    this.past = new GraphBefore(graph, before ?? Infinity);
    this.newest = before ?? day;
    const partners = Math.max(graph.partners.size, graph.traits.partnersAtMost);
    const { fields, goals, areas } = graph.interests;
    this.partners = partners;
    this.isMember = new Uint8Array(partners);
    this.fields = new TopicSets(partners, fields.size);
    this.goals = new TopicSets(partners, goals.size);
    this.areas = new TopicSets(partners, areas.size);
    this.ofRecord = {
      fields: new TopicSets(1, fields.size),
      goals: new TopicSets(1, goals.size),
      areas: new TopicSets(1, areas.size),
    };
    this.works = new Uint32Array(partners);
    this.experience = new Float64Array(partners);
    this.region = new Int8Array(partners).fill(-1);
    this.underserved = new Float64Array(partners);
    this.citiesWithGoal = new Uint32Array(goals.size);
    this.citiesWithArea = new Uint32Array(areas.size);
    this.complements = new Complements(fields.size);
    this.workOf = new Uint8Array(graph.records.size);
  }

  /** Whether partners worked together in it: some of them, and not too many to know each other. */
  isWork(record: number): boolean {
    return this.workOf[record] !== 0;
  }

  /** Whether it is a project or a practice or the like, however many share it. */
  isKindOfWork(record: number): boolean {
    return IS_WORK[this.graph.affiliations.kindOf(record)] === true;
  }

  /** How many partners share a record, or as many as it states. */
  sizeOf(record: number): number {
    return this.past.sizeOf(record);
  }

  /** Whether an affiliation with a record counts, by when it began. */
  counts(record: number, since: number): boolean {
    return this.past.counts(record, since);
  }

  /** Visits everybody who shares a work. */
  eachSharer(work: number, visit: (partner: number) => void): void {
    const { ofRecords } = this.graph.affiliations;
    const isWhole = this.workOf[work] === WORK;
    const end = ofRecords.endOf(work);
    for (let at = ofRecords.startOf(work); at < end; at++) {
      if (isWhole || this.counts(work, ofRecords.sinceAt(at))) visit(ofRecords.otherAt(at));
    }
  }

  private *takeInAll(): Resumable<void> {
    const records = this.workOf.length;
    yield* eachBelow(records, AT_ONCE, (record) => {
      if (this.graph.affiliations.kindOf(record) === DESIGNATION_KIND) this.takeInField(record);
      else if (this.isKindOfWork(record)) this.takeInWork(record);
    });
    // What everybody's fields are is known now.
    yield* eachBelow(records, AT_ONCE, (record) => {
      if (this.isWork(record)) this.complements.count(this.fieldsMetIn(record));
    });
    yield* eachBelow(this.partners, AT_ONCE, (partner) => {
      this.weighWorks(partner);
      if (this.isMember[partner] === 0 || this.graph.traits.typeOf(partner) !== CITY_TYPE) return;
      this.goals.count(partner, this.citiesWithGoal);
      this.areas.count(partner, this.citiesWithArea);
    });
  }

  private takeInField(record: number): void {
    const { affiliations, interests, records } = this.graph;
    const { ofRecords } = affiliations;
    const field = interests.fields.find(records.idOf(record));
    ofRecords.each(record, (partner, at) => {
      if (!ofRecords.holdsOn(at, this.day)) return;
      this.fields.add(partner, field);
      this.isMember[partner] = 1;
    });
  }

  private takeInWork(record: number): void {
    const { affiliations, interests } = this.graph;
    const { ofRecords } = affiliations;
    const size = this.sizeOf(record);
    const isWhole = this.past.isWhole(record);
    const isWork = size >= 2 && size <= SHARED_BY_AT_MOST;
    if (isWork) this.workOf[record] = isWhole ? WORK : PART_OF_WORK;
    const { goals, areas, works, experience, ofRecord } = this;
    ofRecord.goals.replace(0, interests.goals.of(record));
    ofRecord.areas.replace(0, interests.areas.of(record));
    const end = ofRecords.endOf(record);
    for (let at = ofRecords.startOf(record); at < end; at++) {
      const since = ofRecords.sinceAt(at);
      if (!isWhole && !this.counts(record, since)) continue;
      const partner = ofRecords.otherAt(at);
      goals.addAll(partner, ofRecord.goals, 0);
      areas.addAll(partner, ofRecord.areas, 0);
      if (!isWork) continue;
      works[partner] = (works[partner] as number) + 1;
      experience[partner] = (experience[partner] as number) + this.freshness(since);
    }
  }

  /** The fields of a work: its own, and those of everybody who shares it. */
  private fieldsMetIn(work: number): number[] {
    const met = this.ofRecord.fields;
    met.replace(0, this.graph.interests.fields.of(work));
    this.eachSharer(work, (partner) => {
      met.addAll(0, this.fields, partner);
    });
    return met.of(0);
  }

  private weighWorks(partner: number): void {
    this.experience[partner] = Math.log1p(this.experience[partner] as number);
    const country = this.graph.traits.countryOf(partner);
    if (country === undefined) return;
    const known = this.regions.indexOf(country.region);
    this.region[partner] = known === -1 ? this.regions.push(country.region) - 1 : known;
    if (country.globalSouth) this.underserved[partner] = 1 / (1 + Math.log1p(this.works[partner] as number));
  }

  private freshness(since: number): number {
    if (since <= ALWAYS) return UNDATED;
    const years = Math.max(0, Math.floor((this.newest - since) / DAYS_PER_YEAR));
    return FRESHNESS[Math.min(years, FRESHNESS.length - 1)] as number;
  }
}
