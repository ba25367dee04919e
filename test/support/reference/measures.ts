// What docs/measures.md says is measured of the whole graph of links.
import type { ListedLink } from "./graphs";
import type { AskAs } from "./rows";
import type { World } from "./shared-records";

export interface Degree {
  degree: number;
  weightedDegree: number;
}

/** How many links each partner has that has any, and the sum of their strengths. */
export function degreesOf(links: readonly ListedLink[]): Map<string, Degree> {
  const degrees = new Map<string, Degree>();
  for (const { source, target, link } of links) {
    for (const id of [source, target]) {
      const { degree, weightedDegree } = degrees.get(id) ?? { degree: 0, weightedDegree: 0 };
      degrees.set(id, { degree: degree + 1, weightedDegree: weightedDegree + link.strength });
    }
  }
  return degrees;
}

/**
 * Newman's modularity of a division into communities: the share of strength within communities, less what would be there if
 * partners with the same weighted degrees were linked at random (M. E. J. Newman, "Analysis of weighted networks", Physical Review
 * E 70, 056131, 2004).
 */
export function modularityOf(links: readonly ListedLink[], communityOf: (id: string) => unknown): number {
  const degrees = [...degreesOf(links)];
  const total = 2 * links.reduce((sum, { link }) => sum + link.strength, 0);
  let sum = 0;
  for (const { source, target, link } of links) {
    if (communityOf(source) === communityOf(target)) sum += (2 * link.strength) / total;
  }
  for (const [one, a] of degrees) {
    for (const [other, b] of degrees) {
      if (communityOf(one) === communityOf(other)) sum -= (a.weightedDegree * b.weightedDegree) / total ** 2;
    }
  }
  return sum;
}

/** Nine decimals of a rank. */
const STEPS = 300;

/** The share of time that somebody spends at each partner who wanders over the links for long. */
export function pageRanksOf({ partners }: World, links: readonly ListedLink[]): Map<string, number> {
  const ids = [...partners.keys()];
  const degrees = degreesOf(links);
  let ranks = new Map(ids.map((id) => [id, 1 / ids.length]));
  for (let step = 0; step < STEPS; step++) {
    const lost = ids.filter((id) => !degrees.has(id)).reduce((sum, id) => sum + (ranks.get(id) ?? 0), 0);
    const next = new Map(ids.map((id) => [id, (0.15 + 0.85 * lost) / ids.length]));
    for (const { source, target, link } of links) {
      for (const [from, to] of [
        [source, target],
        [target, source],
      ] as const) {
        const share = link.strength / (degrees.get(from)?.weightedDegree ?? NaN);
        next.set(to, (next.get(to) ?? NaN) + 0.85 * (ranks.get(from) ?? NaN) * share);
      }
    }
    ranks = next;
  }
  return ranks;
}

export interface Centrality {
  degree: number;
  weightedDegree: number;
  pageRank: number;
  community: number;
}

export async function askCentralities(ask: AskAs, ids: readonly string[]): Promise<Map<string, Centrality>> {
  const centrality = "id centrality { degree weightedDegree pageRank community }";
  const types = ["City", "Network", "Organization"].map((type) => `... on ${type} { ${centrality} }`).join(" ");
  const found = new Map<string, Centrality>();
  for (let at = 0; at < ids.length; at += 100) {
    const data = await ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${types} } }`, { ids: ids.slice(at, at + 100) });
    for (const node of data.nodes) found.set(node.id, node.centrality);
  }
  return found;
}
