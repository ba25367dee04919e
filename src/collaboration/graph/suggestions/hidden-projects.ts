// A graph as it stood before its newest projects: what suggestions are evaluated on. Whole projects are taken out, not single links:
// the other links of a project of 23 cities would foretell the one that is hidden.
import { DESIGNATION_KIND, kindPlaceOf } from "../affiliation-kinds";
import type { AffiliationGraph } from "../affiliation-graph";
import { ALWAYS } from "../memory/days";
import { CITY_TYPE } from "../memory/traits";
import { eachBelow, type Resumable } from "../computing/resumable";
import { SHARED_BY_AT_MOST } from "./profiles";

const PROJECT = kindPlaceOf("PROJECT");

/** Of a hundred projects whose beginning is known, how many of the newest are hidden. */
export const HIDDEN_SHARE = 0.2;
/** How many records are looked at before others have their turn: some milliseconds. */
const AT_ONCE = 5_000;

export interface HiddenProjects {
  /** the cities of each, in the order of their ids; the newest project first */
  projects: readonly { cities: readonly number[] }[];
  /** the day on which the first of them began; see memory/days.ts */
  begin: number;
}

/**
 * Takes the newest projects out of a graph, those of at least two cities and not too many, by the day on which they began, and
 * all of one day or none; with them everything else that began on the first of those days or later, designations aside: records, and affiliations
 * with older ones.
 * @param share of those projects, at least
 * @returns undefined where there are none
 */
export function* hideNewestProjects(
  graph: AffiliationGraph,
  share: number = HIDDEN_SHARE,
): Resumable<HiddenProjects | undefined> {
  const { records, affiliations } = graph;
  const projects: { record: number; begins: number; cities: number[] }[] = [];
  yield* eachBelow(records.size, AT_ONCE, (record) => {
    if (affiliations.kindOf(record) !== PROJECT || affiliations.sizeOf(record) > SHARED_BY_AT_MOST) return;
    const begins = beginningOf(graph, record);
    const cities = citiesOf(graph, record);
    if (begins > ALWAYS && cities.length >= 2) projects.push({ record, begins, cities });
  });
  projects.sort((a, b) => b.begins - a.begins || records.compare(a.record, b.record));
  const last = projects[Math.ceil(projects.length * share) - 1];
  if (last === undefined) return undefined;
  const hidden = projects.filter(({ begins }) => begins >= last.begins);
  yield* eachBelow(records.size, AT_ONCE, (record) => {
    if (affiliations.kindOf(record) === DESIGNATION_KIND) return;
    if (beginningOf(graph, record) >= last.begins) take(graph, record);
    else affiliations.removeAllOf(record, last.begins);
  });
  return { projects: hidden, begin: last.begins };
}

function take(graph: AffiliationGraph, record: number): void {
  graph.affiliations.removeAllOf(record);
  graph.interests.set(record, { goals: [], areas: [], fields: [] });
}

/** The first day on which somebody is known to have shared it. */
function beginningOf({ affiliations: { ofRecords } }: AffiliationGraph, record: number): number {
  let first = ALWAYS;
  ofRecords.each(record, (_partner, at) => {
    const since = ofRecords.sinceAt(at);
    if (since > ALWAYS && (first === ALWAYS || since < first)) first = since;
  });
  return first;
}

function citiesOf({ affiliations: { ofRecords }, partners, traits }: AffiliationGraph, record: number): number[] {
  const cities = new Set<number>();
  ofRecords.each(record, (partner) => {
    if (traits.typeOf(partner) === CITY_TYPE) cities.add(partner);
  });
  return [...cities].sort((a, b) => partners.compare(a, b));
}
