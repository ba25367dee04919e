// Keyset pages of a list that stands in memory, in its order: cursors hold positions, not indexes, so they stay right when the list
// changes between two requests.
import { decodeCursor, type CursorValue } from "../kernel/cursors";
import type { Page, PageEdge, Slice } from "../database/read/keyset";
import type { ConnectionSource } from "./connection";

export interface MemoryList<Item> {
  /** in the order of their positions, each at its own */
  items: readonly Item[];
  /** a digest of what gives a position its meaning, see cursorBinding() */
  binding: string;
  positionOf: (item: Item) => readonly CursorValue[];
  /** one test for each value of a position */
  isValue: readonly ((value: unknown) => boolean)[];
  /** less than 0 where the first position comes first */
  compare: (a: readonly CursorValue[], b: readonly CursorValue[]) => number;
}

/**
 * A list in memory as what a connection reads.
 * @param edgesOf the nodes and edges of some items, in their order; items that are gone by now may be left out
 */
export function memorySource<Item, Node>(
  list: MemoryList<Item>,
  edgesOf: (items: readonly Item[]) => Promise<PageEdge<Node>[]>,
): ConnectionSource<Node> {
  const { items, binding } = list;
  return {
    count: () => Promise.resolve(items.length),
    page: async (slice): Promise<Page<Node>> => {
      const [start, end] = boundsOf(list, slice);
      const from = slice.last === undefined ? start : Math.max(start, end - slice.last);
      const to = slice.first === undefined ? end : Math.min(end, start + slice.first);
      const more = slice.last === undefined ? to < end : from > start;
      return { edges: await edgesOf(items.slice(from, to)), binding, more };
    },
    standsBeyond: (cursor, side) => {
      const at = placeOf(list, cursor, side === "before" ? "after" : "before");
      return Promise.resolve(side === "before" ? at > 0 : at < items.length);
    },
  };
}

function boundsOf<Item>(list: MemoryList<Item>, { after, before }: Slice): [number, number] {
  const start = after === undefined ? 0 : placeOf(list, after, "after");
  const end = before === undefined ? list.items.length : placeOf(list, before, "before");
  return [start, Math.max(start, end)];
}

/** The index of the first item at the cursor or after it; or, of those strictly after it, the first. */
function placeOf<Item>(list: MemoryList<Item>, cursor: string, side: "before" | "after"): number {
  const position = decodeCursor(cursor, list.binding, list.isValue);
  let low = 0;
  let high = list.items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = list.compare(list.positionOf(list.items[middle] as Item), position);
    if (order < 0 || (order === 0 && side === "after")) low = middle + 1;
    else high = middle;
  }
  return low;
}
