// One order for a projection, whatever order it was read in: server processes number partners and records as they learn of them, and
// their measures shall be the same to the last digit.
import { compareIds } from "../memory/id-table";
import { recordsByPartner, type Projection } from "./projection";

export interface Ordered {
  projection: Projection;
  /** the number that each partner has in it, by the one that it had before */
  placeOf: Uint32Array;
}

/**
 * The same projection with partners in the order of their ids, the members of each record so too, and records in the order of their
 * members. Records that are alike in all of it can stand in any order: nothing follows from which of them is which.
 *
 * @param ids four words of each partner's id
 */
export function inOrderOfIds(projection: Projection, ids: Uint32Array): Ordered {
  const partners = Uint32Array.from({ length: projection.partnerCount }, (_, partner) => partner);
  partners.sort((a, b) => compareIds(ids, a, b));
  const placeOf = new Uint32Array(partners.length);
  partners.forEach((partner, place) => (placeOf[partner] = place));
  return { projection: withRecordsInOrder(withPartners(projection, partners)), placeOf };
}

/** Partners numbered by their places in a list. Read partner by partner, records get their members in order without being sorted. */
function withPartners(projection: Projection, partners: Uint32Array): Projection {
  const { offsets, records } = recordsByPartner(projection);
  const next = projection.offsets.slice();
  const members = new Uint32Array(projection.members.length);
  partners.forEach((partner, place) => {
    for (const record of records.subarray(offsets[partner], offsets[partner + 1])) {
      members[next[record] as number] = place;
      (next[record] as number) += 1;
    }
  });
  return { ...projection, members };
}

function withRecordsInOrder(projection: Projection): Projection {
  const { partnerCount, offsets, members, weights } = projection;
  const order = Uint32Array.from(weights.keys()).sort((a, b) => compareRecords(projection, a, b));
  const ordered = { offsets: new Uint32Array(offsets.length), members: new Uint32Array(members.length) };
  let end = 0;
  order.forEach((record, place) => {
    ordered.members.set(members.subarray(offsets[record], offsets[record + 1]), end);
    end += lengthOf(projection, record);
    ordered.offsets[place + 1] = end;
  });
  return { partnerCount, ...ordered, weights: Float64Array.from(order, (record) => weights[record] as number) };
}

/** By their members, one after the other, then by how many there are, then by weight. */
function compareRecords(projection: Projection, a: number, b: number): number {
  const { offsets, members, weights } = projection;
  const [startOfA, startOfB] = [offsets[a] as number, offsets[b] as number];
  const [lengthOfA, lengthOfB] = [lengthOf(projection, a), lengthOf(projection, b)];
  for (let at = 0; at < lengthOfA && at < lengthOfB; at++) {
    const difference = (members[startOfA + at] as number) - (members[startOfB + at] as number);
    if (difference !== 0) return difference;
  }
  return lengthOfA - lengthOfB || (weights[a] as number) - (weights[b] as number);
}

function lengthOf({ offsets }: Projection, record: number): number {
  return (offsets[record + 1] as number) - (offsets[record] as number);
}
