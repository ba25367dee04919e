// Neighbourhoods, the strongest links of all, and what is counted of the whole graph.
import { compareIds } from "./days";
import { isThere, linksOf, type Filter, type Link, type Links } from "./links";
import { Hops } from "./paths";
import type { World } from "./shared-records";

/** A link in a list of links: its source is the end whose id comes first. */
export interface ListedLink {
  source: string;
  target: string;
  link: Link;
}

export interface Graph {
  nodes: string[];
  links: ListedLink[];
  truncated: boolean;
}

const LINKS_OF_A_NEIGHBOURHOOD = 2_000;

export interface NeighbourhoodQuestion {
  of: string;
  depth: number;
  limit: number;
  maxSharedBy: number;
  filter: Filter;
}

export function neighbourhood(world: World, question: NeighbourhoodQuestion): Graph {
  const { of, depth, limit, maxSharedBy, filter } = question;
  const links = linksOf(world, filter);
  const hops = new Hops(links, world, { filter, maxSharedBy, always: [of] });
  const levels = hops.levels(of, depth);
  const around = levels.slice(1).flatMap((level, i) => {
    const nearer = levels[i] ?? [];
    const strongest = (id: string): number =>
      Math.max(
        ...nearer.filter((other) => hops.from(id).includes(other)).map((other) => hops.link(id, other).strength),
      );
    return [...level].sort((a, b) => strongest(b) - strongest(a) || compareIds(a, b));
  });
  const nodes = [of, ...around.slice(0, limit)];
  const between = listed(links, nodes);
  return {
    nodes,
    links: between.slice(0, LINKS_OF_A_NEIGHBOURHOOD),
    truncated: around.length > limit || between.length > LINKS_OF_A_NEIGHBOURHOOD,
  };
}

export function wholeGraph(world: World, filter: Filter, limit: number): Graph {
  const all = allLinks(world, filter);
  const links = all.slice(0, limit);
  const nodes = [...new Set(links.flatMap(({ source, target }) => [source, target]))].sort(compareIds);
  return { nodes, links, truncated: all.length > limit };
}

/** All links between partners that are there, the strongest first. */
export function allLinks(world: World, filter: Filter): ListedLink[] {
  const links = linksOf(world, filter);
  return listed(
    links,
    [...links.keys()].filter((id) => isThere(world, filter, id)),
  );
}

function listed(links: Links, nodes: readonly string[]): ListedLink[] {
  const among = new Set(nodes);
  const found: ListedLink[] = [];
  for (const source of among) {
    for (const [target, link] of links.get(source) ?? []) {
      if (among.has(target) && compareIds(source, target) < 0) found.push({ source, target, link });
    }
  }
  return found.sort(
    (a, b) => b.link.strength - a.link.strength || compareIds(a.source, b.source) || compareIds(a.target, b.target),
  );
}
