// Who takes part in what, and from when to when: a two-mode graph of things and the partners that share them, in typed
// arrays. Pairs of partners are nowhere: a thing that 10,000 share would make 50 million of them.
// Each incidence is written twice, in the row of its partner and in that of its thing, so that both are walked through at one go.
import { UNKNOWN } from "./days";
import { grown } from "./growing";
import { Rows } from "./adjacency-lists";

// A thing is how many partners share it, and how many it states.
const PARTNERS = 0;
const STATED = 1;
const SIZES = 2;

/** Sizes are kept once more in a byte each, up to this: a search asks of each thing it sees whether it is small. */
const SMALL_SIZE_AT_MOST = 255;
/** How many incidences are laid out before others have their turn. */
const LAID_OUT_AT_ONCE = 10_000;

export class Incidences {
  /** the things of each partner */
  private partners = new Rows();
  /** the partners of each thing */
  private readonly things = new Rows();
  private kinds = new Uint8Array(0);
  private sizes = new Int32Array(0);
  private smallSizes = new Uint8Array(0);
  private count = 0;

  /** How many there are. */
  get size(): number {
    return this.count;
  }

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    const { partners, things, kinds, sizes, smallSizes } = this;
    return [partners, things, kinds, sizes, smallSizes].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Of each partner its things, of each thing its partners. A partner may be in one thing several times, one after the other in time. */
  get ofPartners(): Rows {
    return this.partners;
  }

  get ofThings(): Rows {
    return this.things;
  }

  /** To be called for each thing before incidences with it are added. */
  addThing(thing: number, kind: number): void {
    this.kinds = grown(this.kinds, thing + 1, 0);
    this.sizes = grown(this.sizes, (thing + 1) * SIZES, 0);
    this.smallSizes = grown(this.smallSizes, thing + 1, 0);
    this.kinds[thing] = kind;
  }

  kindOf(thing: number): number {
    return this.kinds[thing] as number;
  }

  /** How many partners a thing says that it has; 0 where it does not say. */
  stateSize(thing: number, size: number): void {
    this.sizes[thing * SIZES + STATED] = size;
    this.keepSmallSize(thing);
  }

  /** Whether somebody takes part in a thing several times. */
  hasRepeats(thing: number): boolean {
    return this.things.lengthOf(thing) !== this.sizes[thing * SIZES + PARTNERS];
  }

  /** How many partners share a thing or ever did: as many as are here, or as it states itself, where those are more. */
  sizeOf(thing: number): number {
    const at = thing * SIZES;
    return Math.max(this.sizes[at + PARTNERS] as number, this.sizes[at + STATED] as number);
  }

  /** The same, but 255 where it is more: quicker, for what asks of thousands of things. */
  smallSizeOf(thing: number): number {
    return this.smallSizes[thing] as number;
  }

  add(thing: number, partner: number, since: number, until: number): void {
    this.addToThing(thing, partner, since, until, !this.partners.has(partner, thing));
    this.partners.add(partner, thing, since, until);
  }

  /**
   * The same, but the partner does not know of it until layOutPartners() is done: for who reads everything at once.
   * @param isNew whether the partner has no other incidence with the thing
   */
  addToThing(thing: number, partner: number, since: number, until: number, isNew: boolean): void {
    this.things.add(thing, partner, since, until);
    this.count += 1;
    if (isNew) this.countPartner(thing, 1);
  }

  /**
   * Makes the rows of partners from those of things.
   * @param pause is awaited now and then, to let others have their turn; nothing may be added or taken out before it is done
   */
  async layOutPartners(partners: number, things: number, pause: () => Promise<unknown>): Promise<void> {
    this.things.trim();
    await pause();
    const lengths = new Int32Array(partners);
    await this.eachThing(things, pause, (_thing, partner) => {
      lengths[partner] = (lengths[partner] as number) + 1;
    });
    const rows = Rows.withRoomFor(lengths);
    await pause();
    await this.eachThing(things, pause, (thing, partner, at) => {
      rows.add(partner, thing, this.things.sinceAt(at), this.things.untilAt(at));
    });
    this.partners = rows;
  }

  /** Takes out every incidence of the two. */
  removePart(thing: number, partner: number): void {
    this.removeOf(thing, (at) => this.things.otherAt(at) === partner);
  }

  /** Takes out every incidence of a thing, or those that began on a day or later. */
  removeParts(thing: number, since = UNKNOWN): void {
    this.removeOf(thing, (at) => this.things.sinceAt(at) >= since);
  }

  private removeOf(thing: number, isOut: (place: number) => boolean): void {
    const { things, partners } = this;
    // From the end: what comes instead of one that is taken out has been looked at.
    for (let at = things.endOf(thing) - 1; at >= things.startOf(thing); at--) {
      if (!isOut(at)) continue;
      const partner = things.otherAt(at);
      partners.remove(partner, thing, things.sinceAt(at), things.untilAt(at));
      things.removeAt(thing, at);
      this.count -= 1;
      if (!partners.has(partner, thing)) this.countPartner(thing, -1);
    }
  }

  private countPartner(thing: number, by: number): void {
    const at = thing * SIZES + PARTNERS;
    this.sizes[at] = (this.sizes[at] as number) + by;
    this.keepSmallSize(thing);
  }

  private keepSmallSize(thing: number): void {
    this.smallSizes[thing] = Math.min(this.sizeOf(thing), SMALL_SIZE_AT_MOST);
  }

  private async eachThing(
    things: number,
    pause: () => Promise<unknown>,
    visit: (thing: number, partner: number, place: number) => void,
  ): Promise<void> {
    let done = 0;
    for (let thing = 0; thing < things; thing++) {
      this.things.each(thing, (partner, at) => {
        visit(thing, partner, at);
      });
      done += this.things.lengthOf(thing) + 1;
      if (done < LAID_OUT_AT_ONCE) continue;
      done = 0;
      await pause();
    }
  }
}
