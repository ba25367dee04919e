import fc from "fast-check";
import { Incidences } from "../../../../../src/collaboration/graph/memory/affiliations";

type Row = [thing: number, partner: number, since: number];

const THINGS = 4;
const PARTNERS = 5;

type Step =
  | { does: "add"; row: Row }
  | { does: "removePart"; thing: number; partner: number }
  | { does: "removeParts"; thing: number };

const thing = fc.nat(THINGS - 1);
const partner = fc.nat(PARTNERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("add" as const), row: fc.tuple(thing, partner, fc.nat(9)) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("removePart" as const), thing, partner }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("removeParts" as const), thing }) },
);

function made(): Incidences {
  const incidences = new Incidences();
  for (let each = 0; each < THINGS; each++) incidences.addThing(each, each % 3);
  return incidences;
}

function rowsOfThing({ ofThings }: Incidences, thing: number): Row[] {
  const rows: Row[] = [];
  ofThings.each(thing, (partner, at) => rows.push([thing, partner, ofThings.sinceAt(at)]));
  return sorted(rows);
}

function rowsOfPartner({ ofPartners }: Incidences, partner: number): Row[] {
  const rows: Row[] = [];
  ofPartners.each(partner, (thing, at) => rows.push([thing, partner, ofPartners.sinceAt(at)]));
  return sorted(rows);
}

const sorted = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => (a.join() < b.join() ? -1 : 1));

it("holds what a plain list holds, from both sides, whatever is added and taken out", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const incidences = made();
      let plain: Row[] = [];
      for (const each of steps) {
        if (each.does === "add") {
          incidences.add(...each.row, 100);
          plain.push(each.row);
        } else if (each.does === "removePart") {
          incidences.removePart(each.thing, each.partner);
          plain = plain.filter(([t, p]) => t !== each.thing || p !== each.partner);
        } else {
          incidences.removeParts(each.thing);
          plain = plain.filter(([t]) => t !== each.thing);
        }
      }
      expect(incidences.size).toBe(plain.length);
      for (let t = 0; t < THINGS; t++) {
        const own = plain.filter(([of]) => of === t);
        expect(rowsOfThing(incidences, t)).toEqual(sorted(own));
        expect(incidences.sizeOf(t)).toBe(new Set(own.map(([, p]) => p)).size);
        expect(incidences.kindOf(t)).toBe(t % 3);
      }
      for (let p = 0; p < PARTNERS; p++) {
        const own = plain.filter(([, of]) => of === p);
        expect(incidences.ofPartners.lengthOf(p)).toBe(own.length);
        expect(rowsOfPartner(incidences, p)).toEqual(sorted(own));
      }
    }),
    { numRuns: 300 },
  );
});

it("counts those that a thing states where they are more than those that are here", () => {
  const incidences = made();
  incidences.add(0, 1, 0, 9);
  incidences.add(0, 2, 0, 9);
  incidences.stateSize(0, 357);
  expect(incidences.sizeOf(0)).toBe(357);
  incidences.stateSize(0, 1);
  expect(incidences.sizeOf(0)).toBe(2);
});

it("has no incidence for partners and things that it does not know", () => {
  const incidences = made();
  const { ofPartners, ofThings } = incidences;
  expect([ofPartners.lengthOf(-1), ofPartners.lengthOf(99), ofThings.lengthOf(99)]).toEqual([0, 0, 0]);
  expect([rowsOfPartner(incidences, -1), rowsOfThing(incidences, 99)]).toEqual([[], []]);
});

it("uses the places of those that were taken out again", () => {
  const incidences = made();
  for (let i = 0; i < 100; i++) incidences.add(i % THINGS, i % PARTNERS, i, 100);
  const bytes = incidences.byteLength;
  incidences.removeParts(0);
  for (let i = 0; i < 25; i++) incidences.add(0, i % PARTNERS, i, 100);
  expect(incidences.byteLength).toBe(bytes);
  for (let round = 0; round < 50; round++) {
    incidences.removeParts(round % THINGS);
    for (let i = 0; i < 25; i++) incidences.add(round % THINGS, i % PARTNERS, i, 100);
  }
  expect(incidences.size).toBe(100);
  expect(incidences.byteLength).toBe(bytes);
});

it("lays out the rows of partners from those of things, and goes on from there", async () => {
  const incidences = made();
  const rows: Row[] = [];
  for (let t = 0; t < THINGS; t++) {
    for (let p = 0; p < PARTNERS; p += t + 1) rows.push([t, p, 3], [t, p, 5]);
  }
  for (const [t, p, since] of rows) incidences.addToThing(t, p, since, 100, since === 3);
  await incidences.layOutPartners(PARTNERS, THINGS, () => Promise.resolve());
  rows.push([3, 1, 7]);
  incidences.add(3, 1, 7, 100);
  for (let p = 0; p < PARTNERS; p++) {
    expect(rowsOfPartner(incidences, p)).toEqual(sorted(rows.filter(([, of]) => of === p)));
  }
  expect([0, 1, 2, 3].map((t) => incidences.sizeOf(t))).toEqual([5, 3, 2, 3]);
});
