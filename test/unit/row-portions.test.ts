// Rows of an answer in portions, each of which is received at once.
import { RowPortions } from "../../src/database/embedded/row-portions";

/** All portions, each as the numbers of its rows. */
function portionsOf(lengths: readonly number[]): number[][] {
  const portions = new RowPortions();
  lengths.forEach((length, i) => portions.add({ i }, length, 1));
  const all: number[][] = [];
  for (let more = true; more;) {
    const next = portions.next();
    all.push(next.rows.map((row) => (row as { i: number }).i));
    more = next.more;
  }
  return all;
}

it("gives no rows as one empty portion", () => {
  expect(portionsOf([])).toEqual([[]]);
});

it("gives few rows at once", () => {
  expect(portionsOf([10, 20, 30])).toEqual([[0, 1, 2]]);
});

it("begins another portion before half a megabyte, and leaves a row that is larger alone", () => {
  expect(portionsOf([300_000, 200_000, 100_000, 2_000_000, 1])).toEqual([[0, 1], [2], [3], [4]]);
});
