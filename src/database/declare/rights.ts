// Who may do what to records, and who sees them, as declarations say it. The Secretariat may do everything and sees everything; a right says who
// else may.

/** Who holds a right: one of HOLDERS, or a party that the declaration of the record's type names. */
export type Right = readonly string[];

/** Who may hold a right over records of any type, in words for messages, for the schema and for docs/rights.md. */
export const HOLDERS = {
  AUTHORITY: "the one that the record belongs to (its authority)",
  PARTNER: "every city, network and organization with a key of its own",
} as const;

/** The Secretariat alone. */
export const SECRETARIAT: Right = [];
export const AUTHORITY: Right = ["AUTHORITY"];
export const PARTNER: Right = ["PARTNER"];

/** Who creates, updates and deletes records of a type. */
export interface RecordRights {
  create: Right;
  update: Right;
  delete: Right;
}

/** For the Secretariat alone. */
export const BY_SECRETARIAT: RecordRights = { create: SECRETARIAT, update: SECRETARIAT, delete: SECRETARIAT };
/** What others made themselves they change and take away again. */
export const BY_AUTHORITY: RecordRights = { create: AUTHORITY, update: AUTHORITY, delete: AUTHORITY };
/** What the Secretariat keeps a list of, and each of them writes of itself. */
export const UPDATED_BY_AUTHORITY: RecordRights = { create: SECRETARIAT, update: AUTHORITY, delete: SECRETARIAT };

/** Rows that not everybody sees. The Secretariat sees all. */
export interface Audience<Field extends string = string> {
  /** the references, or the id, that name who sees them */
  only: readonly Field[];
  /** which rows: those whose column holds the word, or does not; left out, all of them. Everybody sees the others */
  where?: { column: Field; is: string } | { column: Field; isNot: string };
}
