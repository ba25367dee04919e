// The best paths between two partners: the shortest first, then the strongest, none with a partner twice.
// Yen's algorithm (J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17, 1971) over a search
// that walks from things to partners, so that a thing is opened once however many share it.
import { resistanceOf, shortestPath, type Forbidden, type Path } from "./shortest-path";
import { strengthBetween } from "./links";
import type { PathGraph } from "./path-graph";

/**
 * @param lengthAtMost links in a path at most
 * @param limit paths at most
 */
export function bestPaths(graph: PathGraph, from: number, to: number, lengthAtMost: number, limit: number): Path[] {
  if (from === to) return [];
  const first = shortestPath(graph, from, to, lengthAtMost, { partners: new Set(), next: new Set() });
  if (first === undefined) return [];
  const best: Path[] = [first];
  const candidates = new Map<string, Path>();
  while (best.length < limit) {
    for (const path of deviations(graph, best, lengthAtMost)) candidates.set(path.partners.join(), path);
    const next = [...candidates].sort(([, a], [, b]) => comparePaths(graph, a, b))[0];
    if (next === undefined) break;
    candidates.delete(next[0]);
    best.push(next[1]);
  }
  return best;
}

/** The best paths that leave the newest of the found ones at one of its partners, and go as none of the found ones goes there. */
function* deviations(graph: PathGraph, found: readonly Path[], lengthAtMost: number): Generator<Path> {
  const newest = found.at(-1)?.partners ?? [];
  const to = newest.at(-1) ?? -1;
  let resistance = 0;
  for (let at = 0; at < newest.length - 1; at++) {
    const spur = newest[at] as number;
    if (at > 0) resistance += resistanceOf(strengthBetween(graph.selection, newest[at - 1] as number, spur));
    const root = newest.slice(0, at + 1);
    const forbidden: Forbidden = {
      partners: new Set(newest.slice(0, at)),
      next: new Set(
        found
          .filter(({ partners }) => root.every((partner, i) => partners[i] === partner))
          .map(({ partners }) => partners[at + 1] as number),
      ),
    };
    const rest = shortestPath(graph, spur, to, lengthAtMost - at, forbidden);
    if (rest === undefined) continue;
    yield { partners: [...root, ...rest.partners.slice(1)], resistance: resistance + rest.resistance };
  }
}

function comparePaths(graph: PathGraph, a: Path, b: Path): number {
  return (
    a.partners.length - b.partners.length || a.resistance - b.resistance || compareIds(graph, a.partners, b.partners)
  );
}

function compareIds(graph: PathGraph, a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((partner, i) => partner !== b[i]);
  return at === -1 ? 0 : graph.compare(a[at] as number, b[at] as number);
}
