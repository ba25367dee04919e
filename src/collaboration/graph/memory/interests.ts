// What projects and practices are about, as bits: their goals, their areas of action and their creative fields.
import { areaOfAction } from "../../../registry/mission";
import { grown } from "./growing";

/** A mask is one number of 32 bits; the network knows 17 goals, 8 fields and 6 areas of action. */
export const MASK_BITS = 32;

/** Ids as bits of masks, in the order in which they first come; beyond the 32nd they are left out of every mask. */
export class BitTable {
  private readonly ids: string[] = [];
  private readonly placeById = new Map<string, number>();

  /** @param known what is given the first bits */
  constructor(known: readonly string[] = []) {
    this.maskOf(known);
  }

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

/** Twelve bytes for each thing. */
export class Interests {
  readonly goalBits = new BitTable();
  readonly fieldBits = new BitTable();
  /** areas of action by their names */
  readonly areaBits = new BitTable(Object.keys(areaOfAction.values));
  private goals = new Uint32Array(0);
  private areas = new Uint32Array(0);
  private fields = new Uint32Array(0);

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    return this.goals.byteLength + this.areas.byteLength + this.fields.byteLength;
  }

  /** @param ids of goals and of creative fields, and names of areas of action: what was there before is replaced */
  set(thing: number, ids: { goals: readonly string[]; areas: readonly string[]; fields: readonly string[] }): void {
    this.goals = grown(this.goals, thing + 1, 0);
    this.areas = grown(this.areas, thing + 1, 0);
    this.fields = grown(this.fields, thing + 1, 0);
    this.goals[thing] = this.goalBits.maskOf(ids.goals);
    this.areas[thing] = this.areaBits.maskOf(ids.areas);
    this.fields[thing] = this.fieldBits.maskOf(ids.fields);
  }

  /** The masks of a thing; 0 for one that says nothing of itself. */
  goalsOf(thing: number): number {
    return this.goals[thing] ?? 0;
  }

  areasOf(thing: number): number {
    return this.areas[thing] ?? 0;
  }

  fieldsOf(thing: number): number {
    return this.fields[thing] ?? 0;
  }
}
