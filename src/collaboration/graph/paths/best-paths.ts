// The best paths between two partners: the shortest first, then the strongest, none with a partner twice.
// Yen's algorithm (J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17, 1971) over a search
// that walks from records to partners, so that a record is opened once however many share it.
import { costOf, strongestPaths, type Path } from "./strongest-paths";
import { BidirectionalSearch } from "./bidirectional-search";
import { strengthBetween } from "../links";
import type { PathGraph } from "./path-graph";

/**
 * @param lengthAtMost links in a path at most
 * @param limit paths at most
 */
export function bestPaths(pathGraph: PathGraph, from: number, to: number, lengthAtMost: number, limit: number): Path[] {
  if (from === to) return [];
  const best = pathsNearShortest(pathGraph, from, to, lengthAtMost, limit);
  const candidates = new Map<string, Deviation>();
  // All of these two lengths are here, or as many as are asked for: what comes next leaves one of them.
  let newest: Deviation[] = best.map((path) => ({ path, leavesAt: 0 }));
  while (best.length < limit) {
    for (const other of deviations(pathGraph, newest, best, lengthAtMost))
      candidates.set(other.path.partners.join(), other);
    const next = [...candidates].sort(([, a], [, b]) => comparePaths(pathGraph, a.path, b.path))[0];
    if (next === undefined) break;
    candidates.delete(next[0]);
    best.push(next[1].path);
    newest = [next[1]];
  }
  return best;
}

/** Those of the shortest length, and then those of one link more. */
function pathsNearShortest(
  pathGraph: PathGraph,
  from: number,
  to: number,
  lengthAtMost: number,
  limit: number,
): Path[] {
  using search = new BidirectionalSearch(pathGraph, from, to);
  const meeting = search.shortest(lengthAtMost);
  if (meeting === undefined) return [];
  const paths = strongestPaths(pathGraph, from, to, meeting, limit);
  const length = meeting.forward.length + meeting.backward.length - 1;
  if (paths.length === limit || length === lengthAtMost) return paths;
  return [...paths, ...strongestPaths(pathGraph, from, to, search.oneLonger(), limit - paths.length)];
}

/** A path, and the place up to which another has its ways out already (E. L. Lawler, Management Science 18, 1972). */
interface Deviation {
  path: Path;
  leavesAt: number;
}

/** The best paths that leave one of the newest at one of its partners, and go as none of the found ones goes there. */
function* deviations(
  pathGraph: PathGraph,
  newest: readonly Deviation[],
  found: readonly Path[],
  lengthAtMost: number,
): Generator<Deviation> {
  const left = new Set<string>();
  for (const { path, leavesAt } of newest) {
    let cost = 0;
    for (let at = 0; at < path.partners.length - 1; at++) {
      const root = path.partners.slice(0, at + 1);
      const spur = root[at] as number;
      if (at > 0) cost += costOf(strengthBetween(pathGraph.selection, root[at - 1] as number, spur));
      // Paths that begin alike are left once.
      if (at < leavesAt || left.has(root.join())) continue;
      left.add(root.join());
      const to = path.partners.at(-1) as number;
      const forbidden = { partners: new Set(root.slice(0, at)), next: nextInPaths(found, root) };
      using search = new BidirectionalSearch(pathGraph, spur, to, forbidden);
      const meeting = search.shortest(lengthAtMost - at);
      const [rest] = meeting === undefined ? [] : strongestPaths(pathGraph, spur, to, meeting, 1);
      if (rest === undefined) continue;
      const partners = [...root, ...rest.partners.slice(1)];
      yield { path: { partners, cost: cost + rest.cost }, leavesAt: at };
    }
  }
}

/** Who comes next in the paths that begin like this. */
function nextInPaths(paths: readonly Path[], root: readonly number[]): Set<number> {
  const alike = paths.filter(({ partners }) => root.every((partner, i) => partners[i] === partner));
  return new Set(alike.map(({ partners }) => partners[root.length] as number));
}

function comparePaths(pathGraph: PathGraph, a: Path, b: Path): number {
  return a.partners.length - b.partners.length || a.cost - b.cost || compareIds(pathGraph, a.partners, b.partners);
}

function compareIds(pathGraph: PathGraph, a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((partner, i) => partner !== b[i]);
  return at === -1 ? 0 : pathGraph.compare(a[at] as number, b[at] as number);
}
