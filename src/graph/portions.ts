// Hands what a request has read to its resolvers in portions, with a turn of the event loop between them: an answer of a hundred thousand
// objects, resolved at one go, would keep everybody else waiting for a second.

import { setImmediate as nextTurn } from "node:timers/promises";

/** How many rows are resolved in one turn: some milliseconds. */
const ROWS_AT_ONCE = 250;

export class Portions {
  private left = ROWS_AT_ONCE;
  private readonly waiting: { rows: number; go: () => void }[] = [];
  private isPausing = false;

  /**
   * @param rowsOf how many rows the value hands over
   * @returns the value, in this turn of the event loop or in a later one
   */
  async pass<Value>(reading: Promise<Value>, rowsOf: (value: Value) => number): Promise<Value> {
    const value = await reading;
    const rows = 1 + rowsOf(value);
    if (this.left > 0) this.left -= rows;
    else await new Promise<void>((go) => this.waiting.push({ rows, go }));
    this.pauseSoon();
    return value;
  }

  private pauseSoon(): void {
    if (this.isPausing) return;
    this.isPausing = true;
    setImmediate(() => {
      this.isPausing = false;
      this.left = ROWS_AT_ONCE;
      let next = this.waiting.shift();
      for (; next !== undefined; next = this.left > 0 ? this.waiting.shift() : undefined) {
        this.left -= next.rows;
        next.go();
      }
      if (this.waiting.length > 0) this.pauseSoon();
    });
  }
}

/** Loads for many items, so many in one turn of the event loop. @returns what was loaded, at its item's place */
export async function inParts<Item, Loaded>(
  items: readonly Item[],
  atOnce: number,
  load: (item: Item) => Promise<Loaded>,
): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    if (from > 0) await nextTurn();
    loaded.push(...(await Promise.all(items.slice(from, from + atOnce).map(load))));
  }
  return loaded;
}

/** A list whose items are resolved in portions: the first at once, the others in later turns of the event loop, in their order. */
export function resolvedInPortions<Item>(items: readonly Item[]): (Item | Promise<Item>)[] {
  let turn: Promise<unknown> = Promise.resolve();
  return items.map((item, place) => {
    if (place < ROWS_AT_ONCE) return item;
    if (place % ROWS_AT_ONCE === 0) turn = turn.then(() => nextTurn());
    return turn.then(() => item);
  });
}
