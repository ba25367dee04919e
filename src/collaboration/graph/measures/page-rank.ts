// PageRank over the links, computed through the records that make them.
import { weightedDegrees } from "./degrees";
import type { Projection } from "./projection";

export interface PageRankOptions {
  /** how likely a walker goes on along a link rather than to a partner drawn from all: at least 0, below 1 */
  damping?: number;
  /** an iteration that changes all ranks together by less is the last one */
  tolerance?: number;
  iterationsAtMost?: number;
}

/**
 * The share of time that an endless walk spends at each partner: it goes on to a collaborator, drawn by the strength of the links,
 * and now and then (1 - damping) to any partner at all. All partners take part, with links or without; from one without, the walk
 * goes on to any partner. The shares sum to 1. No partners have no ranks.
 *
 * With k iterations done, all ranks together are off by no more than 2 * damping^k, and where the tolerance ended it, by
 * damping / (1 - damping) * tolerance: with the defaults below 6e-10 of 1, after 146 iterations at most.
 *
 * Throws a RangeError for a damping below 0, or of 1 and above. Cost: two passes over the members for each iteration.
 *
 * Source: S. Brin and L. Page, "The anatomy of a large-scale hypertextual Web search engine", Computer Networks 30, 1998; L. Page,
 * S. Brin, R. Motwani and T. Winograd, "The PageRank citation ranking", Stanford InfoLab 1999-66. A step's
 * chances are strength over sum of strengths in place of one over the number of links.
 */
export function pageRank(projection: Projection, options: PageRankOptions = {}): Float64Array {
  const { damping = 0.85, tolerance = 1e-10, iterationsAtMost = 200 } = options;
  if (!(damping >= 0 && damping < 1)) throw new RangeError(`damping must be at least 0 and below 1, but is ${damping}`);
  const { partnerCount } = projection;
  const strengths = weightedDegrees(projection);
  let ranks = new Float64Array(partnerCount).fill(1 / partnerCount);
  let next = new Float64Array(partnerCount);
  const shares = new Float64Array(partnerCount);
  for (let iteration = 0; iteration < iterationsAtMost; iteration++) {
    let unlinked = 0;
    for (let partner = 0; partner < partnerCount; partner++) {
      const strength = strengths[partner] as number;
      const rank = ranks[partner] as number;
      if (strength === 0) unlinked += rank;
      shares[partner] = strength === 0 ? 0 : (damping * rank) / strength;
    }
    next.fill((1 - damping + damping * unlinked) / partnerCount);
    passOn(projection, shares, next);
    let change = 0;
    for (let partner = 0; partner < partnerCount; partner++)
      change += Math.abs((next[partner] as number) - (ranks[partner] as number));
    [ranks, next] = [next, ranks];
    if (change < tolerance) break;
  }
  return summingToOne(ranks);
}

/**
 * Each partner gives its share, times the strength of a link, to the partner at the other end: of each record, a member gets what all
 * members give less what it gives itself, so that the sum is made once for all of them.
 */
function passOn({ offsets, members, weights }: Projection, shares: Float64Array, to: Float64Array): void {
  for (let record = 0; record < weights.length; record++) {
    const start = offsets[record] as number;
    const end = offsets[record + 1] as number;
    if (end - start < 2) continue;
    let given = 0;
    for (let at = start; at < end; at++) given += shares[members[at] as number] as number;
    const weight = weights[record] as number;
    for (let at = start; at < end; at++) {
      const partner = members[at] as number;
      (to[partner] as number) += weight * (given - (shares[partner] as number));
    }
  }
}

/** Takes out what rounding has added up to. */
function summingToOne(ranks: Float64Array): Float64Array {
  let sum = 0;
  for (const rank of ranks) sum += rank;
  return ranks.map((rank) => rank / sum);
}
