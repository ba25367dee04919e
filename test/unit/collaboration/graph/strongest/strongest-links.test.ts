import fc from "fast-check";
import {
  strongestLinks,
  type StrongestRequest,
} from "../../../../../src/collaboration/graph/strongest/strongest-links";

interface Thing {
  members: number[];
  weight: number;
}

function requestOf(
  partnerCount: number,
  records: readonly Thing[],
  limit: number,
  minStrength: number,
): StrongestRequest {
  const offsets = [0];
  for (const { members } of records) offsets.push((offsets.at(-1) ?? 0) + members.length);
  return {
    projection: {
      partnerCount,
      offsets: Uint32Array.from(offsets),
      members: Uint32Array.from(records.flatMap(({ members }) => members)),
      weights: Float64Array.from(records, ({ weight }) => weight),
    },
    // Ids in the opposite order of the numbers.
    ids: Uint32Array.from(Array.from({ length: partnerCount }, (_, i) => [0, 0, 0, partnerCount - i]).flat()),
    minStrength,
    limit,
  };
}

/** Every pair, by the plainest sums. */
function everyPair(partnerCount: number, records: readonly Thing[], minStrength: number): [number, number][] {
  const pairs: { source: number; target: number; strength: number }[] = [];
  for (let target = 0; target < partnerCount; target++) {
    for (let source = target + 1; source < partnerCount; source++) {
      const shared = records.filter(({ members }) => members.includes(source) && members.includes(target));
      const strength = Math.round(shared.reduce((sum, { weight }) => sum + weight, 0) * 1e9) / 1e9;
      if (shared.length > 0 && strength >= minStrength) pairs.push({ source, target, strength });
    }
  }
  pairs.sort((a, b) => b.strength - a.strength || b.source - a.source || b.target - a.target);
  return pairs.map(({ source, target }) => [source, target]);
}

const PARTNERS = 9;
const record: fc.Arbitrary<Thing> = fc
  .uniqueArray(fc.nat(PARTNERS - 1), { minLength: 2, maxLength: PARTNERS })
  .map((members) => ({ members, weight: 1 / (members.length - 1) }));

it("finds the same as looking at every pair does, in the same order, however many are asked for", () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 14 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 0.2, 0.5, 1),
      (records, limit, minStrength) => {
        const { sources, targets, truncated } = strongestLinks(requestOf(PARTNERS, records, limit, minStrength));
        const all = everyPair(PARTNERS, records, minStrength);
        expect(Array.from(sources, (source, i) => [source, targets[i]])).toEqual(all.slice(0, limit));
        expect(truncated).toBe(all.length > limit);
      },
    ),
    { numRuns: 500 },
  );
});

it("finds nothing in a graph without records, and in one without partners", () => {
  expect(strongestLinks(requestOf(3, [], 5, 0))).toEqual({
    sources: new Uint32Array(0),
    targets: new Uint32Array(0),
    truncated: false,
  });
  expect(strongestLinks(requestOf(0, [], 5, 0)).truncated).toBe(false);
});
