// The strongest links between some partners.
import type { PathGraph } from "../paths/path-graph";
import { strengthOf } from "../strength";

const NONE = -1;

/** Two linked partners, the one whose id comes first in front, and what both share. */
export interface Pair {
  source: number;
  target: number;
  strength: number;
  records: number[];
}

/**
 * All links between the partners, also over records that carry no path, the strongest first, as many as may stay. It takes a step for each
 * of their affiliations, and for each two of them that share a record.
 */
export function strongestPairs(
  pathGraph: PathGraph,
  partners: readonly number[],
  atMost: number,
): { pairs: Pair[]; truncated: boolean } {
  const inOrder = [...partners].sort((a, b) => pathGraph.compare(a, b));
  const side = inOrder.length;
  const shared = sharedRecords(pathGraph, inOrder);
  const { graph, minStrength } = pathGraph.selection;
  const sums = new Float64Array(side ** 2);
  for (const { record, places } of shared) {
    pathGraph.step((places.length * (places.length - 1)) / 2);
    const weight = graph.weightOf(record);
    eachCell(places, side, (cell) => (sums[cell] = (sums[cell] as number) + weight));
  }
  const linked: { cell: number; strength: number }[] = [];
  sums.forEach((sum, cell) => {
    const strength = strengthOf(sum);
    if (strength > 0 && strength >= minStrength) linked.push({ cell, strength });
  });
  // Cells stand in the order of ids already, and sorting keeps it.
  linked.sort((a, b) => b.strength - a.strength);
  const pairs = linked.slice(0, atMost).map(({ cell, strength }): Pair => {
    const source = inOrder[Math.floor(cell / side)] as number;
    return { source, target: inOrder[cell % side] as number, strength, records: [] };
  });
  const pairOfCell = new Int32Array(side ** 2).fill(NONE);
  pairs.forEach((_pair, place) => (pairOfCell[linked[place]?.cell ?? NONE] = place));
  for (const { record, places } of shared) {
    eachCell(places, side, (cell) => pairs[pairOfCell[cell] ?? NONE]?.records.push(record));
  }
  return { pairs, truncated: linked.length > atMost };
}

/** The cells of a square, above its diagonal, of all pairs of places in ascending order. */
function eachCell(places: readonly number[], side: number, visit: (cell: number) => void): void {
  for (let a = 0; a < places.length; a++) {
    const row = (places[a] as number) * side;
    for (let b = a + 1; b < places.length; b++) visit(row + (places[b] as number));
  }
}

interface SharedRecord {
  record: number;
  /** of the partners that share it, in ascending order */
  places: number[];
}

/** Each record that at least two of the partners share. */
function sharedRecords(pathGraph: PathGraph, partners: readonly number[]): SharedRecord[] {
  const { workspaces, records } = pathGraph.selection.graph;
  const sharers: SharedRecord[] = [];
  using listed = workspaces.stampedMap(records.size);
  partners.forEach((partner, place) => {
    pathGraph.step(pathGraph.affiliationsOf([partner]));
    pathGraph.selection.eachRecord(partner, (record) => {
      if (listed.set(record, sharers.length)) sharers.push({ record, places: [] });
      const places = sharers[listed.get(record)]?.places;
      // Somebody may have been a member of one network twice.
      if (places?.at(-1) !== place) places?.push(place);
    });
  });
  return sharers.filter(({ places }) => places.length > 1);
}
