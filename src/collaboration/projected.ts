// A part of the graph in the form that the worker thread takes: dense numbers, and each thing with those who share it.
import type { Adjacency } from "./memory/adjacency";
import type { Projection } from "./measures/projection";
import type { Selection } from "./selection";
import type { Steps } from "./stepwise";

export interface Projected {
  projection: Projection;
  /** the number in the graph of each partner of the projection */
  partners: Int32Array;
}

const NONE = -1;
/** A millisecond or so. */
const THINGS_A_STEP = 4_000;

/** The partners and the incidences that the selection takes: a long walk along all of them. */
export function* project(selection: Selection): Steps<Projected> {
  const { adjacency } = selection;
  const partners: number[] = [];
  const placeOf = new Int32Array(adjacency.partners.size).fill(NONE);
  for (let partner = 0; partner < adjacency.partners.size; partner++) {
    if (!selection.takesPartner(partner)) continue;
    placeOf[partner] = partners.length;
    partners.push(partner);
  }
  yield;
  const { incidences, scratch, things } = adjacency;
  const members = new Uint32Array(incidences.size);
  const offsets: number[] = [0];
  const weights: number[] = [];
  let end = 0;
  for (let thing = 0; thing < things.size; thing++) {
    if (thing % THINGS_A_STEP === THINGS_A_STEP - 1) yield;
    const start = end;
    scratch.sharers.begin(adjacency.partners.size);
    selection.eachSharer(thing, (partner) => {
      const place = placeOf[partner] as number;
      if (place !== NONE && scratch.sharers.add(partner)) members[end++] = place;
    });
    // What one alone shares links nobody.
    if (end - start < 2) {
      end = start;
      continue;
    }
    offsets.push(end);
    weights.push(adjacency.weightOf(thing));
  }
  return {
    projection: {
      partnerCount: partners.length,
      offsets: Uint32Array.from(offsets),
      members: members.slice(0, end),
      weights: Float64Array.from(weights),
    },
    partners: Int32Array.from(partners),
  };
}

/** Four words for the id of each partner, by which ids are ordered. */
export function idWordsOf(adjacency: Adjacency, partners: Int32Array): Uint32Array {
  const words = new Uint32Array(partners.length * 4);
  partners.forEach((partner, place) => {
    adjacency.partners.copyWords(partner, words, place * 4);
  });
  return words;
}
