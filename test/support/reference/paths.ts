// Paths by trying all: every way of each length, from the shortest on, put in their order at the end.
import { idOrder } from "./days";
import { isThere, linksOf, type Filter, type Link, type Links } from "./links";
import type { World } from "./shared-records";

export interface PathQuestion {
  from: string;
  to: string;
  maxLength: number;
  limit: number;
  maxSharedBy: number;
  filter: Filter;
}

export interface Path {
  nodes: string[];
  links: Link[];
}

/** Who is next to whom by records that carry a path, among those who are there and some that always are. */
export class Hops {
  private readonly next = new Map<string, string[]>();

  constructor(
    readonly links: Links,
    world: World,
    { filter, maxSharedBy, always }: { filter: Filter; maxSharedBy: number; always: readonly string[] },
  ) {
    const there = [...links.keys()].filter((id) => always.includes(id) || isThere(world, filter, id));
    for (const one of there) {
      this.next.set(
        one,
        there.filter((other) => (links.get(one)?.get(other)?.leastShared ?? Infinity) <= maxSharedBy),
      );
    }
  }

  from(id: string): readonly string[] {
    return this.next.get(id) ?? [];
  }

  link(one: string, other: string): Link {
    const link = this.links.get(one)?.get(other);
    if (link === undefined) throw new Error(`${one} and ${other} are not linked`);
    return link;
  }

  /** Those that are 0, 1, 2 … links away. */
  levels(from: string, depth: number): string[][] {
    const seen = new Set([from]);
    const levels = [[from]];
    for (let distance = 1; distance <= depth; distance++) {
      const level = [...new Set((levels.at(-1) ?? []).flatMap((id) => this.from(id)))].filter((id) => !seen.has(id));
      for (const id of level) seen.add(id);
      levels.push(level);
    }
    return levels;
  }
}

export function bestPaths(world: World, question: PathQuestion): Path[] {
  const { from, to, maxLength, limit, maxSharedBy, filter } = question;
  if (from === to) return [];
  const hops = new Hops(linksOf(world, filter), world, { filter, maxSharedBy, always: [from, to] });
  const left = new Map<string, number>();
  for (const [distance, ids] of hops.levels(to, maxLength).entries()) for (const id of ids) left.set(id, distance);
  const found: Path[] = [];
  for (let length = 1; length <= maxLength && found.length < limit; length++) {
    const ways = waysOfLength(hops, { from, to, length, left }).map((nodes) => pathAlong(hops, nodes));
    ways.sort((a, b) => lengthOf(a) - lengthOf(b) || (orderOf(a) < orderOf(b) ? -1 : 1));
    found.push(...ways);
  }
  return found.slice(0, limit);
}

/** Every way with so many links that has nobody twice. Ways that cannot arrive any more are not gone to their ends. */
function waysOfLength(
  hops: Hops,
  { from, to, length, left }: { from: string; to: string; length: number; left: ReadonlyMap<string, number> },
): string[][] {
  const found: string[][] = [];
  const go = (nodes: string[]): void => {
    const last = nodes.at(-1) ?? "";
    const remaining = length - (nodes.length - 1);
    if (last === to) {
      if (remaining === 0) found.push(nodes);
      return;
    }
    for (const next of hops.from(last)) {
      if (!nodes.includes(next) && (left.get(next) ?? Infinity) <= remaining - 1) go([...nodes, next]);
    }
  };
  go([from]);
  return found;
}

function pathAlong(hops: Hops, nodes: string[]): Path {
  return { nodes, links: nodes.slice(1).map((id, i) => hops.link(nodes[i] ?? "", id)) };
}

/** A link of strength s is 1/s long: in billionths, whole, so that equal sums are equal. */
function lengthOf({ links }: Path): number {
  return links.reduce((sum, { strength }) => sum + Math.round(1e9 / strength), 0);
}

const orderOf = ({ nodes }: Path): string => nodes.map(idOrder).join(" ");
