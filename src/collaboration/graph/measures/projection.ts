// What the measures are computed from: who shares what. Pairs of partners are never written down: a record that 10,000 share
// would make 50 million of them.

/** Who shares what, as the measures need it: records with the partners that share them (a two-mode graph in compressed rows). */
export interface Projection {
  /** partners are the numbers 0 to partnerCount - 1 */
  partnerCount: number;
  /** record t is shared by members[offsets[t]] to members[offsets[t + 1] - 1], no partner twice */
  offsets: Uint32Array;
  members: Uint32Array;
  /** what each record adds to the strength of the link between each two that share it: 1 / (n - 1), see docs/links.md */
  weights: Float64Array;
}

/**
 * Returns when the projection is one: rows that lie within each other, known partners, none of them twice in a record, and a weight
 * above 0 for each record that makes a link. What fewer than two share makes none, and its weight is not looked at.
 *
 * Throws a RangeError that names the first record that is wrong. Costs one pass over the members.
 */
export function checkProjection({ partnerCount, offsets, members, weights }: Projection): void {
  if (offsets.length !== weights.length + 1)
    throw new RangeError(
      `${weights.length} records must have ${weights.length + 1} offsets, but have ${offsets.length}`,
    );
  if (offsets[0] !== 0 || offsets[weights.length] !== members.length)
    throw new RangeError(`the offsets must lead from 0 to ${members.length}, the number of members`);
  const lastRecord = new Uint32Array(partnerCount);
  for (let record = 0; record < weights.length; record++) {
    const start = offsets[record] as number;
    const end = offsets[record + 1] as number;
    if (end < start || end > members.length) throw new RangeError(`the offsets of record ${record} must not fall`);
    for (const partner of members.subarray(start, end)) {
      if (partner >= partnerCount) throw new RangeError(`record ${record} has partner ${partner} of ${partnerCount}`);
      if (lastRecord[partner] === record + 1) throw new RangeError(`record ${record} has partner ${partner} twice`);
      lastRecord[partner] = record + 1;
    }
    const weight = weights[record] as number;
    if (end - start > 1 && !(weight > 0 && weight < Infinity))
      throw new RangeError(`the weight of record ${record} must be above 0 and finite, but is ${weight}`);
  }
}

/** The projection read the other way. */
export interface RecordsByPartner {
  /** partner u shares records[offsets[u]] to records[offsets[u + 1] - 1], in ascending order */
  offsets: Uint32Array;
  records: Uint32Array;
}

/** The records of each partner, also those that nobody shares with it. Costs two passes over the members. */
export function recordsByPartner({ partnerCount, offsets, members }: Projection): RecordsByPartner {
  const starts = new Uint32Array(partnerCount + 1);
  for (const partner of members) (starts[partner + 1] as number) += 1;
  for (let partner = 0; partner < partnerCount; partner++) (starts[partner + 1] as number) += starts[partner] as number;
  const next = starts.slice();
  const records = new Uint32Array(members.length);
  for (let record = 0; record + 1 < offsets.length; record++) {
    const end = offsets[record + 1] as number;
    for (let at = offsets[record] as number; at < end; at++) {
      const partner = members[at] as number;
      const slot = next[partner] as number;
      records[slot] = record;
      next[partner] = slot + 1;
    }
  }
  return { offsets: starts, records };
}
