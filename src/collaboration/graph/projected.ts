// A part of the graph in the form that the worker thread takes: dense numbers, and each record with those who share it.
import type { Projection } from "./measures/projection";
import { ID_WORDS } from "./memory/id-table";
import type { Selection } from "./selection";
import { eachBelow, type Resumable } from "./computing/resumable";

export interface Projected {
  projection: Projection;
  /** the number in the graph of each partner of the projection */
  partners: Int32Array;
  /** four words of each partner's id, by which ids are ordered */
  ids: Uint32Array;
}

const NONE = -1;
/** A millisecond or so. */
const THINGS_A_STEP = 4_000;
const PARTNERS_A_STEP = 20_000;

/** The partners and the affiliations that the selection takes: a long walk along all of them. */
export function* project(selection: Selection): Resumable<Projected> {
  const { graph } = selection;
  const partners: number[] = [];
  const placeOf = new Int32Array(graph.partners.size).fill(NONE);
  yield* eachBelow(graph.partners.size, PARTNERS_A_STEP, (partner) => {
    if (!selection.takesPartner(partner)) return;
    placeOf[partner] = partners.length;
    partners.push(partner);
  });
  yield;
  const { affiliations, workspaces, records } = graph;
  using sharers = workspaces.visitedSet(graph.partners.size);
  const members = new Uint32Array(affiliations.size);
  const offsets: number[] = [0];
  const weights: number[] = [];
  let end = 0;
  yield* eachBelow(records.size, THINGS_A_STEP, (record) => {
    const start = end;
    sharers.clear(graph.partners.size);
    selection.eachSharer(record, (partner) => {
      const place = placeOf[partner] as number;
      if (place !== NONE && sharers.add(partner)) members[end++] = place;
    });
    // What one alone shares links nobody.
    if (end - start < 2) {
      end = start;
      return;
    }
    offsets.push(end);
    weights.push(graph.weightOf(record));
  });
  yield;
  const ids = new Uint32Array(partners.length * ID_WORDS);
  yield* eachBelow(partners.length, PARTNERS_A_STEP, (place) => {
    graph.partners.copyWords(partners[place] as number, ids, place * ID_WORDS);
  });
  return {
    projection: {
      partnerCount: partners.length,
      offsets: Uint32Array.from(offsets),
      members: members.slice(0, end),
      weights: Float64Array.from(weights),
    },
    partners: Int32Array.from(partners),
    ids,
  };
}
