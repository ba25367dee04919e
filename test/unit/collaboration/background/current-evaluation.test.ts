// When the suggestions are evaluated anew, and what is said meanwhile.
import { CurrentEvaluation } from "../../../../src/collaboration/background/current-evaluation";
import { AffiliationGraph } from "../../../../src/collaboration/graph/affiliation-graph";
import { ResumableRunner } from "../../../../src/collaboration/graph/computing/resumable";
import { TimeSlicer } from "../../../../src/collaboration/graph/computing/time-slicer";
import { dayNumber } from "../../../../src/collaboration/graph/memory/days";
import type { GraphSnapshot } from "../../../../src/collaboration/graph/snapshot";
import type { evaluate } from "../../../../src/collaboration/graph/suggestions/evaluation";

const graph = new AffiliationGraph();
const snapshot = (version: number): GraphSnapshot => ({
  graph,
  version,
  state: { epoch: "e", revision: String(version) },
});
const newest = (version: number) => () => Promise.resolve(snapshot(version));
const EVALUATION = { hiddenProjects: 0, questions: 0, rows: [] };

/** @param current the graph whenever a step is taken; left out, the one that was asked of */
function currentBy(evaluateGraph: typeof evaluate, current?: () => GraphSnapshot): CurrentEvaluation {
  return new CurrentEvaluation(new ResumableRunner(new TimeSlicer(), current ?? (() => undefined)), evaluateGraph);
}

it("is computed once for all who ask about one state of the graph", async () => {
  let times = 0;
  const current = currentBy(function* () {
    times += 1;
    yield;
    return { ...EVALUATION, hiddenProjects: times };
  });
  const both = await Promise.all([1, 1].map((version) => current.of(newest(version), "2026-11-20")));
  expect(both.map(({ hiddenProjects }) => hiddenProjects)).toEqual([1, 1]);
  const expected = { ...EVALUATION, hiddenProjects: 1, revision: "1", evaluatedOn: "2026-11-20" };
  expect(await current.of(newest(1), "2026-11-20")).toEqual(expected);
  expect(times).toBe(1);
});

it("is computed anew for another state of the graph and for another day", async () => {
  const days: number[] = [];
  const current = currentBy(function* (_graph, day) {
    days.push(day);
    yield;
    return EVALUATION;
  });
  await current.of(newest(1), "2026-11-20");
  expect(await current.of(newest(2), "2026-11-20")).toMatchObject({ revision: "2" });
  expect(await current.of(newest(2), "2026-11-21")).toMatchObject({ evaluatedOn: "2026-11-21" });
  expect(days).toEqual(["2026-11-20", "2026-11-20", "2026-11-21"].map(dayNumber));
});

it("fails for those who wait for it, and is tried again by the next", async () => {
  let times = 0;
  const current = currentBy(function* () {
    times += 1;
    yield;
    if (times === 1) throw new Error("the graph is broken");
    return { ...EVALUATION, hiddenProjects: 7 };
  });
  await expect(current.of(newest(1), "2026-11-20")).rejects.toThrow("the graph is broken");
  expect(await current.of(newest(1), "2026-11-20")).toMatchObject({ hiddenProjects: 7 });
});

it("is never done at one go, however often the graph changes", async () => {
  let version = 0;
  let isLeftAlone = false;
  const current = currentBy(
    function* () {
      yield;
      return EVALUATION;
    },
    () => snapshot(isLeftAlone ? version : ++version),
  );
  const refused = { code: "OVERLOADED", reason: "MEASURES_NOT_READY" };
  await expect(current.of(newest(0), "2026-11-20")).rejects.toMatchObject(refused);
  isLeftAlone = true;
  expect(await current.of(newest(0), "2026-11-20")).toMatchObject({ revision: String(version) });
});
