// Computations over one graph take turns step by step, and each gives what it gives when it is alone.
import { runToEnd, type Resumable } from "../../../../src/collaboration/graph/computing/resumable";
import { collaboratorsOf } from "../../../../src/collaboration/graph/links";
import { neighbourhoodOf } from "../../../../src/collaboration/graph/neighbourhood";
import { BidirectionalSearch } from "../../../../src/collaboration/graph/paths/bidirectional-search";
import { PathGraph } from "../../../../src/collaboration/graph/paths/path-graph";
import { project } from "../../../../src/collaboration/graph/projected";
import { Selection } from "../../../../src/collaboration/graph/selection";
import { Profiles } from "../../../../src/collaboration/graph/suggestions/profiles";
import { questionOfCity } from "../../../../src/collaboration/graph/suggestions/question";
import { suggest } from "../../../../src/collaboration/graph/suggestions/suggest";
import { randomFrom } from "../../../../src/kernel/random";
import { HandMadeGraph, TODAY } from "./hand-made-graph";

const CITIES = 60;
const made = new HandMadeGraph();
const names = Array.from({ length: CITIES }, (_, place) => `city ${place}`);
for (const name of names) made.city(name);
const random = randomFrom(3);
for (let work = 0; work < 90; work++) {
  const sharers = names.filter(() => random() < 0.06);
  made.work(`work ${work}`, sharers, { goals: [`goal ${work % 17}`] });
}
const selection = new Selection(made.built, {}, "2026-11-20");
const pathGraph = (one: number, other: number): PathGraph => new PathGraph(selection, 50, [one, other]);

/** Yields after each answer, so that another computation comes between. */
function* collaborators(): Resumable<unknown> {
  const all = [];
  for (let partner = 0; partner < CITIES; partner++) {
    all.push(collaboratorsOf(selection, partner));
    yield;
  }
  return all;
}

function* searches(shift: number): Resumable<unknown> {
  const all = [];
  for (let from = 0; from < CITIES; from++) {
    const to = (from + shift) % CITIES;
    using search = new BidirectionalSearch(pathGraph(from, to), from, to);
    // The search is there, and another begins before it has found anything.
    yield;
    const meeting = search.shortest(6);
    yield;
    all.push(meeting, meeting && search.oneLonger());
  }
  return all;
}

function* suggestions(): Resumable<unknown> {
  const profiles = yield* Profiles.over(made.built, TODAY);
  const all = [];
  for (let city = 0; city < CITIES; city++) {
    all.push(yield* suggest(profiles, questionOfCity(profiles, city, {}), 5));
  }
  return all;
}

const COMPUTATIONS: readonly (() => Resumable<unknown>)[] = [
  collaborators,
  () => searches(7),
  () => searches(13),
  () => neighbourhoodOf(pathGraph(0, 0), 0, 3, 40, 500),
  () => neighbourhoodOf(pathGraph(9, 9), 9, 2, 10, 500),
  () => project(selection),
  suggestions,
];

/** Each has a step in its turn, until all are at their ends. */
function interleaved(computations: readonly Resumable<unknown>[]): unknown[] {
  const results: unknown[] = [];
  const open = new Map(computations.entries());
  while (open.size > 0) {
    for (const [place, computation] of open) {
      const step = computation.next();
      if (step.done !== true) continue;
      results[place] = step.value;
      open.delete(place);
    }
  }
  return results;
}

it("gives the same answers interleaved as one after the other", () => {
  const alone = COMPUTATIONS.map((start) => runToEnd(start()));
  expect(interleaved(COMPUTATIONS.map((start) => start()))).toEqual(alone);
  // Something was found at all.
  expect(JSON.stringify(alone).length).toBeGreaterThan(10_000);
});

it("gives the same answers after one was broken off", () => {
  const alone = COMPUTATIONS.map((start) => runToEnd(start()));
  for (const start of COMPUTATIONS) {
    const computation = start();
    computation.next();
    computation.return(undefined);
  }
  expect(COMPUTATIONS.map((start) => runToEnd(start()))).toEqual(alone);
});
