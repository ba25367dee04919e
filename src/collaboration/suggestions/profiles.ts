// What suggestions compare partners by, of all of them at once, on one day: whether they are members of the network, their fields,
// what they work on, and in how much they worked with others.
import { DESIGNATION_KIND, LINK_KINDS, type LinkKindName } from "../link-kinds";
import type { Adjacency } from "../memory/adjacency";
import { ALWAYS } from "../memory/days";
import { CITY_TYPE } from "../memory/traits";
import { Complements } from "./complements";

/** What partners do together. Being in the same network, or bound by an agreement, is no work yet. */
const WORK: readonly LinkKindName[] = ["PROJECT", "PRACTICE", "EXPERT_MISSION", "MEETING"];
const IS_WORK: readonly boolean[] = LINK_KINDS.map(({ name }) => WORK.includes(name));

/** What more partners than these share says of no two of them that they worked together; as for paths, see docs/links.md. */
export const SHARED_BY_AT_MOST = 50;

/** After so many years a work says half as much of how active a partner is. */
const HALF_LIFE_YEARS = 5;
const DAYS_PER_YEAR = 365.25;
const FRESHNESS = Float64Array.from({ length: 100 }, (_, years) => 0.5 ** (years / HALF_LIFE_YEARS));
/** What a work counts whose beginning is not known: as one of ten years ago. */
const UNDATED = 0.25;

/** 33 bytes for each partner. Made in one pass over all incidences, some milliseconds for 100,000 of them. */
export class Profiles {
  /** partners have numbers below this one */
  readonly partners: number;
  readonly isMember: Uint8Array;
  /** the fields that it is designated in, its goals and its areas of action: masks of Interests */
  readonly fields: Uint32Array;
  readonly goals: Uint32Array;
  readonly areas: Uint32Array;
  /** in how many things it worked with others */
  readonly works: Uint32Array;
  /** the same, the newest counting 1 and those before ever less */
  readonly activity: Float64Array;
  /** how many member cities have each goal and each area, by the places of their bits */
  readonly citiesWithGoal: Uint32Array;
  readonly citiesWithArea: Uint32Array;
  readonly complements: Complements;
  private readonly fieldOfThing = new Map<number, number>();

  /**
   * @param day what is in force on it counts; see memory/days.ts
   * @param newest the day that works are new or old on; the same, unless it is asked how things stood
   */
  constructor(
    readonly adjacency: Adjacency,
    readonly day: number,
    private readonly newest: number = day,
  ) {
    const partners = Math.max(adjacency.partners.size, adjacency.traits.partnersAtMost);
    this.partners = partners;
    this.isMember = new Uint8Array(partners);
    this.fields = new Uint32Array(partners);
    this.goals = new Uint32Array(partners);
    this.areas = new Uint32Array(partners);
    this.works = new Uint32Array(partners);
    this.activity = new Float64Array(partners);
    for (let partner = 0; partner < partners; partner++) this.describe(partner);
    this.citiesWithGoal = this.countBits(this.goals);
    this.citiesWithArea = this.countBits(this.areas);
    this.complements = new Complements(this);
  }

  /** Whether partners worked together in it: some of them, and not too many to know each other. */
  isWork(thing: number): boolean {
    const { incidences } = this.adjacency;
    if (IS_WORK[incidences.kindOf(thing)] !== true) return false;
    const size = incidences.sizeOf(thing);
    return size >= 2 && size <= SHARED_BY_AT_MOST;
  }

  /** Whether it is a project or a practice or the like, however many share it. */
  isDeed(thing: number): boolean {
    return IS_WORK[this.adjacency.incidences.kindOf(thing)] === true;
  }

  holds(incidence: number): boolean {
    const { since, until } = this.adjacency.incidences;
    return (since[incidence] as number) <= this.day && (until[incidence] as number) > this.day;
  }

  private describe(partner: number): void {
    const { incidences, interests } = this.adjacency;
    let [fields, goals, areas, works, activity] = [0, 0, 0, 0, 0];
    for (let i = incidences.firstWithPartner(partner); i !== -1; i = incidences.nextWithPartner(i)) {
      const thing = incidences.thing[i] as number;
      if (incidences.kindOf(thing) === DESIGNATION_KIND) {
        if (this.holds(i)) fields |= this.fieldMask(thing);
      } else if (this.isDeed(thing)) {
        goals |= interests.goalsOf(thing);
        areas |= interests.areasOf(thing);
        if (!this.isWork(thing)) continue;
        works += 1;
        activity += this.freshness(incidences.since[i] as number);
      }
    }
    this.isMember[partner] = fields === 0 ? 0 : 1;
    this.fields[partner] = fields;
    this.goals[partner] = goals;
    this.areas[partner] = areas;
    this.works[partner] = works;
    this.activity[partner] = activity;
  }

  private freshness(since: number): number {
    if (since <= ALWAYS) return UNDATED;
    const years = Math.max(0, Math.floor((this.newest - since) / DAYS_PER_YEAR));
    return FRESHNESS[Math.min(years, FRESHNESS.length - 1)] as number;
  }

  private fieldMask(thing: number): number {
    let mask = this.fieldOfThing.get(thing);
    if (mask === undefined) {
      mask = this.adjacency.interests.fieldBits.maskOf([this.adjacency.things.idOf(thing)]);
      this.fieldOfThing.set(thing, mask);
    }
    return mask;
  }

  private countBits(masks: Uint32Array): Uint32Array {
    const counts = new Uint32Array(32);
    const { traits } = this.adjacency;
    for (let partner = 0; partner < this.partners; partner++) {
      if (this.isMember[partner] === 0 || traits.typeOf(partner) !== CITY_TYPE) continue;
      for (let left = masks[partner] as number; left !== 0; left &= left - 1) {
        const place = placeOfLowestBit(left);
        counts[place] = (counts[place] as number) + 1;
      }
    }
    return counts;
  }
}

/** The place of the lowest bit that is set; of 0, -1. */
export function placeOfLowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

/** The sum of values over the bits that are set. */
export function sumOverBits(mask: number, values: ArrayLike<number>): number {
  let sum = 0;
  for (let left = mask; left !== 0; left &= left - 1) sum += values[placeOfLowestBit(left)] as number;
  return sum;
}
