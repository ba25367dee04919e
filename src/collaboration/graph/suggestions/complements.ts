// Which creative fields often work together: counted from what the dataset knows of projects and practices, written by nobody.
import { placeOfLowestBit } from "./bits";

const FIELDS = 32;
/** Once may be chance. */
const TOGETHER_AT_LEAST = 2;

/** For each two fields how often they work together, and how close that makes them. */
export class Complements {
  /** how many works have the field, and how many have both */
  private readonly works = new Uint32Array(FIELDS);
  private readonly both = new Uint32Array(FIELDS * FIELDS);

  /**
   * How close two different fields are, from 0 to 1: the works that have both, by the geometric mean of those that have each (the
   * cosine of Salton and McGill, "Introduction to Modern Information Retrieval", 1983). 0 where they met less than twice.
   * @param a and b places of bits
   */
  between(a: number, b: number): number {
    const together = this.togetherIn(a, b);
    if (a === b || together < TOGETHER_AT_LEAST) return 0;
    return together / Math.sqrt((this.works[a] as number) * (this.works[b] as number));
  }

  togetherIn(a: number, b: number): number {
    return this.both[a * FIELDS + b] as number;
  }

  /** To be called once for each work. @param mask its fields */
  count(mask: number): void {
    for (let left = mask; left !== 0; left &= left - 1) {
      const a = placeOfLowestBit(left);
      this.works[a] = (this.works[a] as number) + 1;
      for (let others = mask; others !== 0; others &= others - 1) {
        const pair = a * FIELDS + placeOfLowestBit(others);
        this.both[pair] = (this.both[pair] as number) + 1;
      }
    }
  }
}
