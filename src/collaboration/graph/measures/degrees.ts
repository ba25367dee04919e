// How many links a partner has, and how strong they are together.
import { recordsByPartner, type Projection, type RecordsByPartner } from "./projection";

/**
 * How many other partners each partner shares at least one record with.
 *
 * Cost: for each partner the members of all its records but the largest, which is counted once for all that it is the largest of.
 * So one record of 10,000 costs 10,000 steps, and two of the same 10,000 cost 100 million.
 */
export function degrees(projection: Projection): Uint32Array {
  const { partnerCount, offsets, members } = projection;
  const counted = new Uint32Array(partnerCount);
  const byPartner = recordsByPartner(projection);
  const largest = largestRecords(projection, byPartner);
  // Marks are numbers from 1, so that they need not be wiped between records or partners.
  const inLargest = new Uint32Array(partnerCount);
  const seenBy = new Uint32Array(partnerCount);
  for (let record = 0; record + 1 < offsets.length; record++) {
    const row = members.subarray(offsets[record], offsets[record + 1]);
    if (row.length < 2) continue;
    for (const partner of row) inLargest[partner] = record + 1;
    for (const partner of row) {
      if (largest[partner] !== record) continue;
      let others = row.length - 1;
      const end = byPartner.offsets[partner + 1] as number;
      for (let at = byPartner.offsets[partner] as number; at < end; at++) {
        const other = byPartner.records[at] as number;
        if (other === record) continue;
        const last = offsets[other + 1] as number;
        for (let slot = offsets[other] as number; slot < last; slot++) {
          const collaborator = members[slot] as number;
          if (inLargest[collaborator] === record + 1 || seenBy[collaborator] === partner + 1) continue;
          seenBy[collaborator] = partner + 1;
          others++;
        }
      }
      counted[partner] = others;
    }
  }
  return counted;
}

/** The record of each partner that most share, the first of several; 0 for a partner without records. */
function largestRecords({ partnerCount, offsets }: Projection, byPartner: RecordsByPartner): Uint32Array {
  const largest = new Uint32Array(partnerCount);
  for (let partner = 0; partner < partnerCount; partner++) {
    let most = 0;
    for (const record of byPartner.records.subarray(byPartner.offsets[partner], byPartner.offsets[partner + 1])) {
      const size = (offsets[record + 1] as number) - (offsets[record] as number);
      if (size <= most) continue;
      most = size;
      largest[partner] = record;
    }
  }
  return largest;
}

/**
 * The sum of the strengths of each partner's links: for each of its records the record's weight, times the others that share it.
 * Where all who share a record are in the projection, the record adds 1 to each of them (docs/links.md).
 *
 * Cost: one pass over the members.
 */
export function weightedDegrees({ partnerCount, offsets, members, weights }: Projection): Float64Array {
  const sums = new Float64Array(partnerCount);
  for (let record = 0; record < weights.length; record++) {
    const row = members.subarray(offsets[record], offsets[record + 1]);
    if (row.length < 2) continue;
    const added = (weights[record] as number) * (row.length - 1);
    for (const partner of row) (sums[partner] as number) += added;
  }
  return sums;
}
