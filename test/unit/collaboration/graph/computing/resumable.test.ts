import { AffiliationGraph } from "../../../../../src/collaboration/graph/affiliation-graph";
import type { GraphSnapshot } from "../../../../../src/collaboration/graph/snapshot";
import { ResumableRunner, type Resumable } from "../../../../../src/collaboration/graph/computing/resumable";
import { TimeSlicer } from "../../../../../src/collaboration/graph/computing/time-slicer";

const empty = new AffiliationGraph();
const snapshot = (version: number): GraphSnapshot => ({ graph: empty, version, state: { epoch: "", revision: "0" } });

/** Says which versions it saw, step by step. */
function* versions(first: GraphSnapshot, seen: () => GraphSnapshot, steps: number): Resumable<number[]> {
  const all = [first.version];
  for (let step = 1; step < steps; step++) {
    yield;
    all.push(seen().version);
  }
  return all;
}

it("walks to the end over one state of the graph, and lets others have their turns between", async () => {
  const slicer = new TimeSlicer();
  const order: string[] = [];
  const runner = new ResumableRunner(slicer, () => snapshot(1));
  const walk = runner.run(snapshot(0), function* () {
    for (const step of ["a", "b", "c"]) {
      order.push(step);
      yield;
    }
    return "done";
  });
  const other = slicer.run(() => order.push("other"));
  expect(await walk).toBe("done");
  await other;
  expect(order).toEqual(["a", "other", "b", "c"]);
});

it("begins anew where the graph changed between two steps", async () => {
  let current = snapshot(1);
  let begun = 0;
  const runner = new ResumableRunner(new TimeSlicer(), () => current);
  const seen = await runner.run(current, function* (first) {
    begun += 1;
    if (begun === 1) current = snapshot(2);
    return yield* versions(first, () => current, 3);
  });
  expect(begun).toBe(2);
  expect(seen).toEqual([2, 2, 2]);
});

it("goes through at one go where the graph changes all the time", async () => {
  let version = 0;
  let begun = 0;
  const runner = new ResumableRunner(new TimeSlicer(), () => snapshot(++version));
  const seen = await runner.run(snapshot(0), function* (first) {
    begun += 1;
    return yield* versions(first, () => first, 4);
  });
  expect(begun).toBe(4);
  expect(new Set(seen).size).toBe(1);
});

it("hands on what a walk throws", async () => {
  const runner = new ResumableRunner(new TimeSlicer(), () => undefined);
  const walk = runner.run(snapshot(0), function* () {
    yield;
    throw new Error("too dense");
  });
  await expect(walk).rejects.toThrow("too dense");
});
