// Who takes part in what, and from when to when: a two-mode graph of records and the partners that share them, in typed
// arrays. Pairs of partners are nowhere: a record that 10,000 share would make 50 million of them.
// Each affiliation is written twice, in the list of its partner and in that of its record, so that both are walked through at one go.
import { grown } from "./growing";
import { AdjacencyLists } from "./adjacency-lists";

// A record is how many partners share it, and how many it states.
const PARTNERS = 0;
const STATED = 1;
const SIZES = 2;

/** Sizes are kept once more in a byte each, up to this: a search asks of each record it sees whether it is small. */
const SMALL_SIZE_AT_MOST = 255;
/** How many affiliations are laid out before others have their turn. */
const LAID_OUT_AT_ONCE = 10_000;

export class Affiliations {
  /** the records of each partner */
  private partners = new AdjacencyLists();
  /** the partners of each record */
  private readonly records = new AdjacencyLists();
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
    const { partners, records, kinds, sizes, smallSizes } = this;
    return [partners, records, kinds, sizes, smallSizes].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** The records of each partner. A partner may share one record several times, one after the other in time. */
  get ofPartners(): AdjacencyLists {
    return this.partners;
  }

  /** The partners of each record. */
  get ofRecords(): AdjacencyLists {
    return this.records;
  }

  /** To be called for each record before affiliations with it are added. */
  addRecord(record: number, kind: number): void {
    this.kinds = grown(this.kinds, record + 1, 0);
    this.sizes = grown(this.sizes, (record + 1) * SIZES, 0);
    this.smallSizes = grown(this.smallSizes, record + 1, 0);
    this.kinds[record] = kind;
  }

  kindOf(record: number): number {
    return this.kinds[record] as number;
  }

  /** How many partners a record says that it has; 0 where it does not say. */
  stateSize(record: number, size: number): void {
    this.sizes[record * SIZES + STATED] = size;
    this.keepSmallSize(record);
  }

  statedSizeOf(record: number): number {
    return this.sizes[record * SIZES + STATED] as number;
  }

  /** Whether somebody takes part in a record several times. */
  hasRepeats(record: number): boolean {
    return this.records.lengthOf(record) !== this.sizes[record * SIZES + PARTNERS];
  }

  /** How many partners share a record or ever did: as many as are here, or as it states itself, where those are more. */
  sizeOf(record: number): number {
    const at = record * SIZES;
    return Math.max(this.sizes[at + PARTNERS] as number, this.sizes[at + STATED] as number);
  }

  /** The same, but 255 where it is more: quicker, for what asks of thousands of records. */
  smallSizeOf(record: number): number {
    return this.smallSizes[record] as number;
  }

  add(record: number, partner: number, since: number, until: number): void {
    this.addToRecord(record, partner, since, until, !this.partners.has(partner, record));
    this.partners.add(partner, record, since, until);
  }

  /**
   * The same, but the partner does not know of it until layOutPartners() is done: for who reads everything at once.
   * @param isNew whether the partner has no other affiliation with the record
   */
  addToRecord(record: number, partner: number, since: number, until: number, isNew: boolean): void {
    this.records.add(record, partner, since, until);
    this.count += 1;
    if (isNew) this.countPartner(record, 1);
  }

  /**
   * Makes the lists of partners from those of records.
   * @param pause is awaited now and then, to let others have their turn; nothing may be added or taken out before it is done
   */
  async layOutPartners(partners: number, records: number, pause: () => Promise<unknown>): Promise<void> {
    this.records.trim();
    await pause();
    const lengths = new Int32Array(partners);
    await this.eachRecord(records, pause, (_record, partner) => {
      lengths[partner] = (lengths[partner] as number) + 1;
    });
    const lists = AdjacencyLists.withCapacities(lengths);
    await pause();
    await this.eachRecord(records, pause, (record, partner, at) => {
      lists.add(partner, record, this.records.sinceAt(at), this.records.untilAt(at));
    });
    this.partners = lists;
  }

  /** Takes out every affiliation of the two. */
  remove(record: number, partner: number): void {
    this.removeOf(record, (at) => this.records.otherAt(at) === partner);
  }

  /** Takes out every affiliation of a record. */
  removeAllOf(record: number): void {
    this.removeOf(record, () => true);
  }

  private removeOf(record: number, isOut: (place: number) => boolean): void {
    const { records, partners } = this;
    // From the end: what comes instead of one that is taken out has been looked at.
    for (let at = records.endOf(record) - 1; at >= records.startOf(record); at--) {
      if (!isOut(at)) continue;
      const partner = records.otherAt(at);
      partners.remove(partner, record, records.sinceAt(at), records.untilAt(at));
      records.removeAt(record, at);
      this.count -= 1;
      if (!partners.has(partner, record)) this.countPartner(record, -1);
    }
  }

  private countPartner(record: number, by: number): void {
    const at = record * SIZES + PARTNERS;
    this.sizes[at] = (this.sizes[at] as number) + by;
    this.keepSmallSize(record);
  }

  private keepSmallSize(record: number): void {
    this.smallSizes[record] = Math.min(this.sizeOf(record), SMALL_SIZE_AT_MOST);
  }

  private async eachRecord(
    records: number,
    pause: () => Promise<unknown>,
    visit: (record: number, partner: number, place: number) => void,
  ): Promise<void> {
    let done = 0;
    for (let record = 0; record < records; record++) {
      this.records.each(record, (partner, at) => {
        visit(record, partner, at);
      });
      done += this.records.lengthOf(record) + 1;
      if (done < LAID_OUT_AT_ONCE) continue;
      done = 0;
      await pause();
    }
  }
}
