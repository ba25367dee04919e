// The things of each partner side by side, as they were when they were last laid out: what a search walks through most. A chain leads
// all over the memory, and each step of it waits; a row is read at one go.

/** A thing's number and its kind in one number: kinds are few, and things fewer than 2^28. */
const KIND_BITS = 28;
const THING_MASK = 2 ** KIND_BITS - 1;

export class Settled {
  private constructor(
    private readonly starts: Int32Array,
    private readonly things: Int32Array,
    private readonly incidences: Int32Array,
    /** partners whose rows are no longer right */
    private readonly isStale: Uint8Array,
  ) {}

  /** No rows yet. */
  static nothing(): Settled {
    return new Settled(new Int32Array(1), new Int32Array(0), new Int32Array(0), new Uint8Array(0));
  }

  /**
   * Rows of all partners below a number.
   * @param partsOf how many incidences a partner has @param eachOf visits these, with their things and kinds
   * @param pause is awaited every thousand partners, to let others have their turn
   */
  static async layOut(
    partners: number,
    partsOf: (partner: number) => number,
    eachOf: (partner: number, visit: (incidence: number, thing: number, kind: number) => void) => void,
    pause: () => Promise<unknown>,
  ): Promise<Settled> {
    const starts = new Int32Array(partners + 1);
    for (let partner = 0; partner < partners; partner++) {
      starts[partner + 1] = (starts[partner] as number) + partsOf(partner);
    }
    const size = starts[partners] as number;
    const [things, incidences] = [new Int32Array(size), new Int32Array(size)];
    let at = 0;
    for (let partner = 0; partner < partners; partner++) {
      eachOf(partner, (incidence, thing, kind) => {
        things[at] = thing | (kind << KIND_BITS);
        incidences[at] = incidence;
        at += 1;
      });
      if (partner % 1_000 === 999) await pause();
    }
    return new Settled(starts, things, incidences, new Uint8Array(partners));
  }

  get byteLength(): number {
    return [this.starts, this.things, this.incidences, this.isStale].reduce(
      (sum, { byteLength }) => sum + byteLength,
      0,
    );
  }

  /** Whether the row of a partner is right. */
  has(partner: number): boolean {
    return this.isStale[partner] === 0;
  }

  /** To be called when something of a partner changes. */
  forget(partner: number): void {
    if (partner < this.isStale.length) this.isStale[partner] = 1;
  }

  /** How many of the partners below a number have no right row. */
  missing(partners: number): number {
    let missing = partners - this.isStale.length;
    for (const stale of this.isStale) missing += stale;
    return missing;
  }

  /** Visits the row of a partner that has one. */
  each(partner: number, visit: (incidence: number, thing: number, kind: number) => void): void {
    const end = this.starts[partner + 1] as number;
    for (let at = this.starts[partner] as number; at < end; at++) {
      const packed = this.things[at] as number;
      visit(this.incidences[at] as number, packed & THING_MASK, packed >>> KIND_BITS);
    }
  }
}
