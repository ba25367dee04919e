import { Adjacency } from "../../../../../src/collaboration/graph/affiliation-graph";
import type { Kept } from "../../../../../src/collaboration/upkeep/graph-follower";
import { Stepwise, type Steps } from "../../../../../src/collaboration/graph/computing/resumable";
import { Turns } from "../../../../../src/collaboration/graph/computing/time-slicer";

const adjacency = new Adjacency();
const graph = (version: number): Kept => ({ adjacency, version, state: { epoch: "", revision: "0" } });

/** Says which versions it saw, step by step. */
function* versions(first: Kept, seen: () => Kept, steps: number): Steps<number[]> {
  const all = [first.version];
  for (let step = 1; step < steps; step++) {
    yield;
    all.push(seen().version);
  }
  return all;
}

it("walks to the end over one state of the graph, and lets others have their turns between", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const stepwise = new Stepwise(turns, () => graph(1));
  const walk = stepwise.run(graph(0), function* () {
    for (const step of ["a", "b", "c"]) {
      order.push(step);
      yield;
    }
    return "done";
  });
  const other = turns.run(() => order.push("other"));
  expect(await walk).toBe("done");
  await other;
  expect(order).toEqual(["a", "other", "b", "c"]);
});

it("begins anew where the graph changed between two steps", async () => {
  let current = graph(1);
  let begun = 0;
  const stepwise = new Stepwise(new Turns(), () => current);
  const seen = await stepwise.run(current, function* (first) {
    begun += 1;
    if (begun === 1) current = graph(2);
    return yield* versions(first, () => current, 3);
  });
  expect(begun).toBe(2);
  expect(seen).toEqual([2, 2, 2]);
});

it("goes through at one go where the graph changes all the time", async () => {
  let version = 0;
  let begun = 0;
  const stepwise = new Stepwise(new Turns(), () => graph(++version));
  const seen = await stepwise.run(graph(0), function* (first) {
    begun += 1;
    return yield* versions(first, () => first, 4);
  });
  expect(begun).toBe(4);
  expect(new Set(seen).size).toBe(1);
});

it("hands on what a walk throws", async () => {
  const stepwise = new Stepwise(new Turns(), () => undefined);
  const walk = stepwise.run(graph(0), function* () {
    yield;
    throw new Error("too dense");
  });
  await expect(walk).rejects.toThrow("too dense");
});
