// The newest projects of a graph, which suggestions are evaluated on. Whole projects are hidden, not single links: the other links of a
// project of 23 cities would foretell the one that is hidden.
import { kindPlaceOf } from "../affiliation-kinds";
import { eachBelow, type Resumable } from "../computing/resumable";
import { ALWAYS } from "../memory/days";
import { CITY_TYPE } from "../memory/traits";
import type { GraphBefore } from "./graph-before";
import { SHARED_BY_AT_MOST } from "./profiles";

const PROJECT = kindPlaceOf("PROJECT");

/** Of a hundred projects whose beginning is known, how many of the newest are hidden. */
const HIDDEN_SHARE = 0.2;
/** How many records are looked at before others have their turn: some milliseconds. */
const AT_ONCE = 5_000;

export interface NewestProjects {
  /** the cities of each, in the order of their ids; the newest project first */
  projects: readonly { cities: readonly number[] }[];
  /** the day on which the first of them began; see memory/days.ts */
  begin: number;
}

/**
 * The newest projects of at least two cities and not too many, by the day on which they began: all of one day or none.
 * @param share of those projects, at least
 * @returns undefined where there are none
 */
export function* newestProjects(
  past: GraphBefore,
  share: number = HIDDEN_SHARE,
): Resumable<NewestProjects | undefined> {
  const { records, affiliations } = past.graph;
  const projects: { record: number; begins: number; cities: number[] }[] = [];
  yield* eachBelow(records.size, AT_ONCE, (record) => {
    if (affiliations.kindOf(record) !== PROJECT || past.sizeOf(record) > SHARED_BY_AT_MOST) return;
    const begins = past.beginningOf(record);
    const cities = citiesOf(past, record);
    if (begins > ALWAYS && cities.length >= 2) projects.push({ record, begins, cities });
  });
  projects.sort((a, b) => b.begins - a.begins || records.compare(a.record, b.record));
  const last = projects[Math.ceil(projects.length * share) - 1];
  if (last === undefined) return undefined;
  return { projects: projects.filter(({ begins }) => begins >= last.begins), begin: last.begins };
}

function citiesOf(past: GraphBefore, record: number): number[] {
  const { affiliations, partners, traits } = past.graph;
  const { ofRecords } = affiliations;
  const cities = new Set<number>();
  ofRecords.each(record, (partner, at) => {
    if (traits.typeOf(partner) === CITY_TYPE && past.counts(record, ofRecords.sinceAt(at))) cities.add(partner);
  });
  return [...cities].sort((a, b) => partners.compare(a, b));
}
