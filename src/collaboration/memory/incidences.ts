// Who takes part in what, and from when to when: a two-mode graph of things and the partners that share them, in typed
// arrays. Pairs of partners are nowhere: a thing that 10,000 share would make 50 million of them.
// Incidences hang together in two chains, one of each partner and one of each thing, so that one is added or taken out
// without moving others.
import { grown } from "./growing";

const END = -1;

/** Six numbers of four bytes for each incidence, and twelve bytes for each thing and each partner. */
export class Incidences {
  /** of incidence i: who, what, and from when to when (see days.ts) */
  partner = new Int32Array(0);
  thing = new Int32Array(0);
  since = new Int32Array(0);
  until = new Int32Array(0);
  private nextOfPartner = new Int32Array(0);
  private nextOfThing = new Int32Array(0);
  private firstOfPartner = new Int32Array(0);
  private firstOfThing = new Int32Array(0);
  private partnersOfThing = new Int32Array(0);
  private statedSize = new Int32Array(0);
  private kind = new Uint8Array(0);
  /** incidences that were taken out, chained by nextOfThing: their places are used again */
  private firstFree = END;
  private used = 0;
  private free = 0;

  /** How many there are. */
  get size(): number {
    return this.used - this.free;
  }

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    const arrays = [this.partner, this.thing, this.since, this.until, this.nextOfPartner, this.nextOfThing];
    const ofNodes = [this.firstOfPartner, this.firstOfThing, this.partnersOfThing, this.statedSize, this.kind];
    return [...arrays, ...ofNodes].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Makes room at once for so many incidences, where it is known that they come. */
  reserve(incidences: number): void {
    this.partner = grown(this.partner, incidences, 0);
    this.thing = grown(this.thing, incidences, 0);
    this.since = grown(this.since, incidences, 0);
    this.until = grown(this.until, incidences, 0);
    this.nextOfPartner = grown(this.nextOfPartner, incidences, END);
    this.nextOfThing = grown(this.nextOfThing, incidences, END);
  }

  /** To be called for each thing before incidences with it are added. */
  addThing(thing: number, kind: number): void {
    this.firstOfThing = grown(this.firstOfThing, thing + 1, END);
    this.partnersOfThing = grown(this.partnersOfThing, thing + 1, 0);
    this.statedSize = grown(this.statedSize, thing + 1, 0);
    this.kind = grown(this.kind, thing + 1, 0);
    this.kind[thing] = kind;
  }

  kindOf(thing: number): number {
    return this.kind[thing] as number;
  }

  /** How many partners a thing says that it has; 0 where it does not say. */
  stateSize(thing: number, size: number): void {
    this.statedSize[thing] = size;
  }

  /** How many partners share a thing or ever did: as many as are here, or as it states itself, where those are more. */
  sizeOf(thing: number): number {
    return Math.max(this.partnersOfThing[thing] as number, this.statedSize[thing] as number);
  }

  add(thing: number, partner: number, since: number, until: number): void {
    this.firstOfPartner = grown(this.firstOfPartner, partner + 1, END);
    if (!this.hasPart(thing, partner)) this.partnersOfThing[thing] = (this.partnersOfThing[thing] as number) + 1;
    const incidence = this.place();
    this.partner[incidence] = partner;
    this.thing[incidence] = thing;
    this.since[incidence] = since;
    this.until[incidence] = until;
    this.nextOfPartner[incidence] = this.firstOfPartner[partner] as number;
    this.nextOfThing[incidence] = this.firstOfThing[thing] as number;
    this.firstOfPartner[partner] = incidence;
    this.firstOfThing[thing] = incidence;
  }

  /** Takes out every incidence of the two. */
  removePart(thing: number, partner: number): void {
    for (let incidence = this.firstWithPartner(partner); incidence !== END;) {
      const next = this.nextWithPartner(incidence);
      if (this.thing[incidence] === thing) this.remove(incidence);
      incidence = next;
    }
  }

  /** Takes out every incidence of a thing. */
  removeParts(thing: number): void {
    for (let incidence = this.firstOf(thing); incidence !== END; incidence = this.firstOf(thing))
      this.remove(incidence);
  }

  /** The first incidence of a partner, and the next after one of them; -1 where there is none, or no such partner. */
  firstWithPartner(partner: number): number {
    return this.firstOfPartner[partner] ?? END;
  }

  nextWithPartner(incidence: number): number {
    return this.nextOfPartner[incidence] as number;
  }

  /** The same of a thing. */
  firstOf(thing: number): number {
    return this.firstOfThing[thing] ?? END;
  }

  nextOf(incidence: number): number {
    return this.nextOfThing[incidence] as number;
  }

  // Along the shorter of the two chains it would be quicker for a partner of thousands of things; there are few such.
  private hasPart(thing: number, partner: number): boolean {
    const newest = this.firstOf(thing);
    // Rows that are read in the order of things and partners: the same partner comes right after itself.
    if (newest !== END && this.partner[newest] === partner) return true;
    for (let i = this.firstWithPartner(partner); i !== END; i = this.nextWithPartner(i)) {
      if (this.thing[i] === thing) return true;
    }
    return false;
  }

  private place(): number {
    if (this.firstFree !== END) {
      const place = this.firstFree;
      this.firstFree = this.nextOfThing[place] as number;
      this.free -= 1;
      return place;
    }
    this.reserve(this.used + 1);
    return this.used++;
  }

  private remove(incidence: number): void {
    const thing = this.thing[incidence] as number;
    const partner = this.partner[incidence] as number;
    unchain(this.firstOfThing, this.nextOfThing, thing, incidence);
    unchain(this.firstOfPartner, this.nextOfPartner, partner, incidence);
    if (!this.hasPart(thing, partner)) this.partnersOfThing[thing] = (this.partnersOfThing[thing] as number) - 1;
    this.nextOfThing[incidence] = this.firstFree;
    this.firstFree = incidence;
    this.free += 1;
  }
}

function unchain(first: Int32Array, next: Int32Array, node: number, incidence: number): void {
  let at = first[node] as number;
  if (at === incidence) {
    first[node] = next[incidence] as number;
    return;
  }
  while (next[at] !== incidence) at = next[at] as number;
  next[at] = next[incidence] as number;
}
