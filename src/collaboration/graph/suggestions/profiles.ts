// What suggestions compare partners by, of all of them at once, on one day: whether they are members of the network, their fields,
// what they work on, and in how much they worked with others.
import { AFFILIATION_KINDS, DESIGNATION_KIND } from "../affiliation-kinds";
import type { AffiliationGraph } from "../affiliation-graph";
import { ALWAYS } from "../memory/days";
import { MASK_BITS } from "../memory/interests";
import { CITY_TYPE } from "../memory/traits";
import { eachBelow, type Resumable } from "../computing/resumable";
import { placeOfLowestBit } from "./bits";
import { Complements } from "./complements";

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

/** 42 bytes for each partner, and five for each record. */
export class Profiles {
  /** partners have numbers below this one */
  readonly partners: number;
  readonly isMember: Uint8Array;
  /** the fields that it is designated in, its goals and its areas of action: masks of Interests */
  readonly fields: Uint32Array;
  readonly goals: Uint32Array;
  readonly areas: Uint32Array;
  /** in how many records it worked with others */
  readonly works: Uint32Array;
  /** ln(1 + the same, the newest counting 1 and those before ever less) */
  readonly experience: Float64Array;
  /** the place of its region in `regions`, -1 for none */
  readonly region: Int8Array;
  /** in the Global South 1 / (1 + ln(1 + works)), elsewhere 0 */
  readonly underserved: Float64Array;
  readonly regions: string[] = [];
  /** how many member cities have each goal and each area, by the places of their bits */
  readonly citiesWithGoal = new Uint32Array(MASK_BITS);
  readonly citiesWithArea = new Uint32Array(MASK_BITS);
  readonly complements = new Complements();
  /** the fields of a work: its own, and those of everybody who shares it */
  readonly fieldsOfRecord: Uint32Array;
  private readonly isWorkRecord: Uint8Array;

  /**
   * Those of a graph, in one long walk over all affiliations.
   * @param day what is in force on it counts; see memory/days.ts
   * @param newest the day that works are new or old on; the same, unless it is asked how records stood
   */
  static *over(graph: AffiliationGraph, day: number, newest: number = day): Resumable<Profiles> {
    const profiles = new Profiles(graph, day, newest);
    yield* profiles.takeInAll();
    return profiles;
  }

  private constructor(
    readonly graph: AffiliationGraph,
    readonly day: number,
    private readonly newest: number,
  ) {
    const partners = Math.max(graph.partners.size, graph.traits.partnersAtMost);
    this.partners = partners;
    this.isMember = new Uint8Array(partners);
    this.fields = new Uint32Array(partners);
    this.goals = new Uint32Array(partners);
    this.areas = new Uint32Array(partners);
    this.works = new Uint32Array(partners);
    this.experience = new Float64Array(partners);
    this.region = new Int8Array(partners).fill(-1);
    this.underserved = new Float64Array(partners);
    this.isWorkRecord = new Uint8Array(graph.records.size);
    this.fieldsOfRecord = new Uint32Array(graph.records.size);
  }

  /** Whether partners worked together in it: some of them, and not too many to know each other. */
  isWork(record: number): boolean {
    return this.isWorkRecord[record] === 1;
  }

  /** Whether it is a project or a practice or the like, however many share it. */
  isKindOfWork(record: number): boolean {
    return IS_WORK[this.graph.affiliations.kindOf(record)] === true;
  }

  private *takeInAll(): Resumable<void> {
    const records = this.isWorkRecord.length;
    yield* eachBelow(this.partners, AT_ONCE, (partner) => {
      this.place(partner);
    });
    yield* eachBelow(records, AT_ONCE, (record) => {
      this.takeInRecord(record);
    });
    // What everybody's fields are is known now.
    yield* eachBelow(records, AT_ONCE, (record) => {
      if (!this.isWork(record)) return;
      this.fieldsOfRecord[record] = this.fieldsMetIn(record);
      this.complements.count(this.fieldsOfRecord[record]);
    });
    yield* eachBelow(this.partners, AT_ONCE, (partner) => {
      this.weighWorks(partner);
      if (this.isMember[partner] === 0 || this.graph.traits.typeOf(partner) !== CITY_TYPE) return;
      countBits(this.goals[partner] as number, this.citiesWithGoal);
      countBits(this.areas[partner] as number, this.citiesWithArea);
    });
  }

  private takeInRecord(record: number): void {
    const { affiliations } = this.graph;
    const size = affiliations.sizeOf(record);
    this.isWorkRecord[record] = this.isKindOfWork(record) && size >= 2 && size <= SHARED_BY_AT_MOST ? 1 : 0;
    if (affiliations.kindOf(record) === DESIGNATION_KIND) this.takeInField(record);
    else if (this.isKindOfWork(record)) this.takeInWork(record);
  }

  private takeInField(record: number): void {
    const { affiliations, interests, records } = this.graph;
    const mask = interests.fieldBits.maskOf([records.idOf(record)]);
    const { ofRecords } = affiliations;
    ofRecords.each(record, (partner, at) => {
      if (!ofRecords.holdsOn(at, this.day)) return;
      this.fields[partner] = (this.fields[partner] as number) | mask;
      this.isMember[partner] = 1;
    });
  }

  private takeInWork(record: number): void {
    const { affiliations, interests } = this.graph;
    const [goals, areas, work] = [interests.goalsOf(record), interests.areasOf(record), this.isWork(record)];
    const { ofRecords } = affiliations;
    ofRecords.each(record, (partner, at) => {
      this.goals[partner] = (this.goals[partner] as number) | goals;
      this.areas[partner] = (this.areas[partner] as number) | areas;
      if (!work) return;
      this.works[partner] = (this.works[partner] as number) + 1;
      this.experience[partner] = (this.experience[partner] as number) + this.freshness(ofRecords.sinceAt(at));
    });
  }

  private fieldsMetIn(record: number): number {
    const { affiliations, interests } = this.graph;
    let fields = interests.fieldsOf(record);
    affiliations.ofRecords.each(record, (partner) => (fields |= this.fields[partner] as number));
    return fields;
  }

  private place(partner: number): void {
    const country = this.graph.traits.countryOf(partner);
    if (country === undefined) return;
    const known = this.regions.indexOf(country.region);
    this.region[partner] = known === -1 ? this.regions.push(country.region) - 1 : known;
  }

  private weighWorks(partner: number): void {
    const { works, experience, underserved } = this;
    experience[partner] = Math.log1p(experience[partner] as number);
    if (this.graph.traits.countryOf(partner)?.globalSouth !== true) return;
    underserved[partner] = 1 / (1 + Math.log1p(works[partner] as number));
  }

  private freshness(since: number): number {
    if (since <= ALWAYS) return UNDATED;
    const years = Math.max(0, Math.floor((this.newest - since) / DAYS_PER_YEAR));
    return FRESHNESS[Math.min(years, FRESHNESS.length - 1)] as number;
  }
}

function countBits(mask: number, counts: Uint32Array): void {
  for (let left = mask; left !== 0; left &= left - 1) {
    const place = placeOfLowestBit(left);
    counts[place] = (counts[place] as number) + 1;
  }
}
