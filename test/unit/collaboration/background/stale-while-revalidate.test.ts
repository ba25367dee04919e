// What is computed from the graph and kept: the last one before does while the next is computed, but never that of another epoch.
import { StaleWhileRevalidate } from "../../../../src/collaboration/background/stale-while-revalidate";
import type { AffiliationGraph } from "../../../../src/collaboration/graph/affiliation-graph";
import type { GraphSnapshot } from "../../../../src/collaboration/graph/snapshot";

const TODAY = "2026-11-26";
const NEVER = new Promise<never>(() => undefined);

const graph = (epoch: string, version: number): (() => Promise<GraphSnapshot>) => {
  const snapshot: GraphSnapshot = { graph: {} as AffiliationGraph, version, state: { epoch, revision: "9" } };
  return () => Promise.resolve(snapshot);
};
const newLatest = (): StaleWhileRevalidate<string> => new StaleWhileRevalidate<string>(50, "not yet");

it("is the last one of the epoch while the next takes long", async () => {
  const latest = newLatest();
  expect(await latest.of(graph("one", 1), TODAY, () => Promise.resolve("first"))).toBe("first");
  expect(await latest.of(graph("one", 2), TODAY, () => NEVER)).toBe("first");
});

it("is none of the epoch before, also where the new one is not computed yet", async () => {
  const latest = newLatest();
  await latest.of(graph("one", 1), TODAY, () => Promise.resolve("first"));
  await expect(latest.of(graph("other", 2), TODAY, () => NEVER)).rejects.toMatchObject({
    code: "OVERLOADED",
    reason: "MEASURES_NOT_READY",
  });
});

it("is none of the epoch before where the new one cannot be computed", async () => {
  const latest = newLatest();
  await latest.of(graph("one", 1), TODAY, () => Promise.resolve("first"));
  const failing = latest.of(graph("other", 2), TODAY, () => Promise.reject(new Error("the thread is gone")));
  await expect(failing).rejects.toThrow("the thread is gone");
  expect(await latest.of(graph("other", 2), TODAY, () => Promise.resolve("second"))).toBe("second");
});
