// What the measures must be, slowly: over a full matrix of the links' strengths, by the definitions.
import * as fc from "fast-check";
import type { Projection } from "../../../../../src/collaboration/graph/measures/projection";

export function projectionOf(partnerCount: number, records: number[][], weights?: number[]): Projection {
  const offsets = [0];
  for (const record of records) offsets.push(offsets.at(-1)! + record.length);
  return {
    partnerCount,
    offsets: Uint32Array.from(offsets),
    members: Uint32Array.from(records.flat()),
    weights: Float64Array.from(weights ?? records.map(({ length }) => 1 / Math.max(1, length - 1))),
  };
}

/** Four words of an id for each partner, which come in this order. @param places of each partner; as they are numbered where none are given */
export function idsOf(
  partnerCount: number,
  places: readonly number[] = [...new Array(partnerCount).keys()],
): Uint32Array {
  return Uint32Array.from(places.flatMap((place) => [0, 0, place, 0]));
}

/** Records of none to all partners, with weights that do not follow from how many members there are, as with filters. */
export const projections: fc.Arbitrary<Projection> = fc.integer({ min: 1, max: 14 }).chain((partnerCount) => {
  const partners = Array.from({ length: partnerCount }, (_, partner) => partner);
  const record = fc.record({
    members: fc.shuffledSubarray(partners),
    weight: fc.integer({ min: 1, max: 40 }).map((n) => 1 / n),
  });
  return fc.array(record, { maxLength: 12 }).map((records) =>
    projectionOf(
      partnerCount,
      records.map(({ members }) => members),
      records.map(({ weight }) => weight),
    ),
  );
});

export function strengthMatrix({ partnerCount, offsets, members, weights }: Projection): number[][] {
  const matrix = Array.from({ length: partnerCount }, () => new Array<number>(partnerCount).fill(0));
  weights.forEach((weight, record) => {
    const row = members.slice(offsets[record], offsets[record + 1]);
    for (const one of row) for (const other of row) if (one !== other) matrix[one]![other]! += weight;
  });
  return matrix;
}

export const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);

/** Newman 2004 (see modularity.ts): over all pairs of partners in one community. */
export function slowModularity(matrix: number[][], community: ArrayLike<number>): number {
  const strengths = matrix.map(sum);
  const all = sum(strengths);
  if (all === 0) return 0;
  let within = 0;
  for (let one = 0; one < matrix.length; one++)
    for (let other = 0; other < matrix.length; other++)
      if (community[one] === community[other])
        within += matrix[one]![other]! - (strengths[one]! * strengths[other]!) / all;
  return within / all;
}

export function slowPageRank(matrix: number[][], damping: number): number[] {
  const count = matrix.length;
  const step = matrix.map((row) => {
    const strength = sum(row);
    return row.map((value) => (strength === 0 ? 1 / count : value / strength));
  });
  let ranks = new Array<number>(count).fill(1 / count);
  for (let iteration = 0; iteration < 300; iteration++)
    ranks = ranks.map(
      (_, to) => (1 - damping) / count + damping * sum(ranks.map((rank, from) => rank * step[from]![to]!)),
    );
  return ranks;
}

/** Every pair of these partners shares something of its own. */
export function clique(partners: number[]): number[][] {
  return partners.flatMap((one, position) => partners.slice(position + 1).map((other) => [one, other]));
}
