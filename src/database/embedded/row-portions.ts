// Rows in portions: whoever receives a message across threads does nothing else until all of it is there.

/** About 5 ms of the receiver's time: 4 MB in 20,000 rows of ten values take 20 ms (Node 20). */
const PORTION_BYTES_AT_MOST = 512 * 1024;
/** What a row and each of its values cost beside their text. */
const VALUE_BYTES = 16;

export class RowPortions {
  private readonly portions: object[][] = [[]];
  private bytes = 0;

  /** @param textLength the length of the row's values as text */
  add(row: object, textLength: number, valueCount: number): void {
    const bytes = textLength + (valueCount + 1) * VALUE_BYTES;
    if (this.bytes > 0 && this.bytes + bytes > PORTION_BYTES_AT_MOST) {
      this.portions.push([]);
      this.bytes = 0;
    }
    this.portions.at(-1)?.push(row);
    this.bytes += bytes;
  }

  /** Takes the next one away: empty where there were no rows. */
  next(): { rows: object[]; more: boolean } {
    return { rows: this.portions.shift() ?? [], more: this.portions.length > 0 };
  }
}
