import * as fc from "fast-check";
import { communities } from "../../../../../src/collaboration/graph/measures/communities";
import { modularity } from "../../../../../src/collaboration/graph/measures/modularity";
import type { Projection } from "../../../../../src/collaboration/graph/measures/projection";
import { randomFrom } from "../../../../../src/kernel/random";
import { clique, projectionOf, projections, slowModularity, strengthMatrix } from "./reference";

// W. W. Zachary, "An information flow model for conflict and fission in small groups", Journal of Anthropological Research 33, 1977:
// for each member from 1, those of a greater number that it is linked with. 34 members, 78 links, without strengths.
const KARATE_CLUB: Record<number, number[]> = {
  1: [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32],
  2: [3, 4, 8, 14, 18, 20, 22, 31],
  3: [4, 8, 9, 10, 14, 28, 29, 33],
  4: [8, 13, 14],
  5: [7, 11],
  6: [7, 11, 17],
  7: [17],
  9: [31, 33, 34],
  10: [34],
  14: [34],
  15: [33, 34],
  16: [33, 34],
  19: [33, 34],
  20: [34],
  21: [33, 34],
  23: [33, 34],
  24: [26, 28, 30, 33, 34],
  25: [26, 28, 32],
  26: [32],
  27: [30, 34],
  28: [34],
  29: [32, 34],
  30: [33, 34],
  31: [33, 34],
  32: [33, 34],
  33: [34],
};
const karateClub = (): Projection =>
  projectionOf(
    34,
    Object.entries(KARATE_CLUB).flatMap(([one, others]) => others.map((other) => [Number(one) - 1, other - 1])),
  );

/** Wide records among many partners, each of a region of its own but for a few of its members. */
function regions(seed: number): Projection {
  const random = randomFrom(seed);
  const records = Array.from({ length: 60 }, (_, record) => {
    const size = record < 6 ? 150 : 3;
    const members = new Set<number>();
    while (members.size < size) {
      const region = random() < 0.1 ? Math.floor(random() * 3) : record % 3;
      members.add(region * 200 + Math.floor(random() * 200));
    }
    return [...members];
  });
  return projectionOf(600, records);
}

it("finds two cliques that one link joins", () => {
  const records = [...clique([0, 2, 4, 6, 8]), ...clique([1, 3, 5, 7]), [0, 1]];
  const found = communities(projectionOf(10, records), { seed: 3 });
  expect([...found.community]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 2]);
  expect(found.count).toBe(3);
  expect(found.modularity).toBeCloseTo(32 / 34 - (21 / 34) ** 2 - (13 / 34) ** 2, 12);
});

it("divides Zachary's karate club at least as well as 0.41 in one of ten orders, and never below 0.38", () => {
  expect(karateClub().weights).toHaveLength(78);
  const found = Array.from({ length: 10 }, (_, seed) => communities(karateClub(), { seed }).modularity);
  expect(Math.max(...found)).toBeGreaterThanOrEqual(0.41);
  expect(Math.min(...found)).toBeGreaterThan(0.38);
  // The greatest there is: U. Brandes and others, "On modularity clustering", IEEE TKDE 20, 2008.
  expect(Math.max(...found)).toBeLessThan(0.4199);
});

it("says the modularity that the definition gives, of its own division and of any", () => {
  fc.assert(
    fc.property(projections, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (projection, seed) => {
      const matrix = strengthMatrix(projection);
      const found = communities(projection, { seed });
      expect(found.modularity).toBeCloseTo(slowModularity(matrix, found.community), 12);
      const any = found.community.map((_, partner) => (partner * seed) % projection.partnerCount);
      expect(modularity(projection, any)).toBeCloseTo(slowModularity(matrix, any), 12);
    }),
  );
});

it("is no worse than every partner alone, or all together", () => {
  fc.assert(
    fc.property(projections, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (projection, seed) => {
      const found = communities(projection, { seed }).modularity;
      const alone = Array.from({ length: projection.partnerCount }, (_, partner) => partner);
      expect(found).toBeGreaterThanOrEqual(slowModularity(strengthMatrix(projection), alone) - 1e-12);
      expect(found).toBeGreaterThanOrEqual(-1e-12);
    }),
  );
});

it("numbers communities by size, equal ones by their first partner, without a gap", () => {
  fc.assert(
    fc.property(projections, (projection) => {
      const { community, count } = communities(projection, { seed: 1 });
      const members = Array.from({ length: count }, (_, number) =>
        [...community.keys()].filter((partner) => community[partner] === number),
      );
      for (const [number, partners] of members.entries()) {
        expect(partners.length).toBeGreaterThan(0);
        const larger = members[number - 1];
        if (larger === undefined) continue;
        expect(partners.length).toBeLessThanOrEqual(larger.length);
        if (partners.length === larger.length) expect(partners[0]).toBeGreaterThan(larger[0]!);
      }
    }),
  );
});

describe("with records that hundreds share", () => {
  it("finds the regions that share them", () => {
    const projection = regions(4);
    const found = communities(projection, { seed: 1 });
    expect(found.modularity).toBeCloseTo(slowModularity(strengthMatrix(projection), found.community), 12);
    const planted = Uint32Array.from({ length: 600 }, (_, partner) => Math.floor(partner / 200));
    expect(found.modularity).toBeGreaterThan(modularity(projection, planted));
  });

  it("makes one community of those who share one record", () => {
    const record = Array.from({ length: 300 }, (_, partner) => partner);
    expect(communities(projectionOf(301, [record]), { seed: 9 })).toMatchObject({ count: 2, modularity: 0 });
  });
});

it("repeats itself for the same seed", () => {
  for (const seed of [0, 1, 4_294_967_295])
    expect(communities(regions(8), { seed })).toEqual(communities(regions(8), { seed }));
});

it("makes more communities at a higher resolution, and refuses one that is none", () => {
  const at = (resolution: number) => communities(karateClub(), { seed: 2, resolution }).count;
  expect(at(0.2)).toBeLessThan(at(1));
  expect(at(1)).toBeLessThan(at(4));
  expect(() => at(0)).toThrow(RangeError);
});
