// A graph as it stood before its newest projects: what suggestions are evaluated on. Whole projects are taken out, not single links:
// the other links of a project of 23 cities would foretell the one that is hidden.
import { DESIGNATION_KIND, kindPlaceOf } from "../../kinds";
import type { Adjacency } from "../affiliation-graph";
import { ALWAYS } from "../memory/days";
import { CITY_TYPE } from "../memory/traits";
import { eachBelow, type Steps } from "../computing/resumable";
import { SHARED_BY_AT_MOST } from "./profiles";

const PROJECT = kindPlaceOf("PROJECT");

/** Of a hundred projects whose beginning is known, how many of the newest are hidden. */
export const HIDDEN_SHARE = 0.2;
/** How many things are looked at before others have their turn: some milliseconds. */
const AT_ONCE = 5_000;

export interface HiddenProjects {
  /** the cities of each, in the order of their ids; the newest project first */
  projects: readonly { cities: readonly number[] }[];
  /** the day on which the first of them began; see memory/days.ts */
  begin: number;
}

/**
 * Takes the newest projects out of a graph, those of at least two cities and not too many, by the day on which they began, and
 * all of one day or none; with them everything else that began on the first of those days or later, designations aside: things, and parts
 * in older ones.
 * @param share of those projects, at least
 * @returns undefined where there are none
 */
export function* hideNewestProjects(
  adjacency: Adjacency,
  share: number = HIDDEN_SHARE,
): Steps<HiddenProjects | undefined> {
  const { things, incidences } = adjacency;
  const projects: { thing: number; begins: number; cities: number[] }[] = [];
  yield* eachBelow(things.size, AT_ONCE, (thing) => {
    if (incidences.kindOf(thing) !== PROJECT || incidences.sizeOf(thing) > SHARED_BY_AT_MOST) return;
    const begins = beginningOf(adjacency, thing);
    const cities = citiesOf(adjacency, thing);
    if (begins > ALWAYS && cities.length >= 2) projects.push({ thing, begins, cities });
  });
  projects.sort((a, b) => b.begins - a.begins || things.compare(a.thing, b.thing));
  const last = projects[Math.ceil(projects.length * share) - 1];
  if (last === undefined) return undefined;
  const hidden = projects.filter(({ begins }) => begins >= last.begins);
  yield* eachBelow(things.size, AT_ONCE, (thing) => {
    if (incidences.kindOf(thing) === DESIGNATION_KIND) return;
    if (beginningOf(adjacency, thing) >= last.begins) take(adjacency, thing);
    else incidences.removeParts(thing, last.begins);
  });
  return { projects: hidden, begin: last.begins };
}

function take(adjacency: Adjacency, thing: number): void {
  adjacency.incidences.removeParts(thing);
  adjacency.interests.set(thing, { goals: [], areas: [], fields: [] });
}

/** The first day on which somebody is known to have shared it. */
function beginningOf({ incidences: { ofThings } }: Adjacency, thing: number): number {
  let first = ALWAYS;
  ofThings.each(thing, (_partner, at) => {
    const since = ofThings.sinceAt(at);
    if (since > ALWAYS && (first === ALWAYS || since < first)) first = since;
  });
  return first;
}

function citiesOf({ incidences: { ofThings }, partners, traits }: Adjacency, thing: number): number[] {
  const cities = new Set<number>();
  ofThings.each(thing, (partner) => {
    if (traits.typeOf(partner) === CITY_TYPE) cities.add(partner);
  });
  return [...cities].sort((a, b) => partners.compare(a, b));
}
