// What things take, in units of 10 microseconds of CPU, PostgreSQL's and this program's together: measured by bench/cost.mjs on 20,000
// cities and set so that nothing takes much more than it counts. Where the two backends differ, the slower one counts.
import type { Work } from "../../database/declare/codec";

/** A statement: made, sent, planned and run, and its answer handed on. */
export const STATEMENT = 60;
/** A field of a mutation: it holds the one lock that all writers queue for. */
export const WRITE = 1_000;

/** What an answer is made of. */
export const ANSWER = {
  /** a record: its row is read whole, sent, parsed and resolved */
  record: 4.5,
  /** any other object */
  object: 1,
  /** a field that an object has */
  leaf: 0.3,
  /** a field that is worked out by a function of its own */
  resolved: 0.8,
  /** a cursor of an edge */
  cursor: 1.2,
};

/** What is done for each row that a statement looks at. */
export const ROW = {
  /** read, one after the other */
  scanned: 0.03,
  /** found by an index, row by row */
  found: 0.2,
  /** compared in a column */
  compared: 0.03,
  /** of a list of values each one */
  listed: 0.0015,
  /** a date that may be known in part, or a beginning and an end, compared with a day */
  dated: 0.07,
  /** a text folded, and each byte of it */
  folded: 0.8,
  foldedByte: 0.007,
  /** each byte of a text that is looked through */
  searchedByte: 0.001,
  /** a distance on earth */
  distance: 0.8,
  /** looked for in a set */
  probed: 0.03,
  /** sorted */
  sorted: 0.05,
};

const WORK: Readonly<Record<Work, (bytes: number) => number>> = {
  none: () => ROW.compared,
  fold: (bytes) => ROW.folded + bytes * ROW.foldedByte,
  firstDay: () => ROW.dated,
};

/** A value of so many bytes that is sorted or compared, with what is done to it first. */
export function workPrice(work: Work, bytes: number): number {
  return WORK[work](bytes);
}

/** What a relation in a filter takes. */
export const RELATION = {
  /** planned, once for a statement */
  planned: 30,
  /** a view: it is planned with all that it is made of */
  viewPlanned: 400,
  /** asked of a row by itself */
  asked: 0.3,
  /** the same of a view */
  viewAsked: 4,
  /** each row of it that is looked at so */
  rowAsked: 0.3,
  /** each row of it where the set is made of all */
  rowGathered: 0.08,
  /** the same of a view */
  viewRowGathered: 0.8,
};
