// How many links a partner has, and how strong they are together.
import { thingsByPartner, type Projection, type ThingsByPartner } from "./projection";

/**
 * How many other partners each partner shares at least one thing with.
 *
 * Cost: for each partner the members of all its things but the largest, which is counted once for all that it is the largest of.
 * So one thing of 10,000 costs 10,000 steps, and two of the same 10,000 cost 100 million.
 */
export function degrees(projection: Projection): Uint32Array {
  const { partnerCount, offsets, members } = projection;
  const counted = new Uint32Array(partnerCount);
  const byPartner = thingsByPartner(projection);
  const largest = largestThings(projection, byPartner);
  // Marks are numbers from 1, so that they need not be wiped between things or partners.
  const inLargest = new Uint32Array(partnerCount);
  const seenBy = new Uint32Array(partnerCount);
  for (let thing = 0; thing + 1 < offsets.length; thing++) {
    const row = members.subarray(offsets[thing], offsets[thing + 1]);
    if (row.length < 2) continue;
    for (const partner of row) inLargest[partner] = thing + 1;
    for (const partner of row) {
      if (largest[partner] !== thing) continue;
      let others = row.length - 1;
      const end = byPartner.offsets[partner + 1] as number;
      for (let at = byPartner.offsets[partner] as number; at < end; at++) {
        const other = byPartner.things[at] as number;
        if (other === thing) continue;
        const last = offsets[other + 1] as number;
        for (let slot = offsets[other] as number; slot < last; slot++) {
          const collaborator = members[slot] as number;
          if (inLargest[collaborator] === thing + 1 || seenBy[collaborator] === partner + 1) continue;
          seenBy[collaborator] = partner + 1;
          others++;
        }
      }
      counted[partner] = others;
    }
  }
  return counted;
}

/** The thing of each partner that most share, the first of several; 0 for a partner without things. */
function largestThings({ partnerCount, offsets }: Projection, byPartner: ThingsByPartner): Uint32Array {
  const largest = new Uint32Array(partnerCount);
  for (let partner = 0; partner < partnerCount; partner++) {
    let most = 0;
    for (const thing of byPartner.things.subarray(byPartner.offsets[partner], byPartner.offsets[partner + 1])) {
      const size = (offsets[thing + 1] as number) - (offsets[thing] as number);
      if (size <= most) continue;
      most = size;
      largest[partner] = thing;
    }
  }
  return largest;
}

/**
 * The sum of the strengths of each partner's links: for each of its things the thing's weight, times the others that share it.
 * Where all who share a thing are in the projection, the thing adds 1 to each of them (docs/links.md).
 *
 * Cost: one pass over the members.
 */
export function weightedDegrees({ partnerCount, offsets, members, weights }: Projection): Float64Array {
  const sums = new Float64Array(partnerCount);
  for (let thing = 0; thing < weights.length; thing++) {
    const row = members.subarray(offsets[thing], offsets[thing + 1]);
    if (row.length < 2) continue;
    const added = (weights[thing] as number) * (row.length - 1);
    for (const partner of row) (sums[partner] as number) += added;
  }
  return sums;
}
