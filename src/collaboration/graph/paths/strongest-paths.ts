// The strongest of the paths that a search from both ends found: the least sums of lengths over what lies on any of them.
import type { Edge, PathGraph } from "./path-graph";
import type { Meeting } from "./bidirectional-search";

export interface Path {
  /** from the one end to the other, both included */
  partners: number[];
  /** the sum of the lengths of its links: see costOf() */
  cost: number;
}

/**
 * The length of a link: one divided by its strength (Newman 2001, see docs/links.md), in billionths, rounded: sums of whole numbers
 * are the same in whatever order they are made, so equal paths are equal.
 */
export function costOf(strength: number): number {
  return Math.round(1e9 / strength);
}

/** A way from a partner to the end: its sum of lengths, over whom it leads, and on from there. */
interface Way {
  partner: number;
  cost: number;
  onward: Way | undefined;
}

/** The strongest of the paths that a search found: all of them, or as many as are asked for. */
export function strongestPaths(
  pathGraph: PathGraph,
  from: number,
  to: number,
  meeting: Meeting,
  limit: number,
): Path[] {
  // From the end to the beginning, everybody who stands on one of them gets the best ways to the end.
  let ways = new Map<number, Way[]>([[to, [{ partner: to, cost: 0, onward: undefined }]]]);
  for (const edges of edgesOfPaths(pathGraph, meeting).reverse()) {
    const before = new Map<number, Way[]>();
    for (const { from: partner, to: over, strength } of edges) {
      const cost = costOf(strength);
      const own = before.get(partner) ?? [];
      for (const onward of ways.get(over) ?? []) {
        keepBest(pathGraph, own, { partner, cost: cost + onward.cost, onward }, limit);
      }
      if (own.length > 0) before.set(partner, own);
    }
    ways = before;
  }
  return (ways.get(from) ?? []).map((way) => ({ partners: partnersOf(way), cost: way.cost }));
}

/** Puts a way in its place among the best ones, if it is one of them. */
function keepBest(pathGraph: PathGraph, best: Way[], way: Way, limit: number): void {
  const at = best.findIndex((other) => compareWays(pathGraph, way, other) < 0);
  if (at === -1) {
    if (best.length < limit) best.push(way);
    return;
  }
  best.splice(at, 0, way);
  if (best.length > limit) best.pop();
}

function compareWays(pathGraph: PathGraph, a: Way, b: Way): number {
  if (a.cost !== b.cost) return a.cost - b.cost;
  const [ofA, ofB] = [partnersOf(a), partnersOf(b)];
  const at = ofA.findIndex((partner, i) => partner !== ofB[i]);
  return at === -1 ? 0 : pathGraph.compare(ofA[at] as number, ofB[at] as number);
}

function partnersOf(way: Way): number[] {
  const partners: number[] = [];
  for (let at: Way | undefined = way; at !== undefined; at = at.onward) partners.push(at.partner);
  return partners;
}

/** Step by step, the links of all paths, and some that lead on none. */
function edgesOfPaths(pathGraph: PathGraph, { forward, backward, links }: Meeting): (readonly Edge[])[] {
  const steps: (readonly Edge[])[] = [links];
  let layer = [...new Set(links.map(({ from }) => from))];
  for (const level of forward.slice(0, -1).reverse()) {
    const edges = pathGraph.edgesBetween(level, layer);
    steps.unshift(edges);
    layer = [...new Set(edges.map(({ from }) => from))];
  }
  layer = [...new Set(links.map(({ to }) => to))];
  for (const level of backward.slice(0, -1).reverse()) {
    const edges = pathGraph.edgesBetween(layer, level);
    steps.push(edges);
    layer = [...new Set(edges.map(({ to }) => to))];
  }
  return steps;
}
