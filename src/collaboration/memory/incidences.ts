// Who takes part in what, and from when to when: a two-mode graph of things and the partners that share them, in typed
// arrays. Pairs of partners are nowhere: a thing that 10,000 share would make 50 million of them.
// Incidences hang together in two chains, one of each partner and one of each thing, so that one is added or taken out
// without moving others. What belongs to one lies together in memory: a step along a chain waits for memory once.
import { UNKNOWN } from "./days";
import { grown } from "./growing";
import { Settled } from "./settled";

const END = -1;

// An incidence is six numbers of four bytes.
const PARTNER = 0;
const THING = 1;
const SINCE = 2;
const UNTIL = 3;
const NEXT_OF_PARTNER = 4;
const NEXT_OF_THING = 5;
const INCIDENCE = 6;

// A thing is four: its chain, how many partners share it, how many it states, and its kind.
const FIRST = 0;
const PARTNERS = 1;
const STATED = 2;
const KIND = 3;
const THING_WIDTH = 4;

// A partner is two: its chain, and how long that is.
const PARTS = 1;
const PARTNER_WIDTH = 2;

/** Sizes are kept once more in a byte each, up to this: a search asks of each thing it sees whether it is small. */
const SMALL_SIZE_AT_MOST = 255;
/** When more than one of so many partners has no right row, rows are laid out anew. */
const STALE_SHARE = 20;

export class Incidences {
  private incidences = new Int32Array(0);
  private things = new Int32Array(0);
  private partners = new Int32Array(0);
  private smallSizes = new Uint8Array(0);
  private settled = Settled.nothing();
  /** incidences that were taken out, chained as those of a thing: their places are used again */
  private firstFree = END;
  private used = 0;
  private free = 0;

  /** How many there are. */
  get size(): number {
    return this.used - this.free;
  }

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    const { incidences, things, partners, smallSizes, settled } = this;
    return [incidences, things, partners, smallSizes, settled].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Of incidence i: who, what, and from when to when (see days.ts). */
  partnerOf(incidence: number): number {
    return this.incidences[incidence * INCIDENCE + PARTNER] as number;
  }

  thingOf(incidence: number): number {
    return this.incidences[incidence * INCIDENCE + THING] as number;
  }

  sinceOf(incidence: number): number {
    return this.incidences[incidence * INCIDENCE + SINCE] as number;
  }

  untilOf(incidence: number): number {
    return this.incidences[incidence * INCIDENCE + UNTIL] as number;
  }

  holdsOn(incidence: number, day: number): boolean {
    return this.sinceOf(incidence) <= day && this.untilOf(incidence) > day;
  }

  /** To be called for each thing before incidences with it are added. */
  addThing(thing: number, kind: number): void {
    this.things = grown(this.things, (thing + 1) * THING_WIDTH, 0);
    this.things[thing * THING_WIDTH + FIRST] = END;
    this.things[thing * THING_WIDTH + KIND] = kind;
    this.smallSizes = grown(this.smallSizes, thing + 1, 0);
  }

  kindOf(thing: number): number {
    return this.things[thing * THING_WIDTH + KIND] as number;
  }

  /** How many partners a thing says that it has; 0 where it does not say. */
  stateSize(thing: number, size: number): void {
    this.things[thing * THING_WIDTH + STATED] = size;
    this.keepSmallSize(thing);
  }

  /** How many partners share a thing or ever did: as many as are here, or as it states itself, where those are more. */
  sizeOf(thing: number): number {
    const at = thing * THING_WIDTH;
    return Math.max(this.things[at + PARTNERS] as number, this.things[at + STATED] as number);
  }

  /** The same, but 255 where it is more: quicker, for what asks of thousands of things. */
  smallSizeOf(thing: number): number {
    return this.smallSizes[thing] as number;
  }

  /** How many incidences a partner has. */
  partsOf(partner: number): number {
    return this.partners[partner * PARTNER_WIDTH + PARTS] ?? 0;
  }

  /** @param isNew whether the partner has no other incidence with the thing: who knows it need not let it be looked for */
  add(thing: number, partner: number, since: number, until: number, isNew = !this.hasPart(thing, partner)): void {
    this.makeRoomForPartner(partner);
    const ofThing = thing * THING_WIDTH;
    const ofPartner = partner * PARTNER_WIDTH;
    if (isNew) this.count(thing, 1);
    increase(this.partners, ofPartner + PARTS, 1);
    this.settled.forget(partner);
    const incidence = this.place();
    const at = incidence * INCIDENCE;
    this.incidences[at + PARTNER] = partner;
    this.incidences[at + THING] = thing;
    this.incidences[at + SINCE] = since;
    this.incidences[at + UNTIL] = until;
    this.incidences[at + NEXT_OF_PARTNER] = this.partners[ofPartner + FIRST] as number;
    this.incidences[at + NEXT_OF_THING] = this.things[ofThing + FIRST] as number;
    this.partners[ofPartner + FIRST] = incidence;
    this.things[ofThing + FIRST] = incidence;
  }

  /** Visits every incidence of a partner: quicker than along its chain, where its row was laid out. */
  eachOfPartner(partner: number, visit: (incidence: number, thing: number, kind: number) => void): void {
    if (this.settled.has(partner)) {
      this.settled.each(partner, visit);
      return;
    }
    for (let i = this.firstWithPartner(partner); i !== END; i = this.nextWithPartner(i)) {
      const thing = this.thingOf(i);
      visit(i, thing, this.kindOf(thing));
    }
  }

  /**
   * Lays the incidences of each partner out side by side, where many have changed since it was last done. Nothing may be added or taken out
   * before it is done.
   * @param pause is awaited now and then, to let others have their turn
   */
  async settle(pause: () => Promise<unknown>): Promise<void> {
    const partners = this.partners.length / PARTNER_WIDTH;
    if (this.settled.missing(partners) * STALE_SHARE <= partners) return;
    // What doubled while everything was read has room for twice as much: a twentieth is enough.
    this.incidences = this.incidences.slice(0, Math.ceil(this.used * INCIDENCE * 1.05));
    const eachOf: typeof this.eachOfPartner = (partner, visit) => this.eachOfPartner(partner, visit);
    this.settled = await Settled.layOut(partners, (partner) => this.partsOf(partner), eachOf, pause);
  }

  /** Takes out every incidence of the two. */
  removePart(thing: number, partner: number): void {
    for (let incidence = this.firstWithPartner(partner); incidence !== END;) {
      const next = this.nextWithPartner(incidence);
      if (this.thingOf(incidence) === thing) this.remove(incidence);
      incidence = next;
    }
  }

  /** Takes out every incidence of a thing, or those that began on a day or later. */
  removeParts(thing: number, since = UNKNOWN): void {
    for (let incidence = this.firstOf(thing); incidence !== END;) {
      const next = this.nextOf(incidence);
      if (this.sinceOf(incidence) >= since) this.remove(incidence);
      incidence = next;
    }
  }

  /** The first incidence of a partner, and the next after one of them; -1 where there is none, or no such partner. */
  firstWithPartner(partner: number): number {
    return this.partners[partner * PARTNER_WIDTH + FIRST] ?? END;
  }

  nextWithPartner(incidence: number): number {
    return this.incidences[incidence * INCIDENCE + NEXT_OF_PARTNER] as number;
  }

  /** The same of a thing. */
  firstOf(thing: number): number {
    return this.things[thing * THING_WIDTH + FIRST] ?? END;
  }

  nextOf(incidence: number): number {
    return this.incidences[incidence * INCIDENCE + NEXT_OF_THING] as number;
  }

  private hasPart(thing: number, partner: number): boolean {
    for (let i = this.firstWithPartner(partner); i !== END; i = this.nextWithPartner(i)) {
      if (this.thingOf(i) === thing) return true;
    }
    return false;
  }

  private count(thing: number, by: number): void {
    increase(this.things, thing * THING_WIDTH + PARTNERS, by);
    this.keepSmallSize(thing);
  }

  private keepSmallSize(thing: number): void {
    this.smallSizes[thing] = Math.min(this.sizeOf(thing), SMALL_SIZE_AT_MOST);
  }

  private makeRoomForPartner(partner: number): void {
    const before = this.partners.length;
    this.partners = grown(this.partners, (partner + 1) * PARTNER_WIDTH, 0);
    for (let at = before; at < this.partners.length; at += PARTNER_WIDTH) this.partners[at + FIRST] = END;
  }

  private place(): number {
    if (this.firstFree !== END) {
      const place = this.firstFree;
      this.firstFree = this.nextOf(place);
      this.free -= 1;
      return place;
    }
    this.incidences = grown(this.incidences, (this.used + 1) * INCIDENCE, 0);
    return this.used++;
  }

  private remove(incidence: number): void {
    const thing = this.thingOf(incidence);
    const partner = this.partnerOf(incidence);
    this.unchain(this.things, thing * THING_WIDTH + FIRST, NEXT_OF_THING, incidence);
    this.unchain(this.partners, partner * PARTNER_WIDTH + FIRST, NEXT_OF_PARTNER, incidence);
    if (!this.hasPart(thing, partner)) this.count(thing, -1);
    increase(this.partners, partner * PARTNER_WIDTH + PARTS, -1);
    this.settled.forget(partner);
    this.incidences[incidence * INCIDENCE + NEXT_OF_THING] = this.firstFree;
    this.firstFree = incidence;
    this.free += 1;
  }

  /** @param first where the chain begins @param link which chain it is */
  private unchain(nodes: Int32Array, first: number, link: number, incidence: number): void {
    const next = this.incidences[incidence * INCIDENCE + link] as number;
    let at = nodes[first] as number;
    if (at === incidence) {
      nodes[first] = next;
      return;
    }
    while (this.incidences[at * INCIDENCE + link] !== incidence) at = this.incidences[at * INCIDENCE + link] as number;
    this.incidences[at * INCIDENCE + link] = next;
  }
}

function increase(numbers: Int32Array, at: number, by: number): void {
  numbers[at] = (numbers[at] as number) + by;
}
