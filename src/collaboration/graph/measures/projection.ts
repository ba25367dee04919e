// What the measures are computed from: who shares what. Pairs of partners are never written down: a thing that 10,000 share
// would make 50 million of them.

/** Who shares what, as the measures need it: things with the partners that share them (a two-mode graph in compressed rows). */
export interface Projection {
  /** partners are the numbers 0 to partnerCount - 1 */
  partnerCount: number;
  /** thing t is shared by members[offsets[t]] to members[offsets[t + 1] - 1], no partner twice */
  offsets: Uint32Array;
  members: Uint32Array;
  /** what each thing adds to the strength of the link between each two that share it: 1 / (n - 1), see docs/links.md */
  weights: Float64Array;
}

/**
 * Returns when the projection is one: rows that lie within each other, known partners, none of them twice in a thing, and a weight
 * above 0 for each thing that makes a link. What fewer than two share makes none, and its weight is not looked at.
 *
 * Throws a RangeError that names the first thing that is wrong. Costs one pass over the members.
 */
export function checkProjection({ partnerCount, offsets, members, weights }: Projection): void {
  if (offsets.length !== weights.length + 1)
    throw new RangeError(
      `${weights.length} things must have ${weights.length + 1} offsets, but have ${offsets.length}`,
    );
  if (offsets[0] !== 0 || offsets[weights.length] !== members.length)
    throw new RangeError(`the offsets must lead from 0 to ${members.length}, the number of members`);
  const lastThing = new Uint32Array(partnerCount);
  for (let thing = 0; thing < weights.length; thing++) {
    const start = offsets[thing] as number;
    const end = offsets[thing + 1] as number;
    if (end < start || end > members.length) throw new RangeError(`the offsets of thing ${thing} must not fall`);
    for (const partner of members.subarray(start, end)) {
      if (partner >= partnerCount) throw new RangeError(`thing ${thing} has partner ${partner} of ${partnerCount}`);
      if (lastThing[partner] === thing + 1) throw new RangeError(`thing ${thing} has partner ${partner} twice`);
      lastThing[partner] = thing + 1;
    }
    const weight = weights[thing] as number;
    if (end - start > 1 && !(weight > 0 && weight < Infinity))
      throw new RangeError(`the weight of thing ${thing} must be above 0 and finite, but is ${weight}`);
  }
}

/** The projection read the other way. */
export interface ThingsByPartner {
  /** partner u shares things[offsets[u]] to things[offsets[u + 1] - 1], in ascending order */
  offsets: Uint32Array;
  things: Uint32Array;
}

/** The things of each partner, also those that nobody shares with it. Costs two passes over the members. */
export function thingsByPartner({ partnerCount, offsets, members }: Projection): ThingsByPartner {
  const starts = new Uint32Array(partnerCount + 1);
  for (const partner of members) (starts[partner + 1] as number) += 1;
  for (let partner = 0; partner < partnerCount; partner++) (starts[partner + 1] as number) += starts[partner] as number;
  const next = starts.slice();
  const things = new Uint32Array(members.length);
  for (let thing = 0; thing + 1 < offsets.length; thing++) {
    const end = offsets[thing + 1] as number;
    for (let at = offsets[thing] as number; at < end; at++) {
      const partner = members[at] as number;
      const slot = next[partner] as number;
      things[slot] = thing;
      next[partner] = slot + 1;
    }
  }
  return { offsets: starts, things };
}
