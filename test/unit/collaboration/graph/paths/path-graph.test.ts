// Links between two groups, by either of the two ways to find them.
import * as fc from "fast-check";
import { strengthBetween } from "../../../../../src/collaboration/graph/links";
import { isJoinShorter, PathGraph, type Edge } from "../../../../../src/collaboration/graph/paths/path-graph";
import { Selection } from "../../../../../src/collaboration/graph/selection";
import { HandMadeGraph } from "../hand-made-graph";

const PARTNERS = 40;
const MAX_SHARED_BY = 4;
const names = Array.from({ length: PARTNERS }, (_, place) => `city ${place}`);

/** Who shares each record; the first of some takes part twice. */
const records = fc.array(
  fc.record({ sharers: fc.uniqueArray(fc.nat(PARTNERS - 1), { minLength: 1, maxLength: 9 }), isTwice: fc.boolean() }),
  { minLength: 20, maxLength: 60 },
);
const group = fc.uniqueArray(fc.nat(PARTNERS - 1), { minLength: 1, maxLength: PARTNERS });

interface Made {
  pathGraph: PathGraph;
  numberOf: (place: number) => number;
  shareCarrying: (a: number, b: number) => boolean;
}

function made(shared: readonly { sharers: number[]; isTwice: boolean }[], minStrength: number): Made {
  const hand = new HandMadeGraph();
  for (const name of names) hand.city(name, { fields: [] });
  shared.forEach(({ sharers, isTwice }, place) => {
    const [first = 0] = sharers;
    const parts = isTwice ? [...sharers, first] : sharers;
    hand.work(
      `record ${place}`,
      parts.map((sharer) => names[sharer] as string),
    );
  });
  const selection = new Selection(hand.built, { minStrength }, "2026-11-20");
  return {
    pathGraph: new PathGraph(selection, MAX_SHARED_BY, [0, 0]),
    numberOf: (place) => hand.partner(names[place] as string),
    shareCarrying: (a, b) =>
      shared.some(({ sharers }) => sharers.length <= MAX_SHARED_BY && sharers.includes(a) && sharers.includes(b)),
  };
}

const inWords = ({ from, to, strength }: Edge): string => `${from} ${to} ${strength}`;

it("are all pairs that share what carries, with the strength of all that they share, joined or walked", () => {
  const seen = { joined: 0, walked: 0 };
  const minStrength = fc.constantFrom(0, 0.5);
  fc.assert(
    fc.property(records, group, group, minStrength, (shared, a, b, least) => {
      const { pathGraph, numberOf, shareCarrying } = made(shared, least);
      const [from, to] = [a.map(numberOf), b.map(numberOf)];
      const isJoined = isJoinShorter(pathGraph.affiliationsOf(from), pathGraph.affiliationsOf(to));
      seen[isJoined ? "joined" : "walked"] += 1;
      const expected = a.flatMap((one) =>
        b
          .filter((other) => one !== other && shareCarrying(one, other))
          .map((other): Edge => {
            const [source, target] = [numberOf(one), numberOf(other)];
            return { from: source, to: target, strength: strengthBetween(pathGraph.selection, source, target) };
          })
          .filter(({ strength }) => strength >= least),
      );
      expect(pathGraph.edgesBetween(from, to).map(inWords).sort()).toEqual(expected.map(inWords).sort());
    }),
    { numRuns: 1_000 },
  );
  expect(seen.joined).toBeGreaterThan(10);
  expect(seen.walked).toBeGreaterThan(10);
});
