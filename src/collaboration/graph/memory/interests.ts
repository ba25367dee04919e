// What projects and practices are about, as bits: their goals, their areas of action and their creative fields.
import { grown } from "./growing";

/** A mask is one number of 32 bits; the network knows 17 goals, 8 fields and 6 areas of action. */
export const MASK_BITS = 32;

/** Ids as bits of masks, in the order in which they first come; beyond the 32nd they are left out of every mask. */
export class BitTable {
  private readonly ids: string[] = [];
  private readonly placeById = new Map<string, number>();

  get size(): number {
    return this.ids.length;
  }

  /** One bit for each of them; those that are new get theirs now. */
  maskOf(ids: readonly string[]): number {
    let mask = 0;
    for (const id of ids) mask |= this.bitOf(id);
    return mask >>> 0;
  }

  /** The ids of the bits that are set, in the order of the bits. */
  idsOf(mask: number): string[] {
    return this.ids.filter((_id, place) => ((mask >>> place) & 1) === 1);
  }

  private bitOf(id: string): number {
    let place = this.placeById.get(id);
    if (place === undefined) {
      if (this.ids.length === MASK_BITS) return 0;
      place = this.ids.push(id) - 1;
      this.placeById.set(id, place);
    }
    return 1 << place;
  }
}

/** What a record is about: ids of goals and of creative fields, and names of areas of action. */
export interface TopicsOfRecord {
  goals: readonly string[];
  areas: readonly string[];
  fields: readonly string[];
}

/** Twelve bytes for each record. */
export class Interests {
  readonly goalBits = new BitTable();
  readonly fieldBits = new BitTable();
  /** areas of action by their names */
  readonly areaBits = new BitTable();
  private goals = new Uint32Array(0);
  private areas = new Uint32Array(0);
  private fields = new Uint32Array(0);

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    return this.goals.byteLength + this.areas.byteLength + this.fields.byteLength;
  }

  /** Replaces what was there before. */
  set(record: number, topics: TopicsOfRecord): void {
    this.goals = grown(this.goals, record + 1, 0);
    this.areas = grown(this.areas, record + 1, 0);
    this.fields = grown(this.fields, record + 1, 0);
    this.goals[record] = this.goalBits.maskOf(topics.goals);
    this.areas[record] = this.areaBits.maskOf(topics.areas);
    this.fields[record] = this.fieldBits.maskOf(topics.fields);
  }

  /** The masks of a record; 0 for one that says nothing of itself. */
  goalsOf(record: number): number {
    return this.goals[record] ?? 0;
  }

  areasOf(record: number): number {
    return this.areas[record] ?? 0;
  }

  fieldsOf(record: number): number {
    return this.fields[record] ?? 0;
  }
}
