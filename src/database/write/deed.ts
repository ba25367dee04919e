// One write in its transaction, as the rules and verbs of the rooms see it: who writes, what day it is, and the session that
// everything is read and written by. Rules say what may be written beside what the database holds by constraints; verbs are what
// a domain does that is more than to create, change or delete.
import type { Column } from "../declare/column";
import type { RecordType, Reference } from "../declare/record-type";
import type { Session } from "../database";
import type { ReadContext } from "../read/context";
import type { RecordRow } from "../read/row";
import type { Values } from "./write-record";

export interface Deed {
  readonly session: Session;
  readonly read: ReadContext;
  /** the instant that the request was made at, in UTC */
  readonly now: string;
}

/** What a write is about to make of a record: before is missing for a new one, after for one that goes. */
export interface Change {
  before?: RecordRow;
  /** the whole row as it will be */
  after?: Values;
  /** the values that are written */
  values: Values;
}

export interface WriteRules {
  on: RecordType;
  /** the values that a new record begins with and that no input gives */
  begin?: (deed: Deed, values: Values) => Values | Promise<Values>;
  /** what else must hold before it is written. @throws Refused */
  check?: (deed: Deed, change: Change) => void | Promise<void>;
  /** what comes with a new record */
  created?: (deed: Deed, id: string) => Promise<void>;
}

/** What a verb takes beside the record that it is done to, declared as columns and references are. */
export interface VerbInputs {
  columns?: Readonly<Record<string, Column>>;
  references?: Readonly<Record<string, Reference>>;
}

export interface Verb {
  /** the mutation: `submitApplication` */
  name: string;
  /** the type of the record that it is done to, and whose holders hold the right */
  on: RecordType;
  /** the type of the record that it answers with; that it is done to, where not given */
  gives?: RecordType;
  description: string;
  takes?: VerbInputs;
  /**
   * @param target the record as it stands
   * @param given the values of the inputs by their names, references as UUIDs; null where left out
   * @returns the UUID of the record that it answers with
   * @throws Refused
   */
  act: (deed: Deed, target: RecordRow, given: Values) => Promise<string>;
}
