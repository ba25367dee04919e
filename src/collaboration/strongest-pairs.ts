// The strongest links between some partners.
import type { PathGraph } from "./path-graph";
import { strengthOf } from "./strength";

/** Two linked partners, the one whose id comes first in front. */
export interface Pair {
  source: number;
  target: number;
  strength: number;
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
  const sums = summedByPair(graph, inOrder);
  const pairs: Pair[] = [];
  sums.forEach((sum, cell) => {
    const strength = strengthOf(sum);
    if (strength === 0 || strength < graph.selection.minStrength) return;
    const source = inOrder[Math.floor(cell / inOrder.length)] as number;
    pairs.push({ source, target: inOrder[cell % inOrder.length] as number, strength });
  });
  // Cells stand in the order of ids already, and sorting keeps it.
  pairs.sort((a, b) => b.strength - a.strength);
  return { pairs: pairs.slice(0, atMost), truncated: pairs.length > atMost };
}

/** A square of cells, of which those above the diagonal are filled. */
function summedByPair(graph: PathGraph, inOrder: readonly number[]): Float64Array {
  const { adjacency } = graph.selection;
  const sharersByThing = new Map<number, number[]>();
  inOrder.forEach((partner, place) => {
    for (const thing of graph.thingsOf(partner)) {
      const sharers = sharersByThing.get(thing);
      if (sharers === undefined) sharersByThing.set(thing, [place]);
      else sharers.push(place);
    }
  });
  const sums = new Float64Array(inOrder.length ** 2);
  for (const [thing, sharers] of sharersByThing) {
    if (sharers.length < 2) continue;
    const weight = adjacency.weightOf(thing);
    graph.step((sharers.length * (sharers.length - 1)) / 2);
    for (const [at, source] of sharers.entries()) {
      for (const target of sharers.slice(at + 1)) {
        const cell = source * inOrder.length + target;
        sums[cell] = (sums[cell] as number) + weight;
      }
    }
  }
  return sums;
}
