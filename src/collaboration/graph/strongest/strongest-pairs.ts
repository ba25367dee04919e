// The strongest links between some partners.
import type { PathGraph } from "../paths/path-graph";
import { strengthOf } from "../strength";

const NONE = -1;

/** Two linked partners, the one whose id comes first in front, and what both share. */
export interface Pair {
  source: number;
  target: number;
  strength: number;
  things: number[];
}

/**
 * All links between the partners, also over things that carry no path, the strongest first, as many as may stay. It takes a step for each
 * of their parts, and for each two of them that share a thing.
 */
export function strongestPairs(
  graph: PathGraph,
  partners: readonly number[],
  atMost: number,
): { pairs: Pair[]; truncated: boolean } {
  const inOrder = [...partners].sort((a, b) => graph.compare(a, b));
  const side = inOrder.length;
  const shared = sharedThings(graph, inOrder);
  const { adjacency, minStrength } = graph.selection;
  const sums = new Float64Array(side ** 2);
  for (const { thing, places } of shared) {
    graph.step((places.length * (places.length - 1)) / 2);
    const weight = adjacency.weightOf(thing);
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
    return { source, target: inOrder[cell % side] as number, strength, things: [] };
  });
  const pairOfCell = new Int32Array(side ** 2).fill(NONE);
  pairs.forEach((_pair, place) => (pairOfCell[linked[place]?.cell ?? NONE] = place));
  for (const { thing, places } of shared) {
    eachCell(places, side, (cell) => pairs[pairOfCell[cell] ?? NONE]?.things.push(thing));
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

interface SharedThing {
  thing: number;
  /** of the partners that share it, in ascending order */
  places: number[];
}

/** Each thing that at least two of the partners share. */
function sharedThings(graph: PathGraph, partners: readonly number[]): SharedThing[] {
  const { scratch, things } = graph.selection.adjacency;
  const sharers: SharedThing[] = [];
  scratch.listed.begin(things.size);
  partners.forEach((partner, place) => {
    graph.step(graph.partsOf([partner]));
    graph.selection.eachThing(partner, (thing) => {
      if (scratch.listed.set(thing, sharers.length)) sharers.push({ thing, places: [] });
      const places = sharers[scratch.listed.get(thing)]?.places;
      // Somebody may have been a member of one network twice.
      if (places?.at(-1) !== place) places?.push(place);
    });
  });
  return sharers.filter(({ places }) => places.length > 1);
}
