// Which creative fields often work together: counted from what the dataset knows of projects and practices, written by nobody.

/** Once may be chance. */
const TOGETHER_AT_LEAST = 2;

/** For each two fields how often they work together, and how close that makes them. */
export class Complements {
  /** how many works have the field, and how many have both */
  private readonly works: Uint32Array;
  private readonly both: Uint32Array;

  /** @param fields all fields are below this number; they are few */
  constructor(private readonly fields: number) {
    this.works = new Uint32Array(fields);
    this.both = new Uint32Array(fields ** 2);
  }

  /**
   * How close two different fields are, from 0 to 1: the works that have both, by the geometric mean of those that have each (the
   * cosine of Salton and McGill, "Introduction to Modern Information Retrieval", 1983). 0 where they met less than twice.
   */
  between(a: number, b: number): number {
    const together = this.togetherIn(a, b);
    if (a === b || together < TOGETHER_AT_LEAST) return 0;
    return together / Math.sqrt((this.works[a] as number) * (this.works[b] as number));
  }

  togetherIn(a: number, b: number): number {
    return this.both[a * this.fields + b] ?? 0;
  }

  /** To be called once for each work. @param fields of the work, each once */
  count(fields: readonly number[]): void {
    for (const a of fields) {
      (this.works[a] as number) += 1;
      for (const b of fields) (this.both[a * this.fields + b] as number) += 1;
    }
  }
}
