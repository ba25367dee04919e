// How much more of the links' strength lies within communities than chance would put there.
import { weightedDegrees } from "./degrees";
import type { Projection } from "./projection";

/**
 * The modularity of a division of the partners into communities: the share of all strength that lies within communities, less the
 * share that would lie there if every partner kept its weighted degree and its links led anywhere. At least -0.5, below 1; 0 where
 * there are no links, or only one community.
 *
 * `community` has the number of each partner's community, below partnerCount. Cost: two passes over the members.
 *
 * Source: M. E. J. Newman and M. Girvan, "Finding and evaluating community structure in networks", Physical Review E 69, 026113,
 * 2004; with weights M. E. J. Newman, "Analysis of weighted networks", Physical Review E 70, 056131, 2004.
 */
export function modularity(projection: Projection, community: Uint32Array): number {
  const strengths = weightedDegrees(projection);
  const totals = new Float64Array(projection.partnerCount);
  let all = 0;
  for (const [partner, strength] of strengths.entries()) {
    (totals[community[partner] as number] as number) += strength;
    all += strength;
  }
  if (all === 0) return 0;
  let expected = 0;
  for (const total of totals) expected += (total / all) ** 2;
  return strengthWithin(projection, community) / all - expected;
}

/** The strength of the links within communities, each link counted from both of its ends. */
function strengthWithin({ partnerCount, offsets, members, weights }: Projection, community: Uint32Array): number {
  const counts = new Uint32Array(partnerCount);
  let within = 0;
  for (let record = 0; record < weights.length; record++) {
    const row = members.subarray(offsets[record], offsets[record + 1]);
    if (row.length < 2) continue;
    let pairs = 0;
    for (const partner of row) {
      const own = community[partner] as number;
      const before = counts[own] as number;
      pairs += before;
      counts[own] = before + 1;
    }
    for (const partner of row) counts[community[partner] as number] = 0;
    within += 2 * (weights[record] as number) * pairs;
  }
  return within;
}
