// Who stands around a partner: nearest first, and all links between those who stay.
import type { PathGraph } from "./paths/path-graph";
import type { Resumable } from "./computing/resumable";
import { strengthOf } from "./strength";
import { BoundedHeap } from "./strongest/bounded-heap";
import { strongestPairs, type Pair } from "./strongest/strongest-pairs";

export interface Neighbourhood {
  /** the partner itself, and then the others, nearest first */
  partners: number[];
  /** the strongest first */
  links: Pair[];
  /** whether partners or links were left out */
  truncated: boolean;
}

/**
 * @param depth how many links away at most
 * @param limit partners at most, besides the one itself
 * @param linksAtMost the strongest stay
 */
export function* neighbourhoodOf(
  pathGraph: PathGraph,
  centre: number,
  depth: number,
  limit: number,
  linksAtMost: number,
): Resumable<Neighbourhood> {
  const kept = [centre];
  const seen = new Set(kept);
  let isCut = false;
  let level = [centre];
  for (let distance = 1; distance <= depth && level.length > 0 && !isCut; distance++) {
    const room = limit + 1 - kept.length;
    // One more than there is room for, to know whether some are left out.
    const next = yield* nextLevel(pathGraph, level, seen, room + 1);
    isCut = next.length > room;
    level = next.slice(0, room);
    for (const partner of level) {
      kept.push(partner);
      seen.add(partner);
    }
    // Full, and whoever else there may be is not looked for.
    if (!isCut && kept.length - 1 === limit && distance < depth) {
      isCut = (yield* nextLevel(pathGraph, level, seen, 1)).length > 0;
    }
  }
  const links = strongestPairs(pathGraph, kept, linksAtMost);
  return { partners: kept, links: links.pairs, truncated: isCut || links.truncated };
}

/** Whoever is one link further: the first by their strongest link to somebody of the level, then by id. */
function* nextLevel(
  pathGraph: PathGraph,
  level: readonly number[],
  seen: ReadonlySet<number>,
  atMost: number,
): Resumable<number[]> {
  const likely = yield* likelyNext(pathGraph, level, seen, atMost);
  const { workspaces, partners } = pathGraph.selection.graph;
  using strongest = workspaces.accumulator(partners.size);
  for (const { to, strength } of pathGraph.edgesBetween(level, likely)) strongest.raise(to, strength);
  const first = new BoundedHeap<{ partner: number; strength: number }>(
    atMost,
    (a, b) => b.strength - a.strength || pathGraph.compare(a.partner, b.partner),
  );
  strongest.take((partner, strength) => {
    first.add({ partner, strength });
  });
  yield;
  return first.sorted().map(({ partner }) => partner);
}

/**
 * Those of whom it is not sure that so many others come before them. The links of a level may be hundreds of thousands: what hubs
 * add to each is not looked for, but how much it may be at most.
 */
function* likelyNext(
  pathGraph: PathGraph,
  level: readonly number[],
  seen: ReadonlySet<number>,
  atMost: number,
): Resumable<number[]> {
  const { workspaces, partners } = pathGraph.selection.graph;
  using least = workspaces.accumulator(partners.size);
  using most = workspaces.accumulator(partners.size);
  for (const partner of level) {
    const more = pathGraph.hubs.mostFor(partner);
    pathGraph.eachCarried(partner, (other, carried) => {
      least.raise(other, carried);
      most.raise(other, carried + more);
    });
    yield;
  }
  const { minStrength } = pathGraph.selection;
  const surely = new BoundedHeap<number>(atMost, (a, b) => b - a);
  const reached: number[] = [];
  least.take((partner, carried) => {
    if (seen.has(partner)) return;
    reached.push(partner);
    if (strengthOf(carried) >= minStrength) surely.add(strengthOf(carried));
  });
  const enough = Math.max(surely.worst ?? 0, minStrength);
  return reached.filter((partner) => strengthOf(most.get(partner)) >= enough);
}
