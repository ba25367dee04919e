// UUIDs as small numbers, which typed arrays are indexed by: in 20 to 40 bytes each, where a Map of strings takes some 150.
import { grown } from "./growing";

/** How many words of 32 bits an id has. */
export const ID_WORDS = 4;
const EMPTY = -1;
/** Slots are kept at most half full: a search ends after one or two of them. */
const SLOTS_PER_ID = 2;

/** Numbers 0, 1, 2 … for ids, in the order in which they first come. An id keeps its number for as long as the table is. */
export class IdTable {
  private words = new Uint32Array(0);
  private slots = new Int32Array(16).fill(EMPTY);
  private readonly sought = new Uint32Array(ID_WORDS);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    return this.words.byteLength + this.slots.byteLength;
  }

  /** The number of an id, given to it now where it had none. */
  numberOf(uuid: string): number {
    if ((this.count + 1) * SLOTS_PER_ID > this.slots.length) this.rehash();
    const slot = this.slotOf(uuid);
    const known = this.slots[slot] as number;
    if (known !== EMPTY) return known;
    this.words = grown(this.words, (this.count + 1) * ID_WORDS, 0);
    this.words.set(this.sought, this.count * ID_WORDS);
    this.slots[slot] = this.count;
    return this.count++;
  }

  /** The number of an id; -1 for one that has none. */
  find(uuid: string): number {
    return this.slots[this.slotOf(uuid)] as number;
  }

  /** The id of a number that was given: 36 characters in lower case. */
  idOf(number: number): string {
    let hex = "";
    for (let word = 0; word < ID_WORDS; word++) {
      hex += (this.words[number * ID_WORDS + word] as number).toString(16).padStart(8, "0");
    }
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /** The four words of an id into an array, from a place on. */
  copyWords(number: number, into: Uint32Array, at: number): void {
    into.set(this.words.subarray(number * ID_WORDS, (number + 1) * ID_WORDS), at);
  }

  /** Less than 0 where the first id comes before the second, as PostgreSQL orders UUIDs. */
  compare(a: number, b: number): number {
    return compareIds(this.words, a, b);
  }

  /** The slot that holds the id, or the empty one where it belongs. Leaves the id's words in `sought`. */
  private slotOf(uuid: string): number {
    const { sought } = this;
    sought[0] = parseInt(uuid.slice(0, 8), 16);
    sought[1] = parseInt(uuid.slice(9, 13) + uuid.slice(14, 18), 16);
    sought[2] = parseInt(uuid.slice(19, 23) + uuid.slice(24, 28), 16);
    sought[3] = parseInt(uuid.slice(28, 36), 16);
    return this.slotOfWords(sought, 0);
  }

  private slotOfWords(words: Uint32Array, at: number): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(words, at) & mask;
    for (;;) {
      const number = this.slots[slot] as number;
      if (number === EMPTY || this.holds(number, words, at)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private holds(number: number, words: Uint32Array, at: number): boolean {
    for (let word = 0; word < ID_WORDS; word++) {
      if (this.words[number * ID_WORDS + word] !== words[at + word]) return false;
    }
    return true;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(EMPTY);
    for (let number = 0; number < this.count; number++) {
      this.slots[this.slotOfWords(this.words, number * ID_WORDS)] = number;
    }
  }
}

/** Less than 0 where the first of two ids comes before the second, as PostgreSQL orders UUIDs. @param words of each id, one after the other */
export function compareIds(words: Uint32Array, a: number, b: number): number {
  for (let word = 0; word < ID_WORDS; word++) {
    const difference = (words[a * ID_WORDS + word] as number) - (words[b * ID_WORDS + word] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

// Ids of version 7 begin with the time: their last half is random. The multiplier is that of Knuth's multiplicative
// hashing (The Art of Computer Programming 3, section 6.4): 2^32 divided by the golden ratio.
function hashOf(words: Uint32Array, at: number): number {
  const mixed = Math.imul((words[at + 3] as number) ^ (words[at + 2] as number), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
