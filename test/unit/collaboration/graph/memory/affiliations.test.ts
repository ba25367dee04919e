import fc from "fast-check";
import { Affiliations } from "../../../../../src/collaboration/graph/memory/affiliations";

type Row = [record: number, partner: number, since: number];

const THINGS = 4;
const PARTNERS = 5;

type Step =
  | { does: "add"; row: Row }
  | { does: "removePart"; record: number; partner: number }
  | { does: "removeParts"; record: number };

const record = fc.nat(THINGS - 1);
const partner = fc.nat(PARTNERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("add" as const), row: fc.tuple(record, partner, fc.nat(9)) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("removePart" as const), record, partner }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("removeParts" as const), record }) },
);

function made(): Affiliations {
  const affiliations = new Affiliations();
  for (let each = 0; each < THINGS; each++) affiliations.addRecord(each, each % 3);
  return affiliations;
}

function rowsOfRecord({ ofRecords }: Affiliations, record: number): Row[] {
  const rows: Row[] = [];
  ofRecords.each(record, (partner, at) => rows.push([record, partner, ofRecords.sinceAt(at)]));
  return sorted(rows);
}

function rowsOfPartner({ ofPartners }: Affiliations, partner: number): Row[] {
  const rows: Row[] = [];
  ofPartners.each(partner, (record, at) => rows.push([record, partner, ofPartners.sinceAt(at)]));
  return sorted(rows);
}

const sorted = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => (a.join() < b.join() ? -1 : 1));

it("holds what a plain list holds, from both sides, whatever is added and taken out", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const affiliations = made();
      let plain: Row[] = [];
      for (const each of steps) {
        if (each.does === "add") {
          affiliations.add(...each.row, 100);
          plain.push(each.row);
        } else if (each.does === "removePart") {
          affiliations.remove(each.record, each.partner);
          plain = plain.filter(([t, p]) => t !== each.record || p !== each.partner);
        } else {
          affiliations.removeAllOf(each.record);
          plain = plain.filter(([t]) => t !== each.record);
        }
      }
      expect(affiliations.size).toBe(plain.length);
      for (let t = 0; t < THINGS; t++) {
        const own = plain.filter(([of]) => of === t);
        expect(rowsOfRecord(affiliations, t)).toEqual(sorted(own));
        expect(affiliations.sizeOf(t)).toBe(new Set(own.map(([, p]) => p)).size);
        expect(affiliations.kindOf(t)).toBe(t % 3);
      }
      for (let p = 0; p < PARTNERS; p++) {
        const own = plain.filter(([, of]) => of === p);
        expect(affiliations.ofPartners.lengthOf(p)).toBe(own.length);
        expect(rowsOfPartner(affiliations, p)).toEqual(sorted(own));
      }
    }),
    { numRuns: 300 },
  );
});

it("counts those that a record states where they are more than those that are here", () => {
  const affiliations = made();
  affiliations.add(0, 1, 0, 9);
  affiliations.add(0, 2, 0, 9);
  affiliations.stateSize(0, 357);
  expect(affiliations.sizeOf(0)).toBe(357);
  affiliations.stateSize(0, 1);
  expect(affiliations.sizeOf(0)).toBe(2);
});

it("has no affiliation for partners and records that it does not know", () => {
  const affiliations = made();
  const { ofPartners, ofRecords } = affiliations;
  expect([ofPartners.lengthOf(-1), ofPartners.lengthOf(99), ofRecords.lengthOf(99)]).toEqual([0, 0, 0]);
  expect([rowsOfPartner(affiliations, -1), rowsOfRecord(affiliations, 99)]).toEqual([[], []]);
});

it("uses the places of those that were taken out again", () => {
  const affiliations = made();
  for (let i = 0; i < 100; i++) affiliations.add(i % THINGS, i % PARTNERS, i, 100);
  const bytes = affiliations.byteLength;
  affiliations.removeAllOf(0);
  for (let i = 0; i < 25; i++) affiliations.add(0, i % PARTNERS, i, 100);
  expect(affiliations.byteLength).toBe(bytes);
  for (let round = 0; round < 50; round++) {
    affiliations.removeAllOf(round % THINGS);
    for (let i = 0; i < 25; i++) affiliations.add(round % THINGS, i % PARTNERS, i, 100);
  }
  expect(affiliations.size).toBe(100);
  expect(affiliations.byteLength).toBe(bytes);
});

it("lays out the rows of partners from those of records, and goes on from there", async () => {
  const affiliations = made();
  const rows: Row[] = [];
  for (let t = 0; t < THINGS; t++) {
    for (let p = 0; p < PARTNERS; p += t + 1) rows.push([t, p, 3], [t, p, 5]);
  }
  for (const [t, p, since] of rows) affiliations.addToRecord(t, p, since, 100, since === 3);
  await affiliations.layOutPartners(PARTNERS, THINGS, () => Promise.resolve());
  rows.push([3, 1, 7]);
  affiliations.add(3, 1, 7, 100);
  for (let p = 0; p < PARTNERS; p++) {
    expect(rowsOfPartner(affiliations, p)).toEqual(sorted(rows.filter(([, of]) => of === p)));
  }
  expect([0, 1, 2, 3].map((t) => affiliations.sizeOf(t))).toEqual([5, 3, 2, 3]);
});
