import { Marks, Sums } from "../../../../src/collaboration/memory/scratch";

it("keeps nothing of a walk that was broken off", () => {
  const sums = new Sums();
  sums.begin(10);
  sums.add(3, 1);
  sums.begin(10);
  sums.add(4, 2);
  const taken: [number, number][] = [];
  sums.take((node, sum) => taken.push([node, sum]));
  expect(taken).toEqual([[4, 2]]);
});

it("keeps nothing of a walk that was broken off when it needs more room", () => {
  const sums = new Sums();
  sums.begin(2);
  sums.add(1, 1);
  sums.begin(100);
  sums.add(1, 5);
  const taken: [number, number][] = [];
  sums.take((node, sum) => taken.push([node, sum]));
  expect(taken).toEqual([[1, 5]]);
});

it("tells the marks of more walks apart than a mark can count", () => {
  const marks = new Marks();
  for (let walk = 0; walk < 70_000; walk++) {
    marks.begin(3);
    expect(marks.has(1)).toBe(false);
    if (walk % 3 === 0) expect(marks.add(1)).toBe(true);
  }
});
