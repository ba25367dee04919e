import { BucketLists, VisitedSet, SparseAccumulator } from "../../../../../src/collaboration/graph/memory/workspaces";

it("keeps nothing of a walk that was broken off", () => {
  const sums = new SparseAccumulator();
  sums.begin(10);
  sums.add(3, 1);
  sums.begin(10);
  sums.add(4, 2);
  const taken: [number, number][] = [];
  sums.take((node, sum) => taken.push([node, sum]));
  expect(taken).toEqual([[4, 2]]);
});

it("keeps nothing of a walk that was broken off when it needs more room", () => {
  const sums = new SparseAccumulator();
  sums.begin(2);
  sums.add(1, 1);
  sums.begin(100);
  sums.add(1, 5);
  const taken: [number, number][] = [];
  sums.take((node, sum) => taken.push([node, sum]));
  expect(taken).toEqual([[1, 5]]);
});

it("tells the marks of more walks apart than a mark can count", () => {
  const marks = new VisitedSet();
  for (let walk = 0; walk < 70_000; walk++) {
    marks.begin(3);
    expect(marks.has(1)).toBe(false);
    if (walk % 3 === 0) expect(marks.add(1)).toBe(true);
  }
});

it("keeps a list for each node, each number once where it is added several times in a row", () => {
  const lists = new BucketLists();
  const of = (node: number): number[] => {
    const values: number[] = [];
    lists.each(node, (value) => values.push(value));
    return values;
  };
  lists.begin(3);
  for (const value of [0, 7, 7, 8]) lists.add(2, value);
  lists.add(0, 8);
  expect([of(0), of(1), of(2)]).toEqual([[8], [], [8, 7, 0]]);
  expect([0, 1, 2].map((node) => lists.has(node))).toEqual([true, false, true]);
  lists.begin(3);
  lists.add(1, 5);
  expect([of(0), of(1), of(2)]).toEqual([[], [5], []]);
});
