// Communities: groups of partners with much more in common among themselves than with others, found by Louvain's method.
import { randomFrom } from "../../../kernel/random";
import { firstLevel } from "./louvain-level";
import { Moves } from "./louvain-moves";
import { modularity } from "./modularity";
import type { Projection } from "./projection";
import { shuffled } from "./seeded-order";

export interface CommunityOptions {
  /** a whole number, 0 to 2^32 - 1: in what order partners are visited */
  seed: number;
  /** above 0; 1 seeks the greatest modularity, more makes smaller communities, less makes larger ones */
  resolution?: number;
}

export interface Communities {
  /** each partner's community, 0 to count - 1: the largest is 0, and of equal ones that of the smallest partner comes first */
  community: Uint32Array;
  count: number;
  /** the modularity of this division, as it is at resolution 1: comparable whatever the resolution was */
  modularity: number;
}

/**
 * Divides the partners into communities of high modularity. A partner without links is a community of its own.
 *
 * The same projection, with partners and records in the same order, and the same seed give the same communities. The greatest
 * modularity of all divisions is not promised (finding it is NP-hard); at resolution 1 what is found is at least that of all
 * partners in one community, 0.
 *
 * Throws a RangeError for a resolution that is not above 0. Cost: a visit of a partner costs, for each of its records, the number of
 * communities among its members. That is every member in the first pass over a record, and few later.
 *
 * Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre, "Fast unfolding of communities in large networks", Journal of
 * Statistical Mechanics P10008, 2008. The resolution: J. Reichardt and S. Bornholdt, "Statistical mechanics of community detection",
 * Physical Review E 74, 016110, 2006 (their gamma).
 */
export function communities(projection: Projection, { seed, resolution = 1 }: CommunityOptions): Communities {
  if (!(resolution > 0)) throw new RangeError(`resolution must be above 0, but is ${resolution}`);
  const random = randomFrom(seed);
  let level = firstLevel(projection);
  let allStrength = 0;
  for (const strength of level.strengths) allStrength += strength;
  let community = Uint32Array.from({ length: projection.partnerCount }, (_, partner) => partner);
  while (level.weights.length > 0) {
    const moves = new Moves(level, allStrength, resolution);
    if (!moves.improve(shuffled(level.nodeCount, random))) break;
    const next = moves.nextLevel();
    community = community.map((node) => next.became[node] as number);
    level = next.level;
  }
  const bySize = numberedBySize(community);
  return { ...bySize, modularity: modularity(projection, bySize.community) };
}

function numberedBySize(community: Uint32Array): { community: Uint32Array; count: number } {
  // A Map keeps the order in which communities first appear, that of their smallest partners; sorting by size keeps it among equals.
  const sizes = new Map<number, number>();
  for (const own of community) sizes.set(own, (sizes.get(own) ?? 0) + 1);
  const largestFirst = [...sizes].sort(([, one], [, other]) => other - one);
  const numbers = new Uint32Array(community.length);
  for (const [number, [own]] of largestFirst.entries()) numbers[own] = number;
  return { community: community.map((own) => numbers[own] as number), count: sizes.size };
}
