// The strongest links between some partners.
import type { PathGraph } from "./path-graph";
import { strengthOf } from "./strength";

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
  const sharers = sharersByThing(graph, inOrder);
  const { adjacency, minStrength } = graph.selection;
  const sums = new Float64Array(side ** 2);
  for (const [thing, places] of sharers) {
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
  const places = new Int32Array(side ** 2).fill(NONE);
  pairs.forEach((_pair, place) => (places[linked[place]?.cell ?? NONE] = place));
  for (const [thing, of] of sharers) {
    eachCell(of, side, (cell) => pairs[places[cell] ?? NONE]?.things.push(thing));
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

/** For each thing that at least two of the partners share, their places. */
function sharersByThing(graph: PathGraph, partners: readonly number[]): Map<number, number[]> {
  const sharers = new Map<number, number[]>();
  partners.forEach((partner, place) => {
    for (const thing of graph.thingsOf(partner)) {
      const there = sharers.get(thing);
      if (there === undefined) sharers.set(thing, [place]);
      else there.push(place);
    }
  });
  for (const [thing, places] of sharers) if (places.length < 2) sharers.delete(thing);
  return sharers;
}
