// Workspaces are leased to one computation at a time, and empty whoever had them before.
import { Workspaces, type SparseAccumulator } from "../../../../../src/collaboration/graph/memory/workspaces";

let workspaces: Workspaces;
beforeEach(() => (workspaces = new Workspaces()));

function sumsOf(accumulator: SparseAccumulator): [number, number][] {
  const taken: [number, number][] = [];
  accumulator.take((node, sum) => taken.push([node, sum]));
  return taken;
}

describe("a lease", () => {
  it("is of a workspace that nobody else has, and ends with its block", () => {
    using outer = workspaces.visitedSet(10);
    outer.add(3);
    let inner;
    {
      using leased = workspaces.visitedSet(10);
      inner = leased;
      expect(leased).not.toBe(outer);
      expect(leased.has(3)).toBe(false);
    }
    using next = workspaces.visitedSet(10);
    expect(next).toBe(inner);
    expect(outer.has(3)).toBe(true);
  });

  it("is refused to a second one while the first has it", () => {
    using leased = workspaces.visitedSet(10);
    expect(() => leased.lease(10)).toThrow("the workspace is leased already");
  });

  it("is ended once", () => {
    const leased = workspaces.accumulator(10);
    leased[Symbol.dispose]();
    expect(() => leased[Symbol.dispose]()).toThrow("the workspace is leased to nobody");
  });
});

it("keeps nothing of a walk that was broken off", () => {
  const first = workspaces.accumulator(2);
  first.add(1, 1);
  first[Symbol.dispose]();
  using second = workspaces.accumulator(2);
  expect(second).toBe(first);
  second.add(0, 2);
  expect(sumsOf(second)).toEqual([[0, 2]]);
});

it("keeps nothing of a walk that was broken off when it needs more room", () => {
  using sums = workspaces.accumulator(2);
  sums.add(1, 1);
  sums.clear(100);
  sums.add(1, 5);
  expect(sumsOf(sums)).toEqual([[1, 5]]);
});

it("tells the marks of more walks apart than a mark can count", () => {
  using visited = workspaces.visitedSet(3);
  for (let walk = 0; walk < 70_000; walk++) {
    visited.clear(3);
    expect(visited.has(1)).toBe(false);
    if (walk % 3 === 0) expect(visited.add(1)).toBe(true);
  }
});

it("keeps a list for each node, each number once where it is added several times in a row", () => {
  using lists = workspaces.listOfEach(3);
  const of = (node: number): number[] => {
    const values: number[] = [];
    lists.each(node, (value) => values.push(value));
    return values;
  };
  for (const value of [0, 7, 7, 8]) lists.add(2, value);
  lists.add(0, 8);
  expect([of(0), of(1), of(2)]).toEqual([[8], [], [8, 7, 0]]);
  expect([0, 1, 2].map((node) => lists.has(node))).toEqual([true, false, true]);
  lists.clear(3);
  lists.add(1, 5);
  expect([of(0), of(1), of(2)]).toEqual([[], [5], []]);
});
