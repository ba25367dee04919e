// All measures of the collaboration graph together: see docs/measures.md for what they mean.
import { communities } from "./communities";
import { degrees, weightedDegrees } from "./degrees";
import { pageRank } from "./page-rank";
import { inOrderOfIds } from "./order-of-ids";
import { checkProjection, type Projection } from "./projection";

export interface MeasuresRequest {
  projection: Projection;
  /** four words of each partner's id: whatever numbers partners and records have, what is measured follows from the ids */
  ids: Uint32Array;
  /** a whole number, 0 to 2^32 - 1; bears on the communities and their modularity only */
  seed: number;
}

/** Each array has one value for each partner, by its number in the projection. */
export interface Measures {
  /** how many partners it is linked with */
  degrees: Uint32Array;
  /** the sum of the strengths of its links */
  weightedDegrees: Float64Array;
  /** sums to 1 over all partners */
  pageRanks: Float64Array;
  /** the number of its community, from 0, the largest first */
  community: Uint32Array;
  communityCount: number;
  /** of the division into communities */
  modularity: number;
  /** how many partners have a link */
  linkedPartnerCount: number;
  /** how many links there are, each counted once */
  linkCount: number;
}

/**
 * All measures of a projection: the same for the same partners, records and seed, to the last digit.
 *
 * Throws a RangeError where the projection is not one (checkProjection). Costs seconds for a million members: outside of tests and
 * commands, ask GraphWorker.
 */
export function measuresOf({ projection: given, ids, seed }: MeasuresRequest): Measures {
  checkProjection(given);
  const { projection, placeOf } = inOrderOfIds(given, ids);
  const linked = degrees(projection);
  let linkedPartnerCount = 0;
  let ends = 0;
  for (const degree of linked) {
    if (degree > 0) linkedPartnerCount++;
    ends += degree;
  }
  const { community, count, modularity } = communities(projection, { seed });
  return {
    degrees: placeOf.map((place) => linked[place] as number),
    weightedDegrees: byPlace(placeOf, weightedDegrees(projection)),
    pageRanks: byPlace(placeOf, pageRank(projection)),
    community: placeOf.map((place) => community[place] as number),
    communityCount: count,
    modularity,
    linkedPartnerCount,
    linkCount: ends / 2,
  };
}

function byPlace(placeOf: Uint32Array, values: Float64Array): Float64Array {
  return Float64Array.from(placeOf, (place) => values[place] as number);
}
