import { randomUUID } from "node:crypto";
import { IdTable } from "../../../../../src/collaboration/graph/memory/id-table";

it("gives each id a number of its own, in the order in which they come, and keeps it", () => {
  const table = new IdTable();
  const ids = Array.from({ length: 10_000 }, () => randomUUID());
  expect(ids.map((id) => table.numberOf(id))).toEqual(ids.map((_id, i) => i));
  expect(ids.map((id) => table.numberOf(id))).toEqual(ids.map((_id, i) => i));
  expect(ids.map((id) => table.find(id))).toEqual(ids.map((_id, i) => i));
  expect(ids.map((_id, i) => table.idOf(i))).toEqual(ids);
  expect(table.size).toBe(10_000);
});

it("finds no number for an id that never came, in an empty table either", () => {
  const table = new IdTable();
  const stranger = randomUUID();
  expect(table.find(stranger)).toBe(-1);
  table.numberOf(randomUUID());
  expect(table.find(stranger)).toBe(-1);
});

it("tells apart ids that differ in one bit, wherever it is", () => {
  const table = new IdTable();
  const zero = "00000000-0000-0000-0000-000000000000";
  const ids = [zero];
  for (let at = 0; at < zero.length; at++) {
    if (zero[at] === "-") continue;
    for (const digit of ["1", "2", "4", "8"]) ids.push(zero.slice(0, at) + digit + zero.slice(at + 1));
  }
  expect(new Set(ids.map((id) => table.numberOf(id))).size).toBe(129);
  expect(ids.map((_id, i) => table.idOf(i))).toEqual(ids);
});

it("orders ids as text does", () => {
  const table = new IdTable();
  const ids = Array.from({ length: 500 }, () => randomUUID());
  const numbers = ids.map((id) => table.numberOf(id));
  const ordered = [...numbers].sort((a, b) => table.compare(a, b)).map((number) => table.idOf(number));
  expect(ordered).toEqual([...ids].sort());
  expect(table.compare(3, 3)).toBe(0);
});

it("takes less than 50 bytes for an id", () => {
  const table = new IdTable();
  for (let i = 0; i < 100_000; i++) table.numberOf(randomUUID());
  expect(table.byteLength / 100_000).toBeLessThan(50);
});
