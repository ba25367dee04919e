// The strongest of the shortest paths between two partners: a search from both ends, level by level, then the least sum of lengths over
// what lies on any shortest path.
import type { Labels, Marks } from "./memory/scratch";
import type { Edge, PathGraph } from "./path-graph";

export interface Path {
  /** from the one end to the other, both included */
  partners: number[];
  /** the sum of the lengths of its links: see resistanceOf() */
  resistance: number;
}

/** Where a path must not go. */
export interface Forbidden {
  /** these stand in none */
  partners: ReadonlySet<number>;
  /** these come not right after its beginning */
  next: ReadonlySet<number>;
}

/** One end of the search: who was reached, how far away, and who came last. */
interface Side {
  distances: Labels;
  reached: number;
  /** all that are 0, 1, 2 … links away */
  levels: number[][];
}

/** @param lengthAtMost links at most @returns undefined where there is no path */
export function shortestPath(
  graph: PathGraph,
  from: number,
  to: number,
  lengthAtMost: number,
  forbidden: Forbidden,
): Path | undefined {
  const sides = searchFromBothEnds(graph, from, to, lengthAtMost, forbidden);
  if (sides === undefined) return undefined;
  return strongest(graph, from, to, sides, forbidden);
}

function searchFromBothEnds(
  graph: PathGraph,
  from: number,
  to: number,
  lengthAtMost: number,
  forbidden: Forbidden,
): readonly [Side, Side] | undefined {
  const { scratch, partners, things } = graph.selection.adjacency;
  const sides = [from, to].map((end, which): Side => {
    const distances = scratch.distances[which as 0 | 1];
    distances.begin(partners.size);
    distances.set(end, 0);
    scratch.opened[which as 0 | 1].begin(things.size);
    return { distances, reached: 0, levels: [[end]] };
  }) as unknown as readonly [Side, Side];
  const [forward, backward] = sides;
  // Where some must not come next after the beginning, it may still be reached from others over the same things.
  const keptOpen = forbidden.next.size > 0 ? graph.thingsOf(from) : new Set<number>();
  while (forward.reached + backward.reached < lengthAtMost) {
    const fewer = frontier(forward).length <= frontier(backward).length ? 0 : 1;
    const side = sides[fewer];
    const other = sides[1 - fewer] as Side;
    const met = expand(graph, side, other, { opened: scratch.opened[fewer], keptOpen }, from, forbidden);
    if (met) return sides;
    if (frontier(side).length === 0) return undefined;
  }
  return undefined;
}

const frontier = ({ levels }: Side): readonly number[] => levels.at(-1) ?? [];

/** One level further. @returns whether somebody was reached from both ends */
function expand(
  graph: PathGraph,
  side: Side,
  other: Side,
  { opened, keptOpen }: { opened: Marks; keptOpen: ReadonlySet<number> },
  from: number,
  { partners, next }: Forbidden,
): boolean {
  const level: number[] = [];
  side.reached += 1;
  let met = false;
  for (const partner of side.levels.at(-1) ?? []) {
    const visit = (neighbour: number): void => {
      if (partners.has(neighbour) || !mayFollow(partner, neighbour, from, next)) return;
      if (!side.distances.set(neighbour, side.reached)) return;
      level.push(neighbour);
      met ||= other.distances.get(neighbour) !== -1;
    };
    graph.eachNeighbour(partner, opened, keptOpen, visit);
  }
  side.levels.push(level);
  return met;
}

/** Whether two may stand next to each other: only the beginning is bound, whichever side comes to it. */
function mayFollow(a: number, b: number, from: number, next: ReadonlySet<number>): boolean {
  return !((a === from && next.has(b)) || (b === from && next.has(a)));
}

/**
 * The length of a link: one divided by its strength (Newman 2001, see docs/links.md), in billionths, rounded: sums of whole numbers
 * are the same in whatever order they are made, so equal paths are equal.
 */
export function resistanceOf(strength: number): number {
  return Math.round(1e9 / strength);
}

/** How to come from a partner to the end: the least sum of lengths, and over whom. */
interface Onward {
  resistance: number;
  over: number;
}

// From the end to the beginning, everybody who stands on a shortest path gets the least sum to the end.
function strongest(
  graph: PathGraph,
  from: number,
  to: number,
  sides: readonly [Side, Side],
  { next }: Forbidden,
): Path {
  let onward = new Map<number, Onward>([[to, { resistance: 0, over: -1 }]]);
  const all = [onward];
  for (const edges of edgesOfShortestPaths(graph, sides).reverse()) {
    const before = new Map<number, Onward>();
    for (const { from: partner, to: over, strength } of edges) {
      const rest = onward.get(over);
      if (rest === undefined || !mayFollow(partner, over, from, next)) continue;
      const resistance = rest.resistance + resistanceOf(strength);
      const best = before.get(partner);
      const isBetter =
        best === undefined ||
        resistance < best.resistance ||
        (resistance === best.resistance && graph.compare(over, best.over) < 0);
      if (isBetter) before.set(partner, { resistance, over });
    }
    onward = before;
    all.unshift(onward);
  }
  const partners = [from];
  for (const [at, from] of partners.entries()) {
    const over = all[at]?.get(from)?.over ?? -1;
    if (over !== -1) partners.push(over);
  }
  return { partners, resistance: all[0]?.get(from)?.resistance ?? Infinity };
}

/** Step by step, the links of all shortest paths, and some that lead on none. */
function edgesOfShortestPaths(graph: PathGraph, [forward, backward]: readonly [Side, Side]): Edge[][] {
  // On a shortest path, somebody stands as far from the one end as the forward search went, and from the other as the backward one.
  const middle = (forward.levels.at(-1) ?? []).filter(
    (partner) => backward.distances.get(partner) === backward.reached,
  );
  const steps: Edge[][] = [];
  let layer = middle;
  for (const level of forward.levels.slice(0, -1).reverse()) {
    const edges = graph.edgesBetween(level, layer);
    steps.unshift(edges);
    layer = [...new Set(edges.map((edge) => edge.from))];
  }
  layer = middle;
  for (const level of backward.levels.slice(0, -1).reverse()) {
    // Links lead both ways: those of the few who were reached are looked up among the many of the level.
    const edges = graph.edgesBetween(level, layer).map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
    steps.push(edges);
    layer = [...new Set(edges.map((edge) => edge.to))];
  }
  return steps;
}
