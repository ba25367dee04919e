// One write in its transaction, as rules and commands see it: who writes, what day it is, and the session that everything is read and
// written by.
import type { Session } from "../database";
import type { ReadContext } from "../read/context";

export interface WriteContext {
  readonly session: Session;
  readonly read: ReadContext;
  /** the instant that the request was made at, in UTC */
  readonly now: string;
}
