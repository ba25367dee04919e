import * as fc from "fast-check";
import { degrees, weightedDegrees } from "../../../../../src/collaboration/graph/measures/degrees";
import { measuresOf, type Measures } from "../../../../../src/collaboration/graph/measures/measures";
import { pageRank } from "../../../../../src/collaboration/graph/measures/page-rank";
import type { Projection } from "../../../../../src/collaboration/graph/measures/projection";
import { shuffled } from "../../../../../src/collaboration/graph/measures/seeded-order";
import { randomFrom } from "../../../../../src/kernel/random";
import { idsOf, projectionOf, projections, slowPageRank, strengthMatrix, sum } from "./reference";

describe("degrees", () => {
  it("count linked partners once, however much is shared with them", () => {
    const projection = projectionOf(6, [[0, 1, 2], [1, 0], [2, 3], [4], []]);
    expect([...degrees(projection)]).toEqual([2, 2, 3, 1, 0, 0]);
    expect([...weightedDegrees(projection)]).toEqual([2, 2, 2, 1, 0, 0]);
  });

  it("are those of the matrix of links", () => {
    fc.assert(
      fc.property(projections, (projection) => {
        const matrix = strengthMatrix(projection);
        expect([...degrees(projection)]).toEqual(matrix.map((row) => row.filter((value) => value > 0).length));
        const strengths = weightedDegrees(projection);
        matrix.forEach((row, partner) => expect(strengths[partner]).toBeCloseTo(sum(row), 12));
      }),
    );
  });
});

describe("PageRank", () => {
  it("gives the middle of a star what the algebra says", () => {
    // middle = 0.0375 + 0.85 * 3 * leaf, leaf = 0.0375 + 0.85 * middle / 3
    const middle = (0.0375 * 3.55) / (1 - 0.85 ** 2);
    const ranks = pageRank(
      projectionOf(4, [
        [0, 1],
        [0, 2],
        [0, 3],
      ]),
    );
    expect(ranks[0]).toBeCloseTo(middle, 9);
    expect(ranks[3]).toBeCloseTo((1 - middle) / 3, 9);
  });

  it("goes along strong links more often than along weak ones", () => {
    const [, strong, weak] = pageRank(
      projectionOf(3, [
        [0, 1],
        [0, 1],
        [0, 1],
        [0, 2],
      ]),
    );
    expect(strong! / weak!).toBeCloseTo((0.05 + 0.85 * 0.75 * 0.4864864865) / (0.05 + 0.85 * 0.25 * 0.4864864865), 8);
  });

  it("is that of the full matrix, and sums to 1, with partners that have no links", () => {
    fc.assert(
      fc.property(projections, fc.double({ min: 0, max: 0.9, noNaN: true }), (projection, damping) => {
        const ranks = pageRank(projection, { damping });
        expect(sum(ranks)).toBeCloseTo(1, 12);
        slowPageRank(strengthMatrix(projection), damping).forEach((rank, partner) =>
          expect(ranks[partner]).toBeCloseTo(rank, 8),
        );
      }),
    );
  });

  it("stops after as many iterations as it may make", () => {
    const projection = projectionOf(3, [
      [0, 1],
      [0, 2],
    ]);
    expect([...pageRank(projection, { iterationsAtMost: 0 })]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(pageRank(projection, { iterationsAtMost: 1 })[0]).toBeCloseTo(0.05 + 0.85 * (2 / 3), 12);
  });

  it.each([-0.1, 1, NaN])("refuses a damping of %d", (damping) => {
    expect(() => pageRank(projectionOf(1, []), { damping })).toThrow(RangeError);
  });
});

/** What is measured where the ids come in the order of the numbers. */
function measured(projection: Projection): Measures {
  return measuresOf({ projection, ids: idsOf(projection.partnerCount), seed: 1 });
}

describe("all measures", () => {
  it("stand together with how many partners are linked, and by how many links", () => {
    const measures = measured(
      projectionOf(6, [
        [0, 1, 2],
        [1, 0],
        [3, 4],
      ]),
    );
    expect(measures).toMatchObject({ linkedPartnerCount: 5, linkCount: 4, communityCount: 3 });
    expect([...measures.degrees]).toEqual([2, 2, 2, 1, 1, 0]);
    expect([...measures.community]).toEqual([0, 0, 0, 1, 1, 2]);
    // Strengths of 5 and 2 in the two linked communities, all of it within them.
    expect(measures.modularity).toBeCloseTo(1 - (5 / 7) ** 2 - (2 / 7) ** 2, 12);
    expect(sum(measures.pageRanks)).toBeCloseTo(1, 12);
  });

  it("are empty where there are no partners", () => {
    expect(measured(projectionOf(0, []))).toMatchObject({
      linkedPartnerCount: 0,
      linkCount: 0,
      communityCount: 0,
      modularity: 0,
    });
  });

  it("follow from the ids, to the last digit, in whatever order partners, records and members are numbered", () => {
    const shuffledToo = projections.chain((projection) => {
      const { partnerCount, offsets, members, weights } = projection;
      const records = Array.from(weights, (weight, record) => ({
        weight,
        members: [...members.subarray(offsets[record], offsets[record + 1])],
      }));
      return fc.record({
        projection: fc.constant(projection),
        places: fc.shuffledSubarray([...new Array(partnerCount).keys()], { minLength: partnerCount }),
        records: fc.shuffledSubarray(records, { minLength: records.length }),
        areMembersReversed: fc.boolean(),
      });
    });
    fc.assert(
      fc.property(shuffledToo, ({ projection, places, records, areMembersReversed }) => {
        const another = projectionOf(
          places.length,
          records.map(({ members }) => {
            const elsewhere = members.map((partner) => places.indexOf(partner));
            return areMembersReversed ? elsewhere.reverse() : elsewhere;
          }),
          records.map(({ weight }) => weight),
        );
        const there = measuresOf({ projection: another, ids: idsOf(places.length, places), seed: 1 });
        const here = measured(projection);
        const at = (values: Uint32Array | Float64Array) => places.map((place) => values[place]);
        expect([...there.degrees]).toEqual(at(here.degrees));
        expect([...there.weightedDegrees]).toEqual(at(here.weightedDegrees));
        expect([...there.pageRanks]).toEqual(at(here.pageRanks));
        expect([...there.community]).toEqual(at(here.community));
        expect(there.modularity).toBe(here.modularity);
      }),
    );
  });

  const good = (): Projection =>
    projectionOf(3, [
      [0, 1],
      [1, 2],
    ]);
  it.each<[string, Projection, string]>([
    ["an offset too few", { ...good(), offsets: Uint32Array.of(0, 4) }, "2 records must have 3 offsets, but have 2"],
    ["offsets that end early", { ...good(), offsets: Uint32Array.of(0, 2, 3) }, "the offsets must lead from 0 to 4"],
    ["offsets that fall", { ...good(), offsets: Uint32Array.of(0, 9, 4) }, "the offsets of record 0 must not fall"],
    ["a partner that is not there", { ...good(), partnerCount: 2 }, "record 1 has partner 2 of 2"],
    ["a partner twice", { ...good(), members: Uint32Array.of(0, 1, 2, 2) }, "record 1 has partner 2 twice"],
    ["a weight of nothing", { ...good(), weights: Float64Array.of(1, 0) }, "the weight of record 1 must be above 0"],
  ])("refuse %s", (_, projection, message) => {
    expect(() => measured(projection)).toThrow(RangeError);
    expect(() => measured(projection)).toThrow(message);
  });
});

it("shuffles every number once, by its seed", () => {
  expect([...shuffled(20, randomFrom(5))]).toEqual([...shuffled(20, randomFrom(5))]);
  expect([...shuffled(20, randomFrom(5))]).not.toEqual([...shuffled(20, randomFrom(6))]);
  expect([...shuffled(500, randomFrom(7))].sort((one, other) => one - other)).toEqual([...new Array(500).keys()]);
});
