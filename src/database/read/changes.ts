// The log from a revision on, oldest first: what whoever keeps a copy of records reads to stay in step.
import sql from "sql-template-tag";
import type { Session } from "../database";

/** A place in the log; every entry after it is newer. */
export interface LogPosition {
  revision: string;
  ordinal: number;
}

export interface RecordChange extends LogPosition {
  recordId: string;
  type: string;
  operation: "UPSERT" | "DELETE";
  /** each changed field by its name in the database, before and after; null for "not there" */
  changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** Before the first entry of the revision after this one. */
export function afterRevision(revision: string): LogPosition {
  return { revision, ordinal: 2 ** 31 - 1 };
}

/**
 * The changes of records of some types after a place in the log, up to a revision and with it.
 * @param limit how many at most; where so many come, more may follow
 */
export function changesAfter(
  session: Session,
  after: LogPosition,
  upTo: string,
  types: readonly string[],
  limit: number,
): Promise<RecordChange[]> {
  return session.query<RecordChange>(sql`
    SELECT revision, ordinal, record_id AS "recordId", type, operation, changes FROM change_log
    WHERE (revision, ordinal) > (${after.revision}::int8, ${after.ordinal}::int4) AND revision <= ${upTo}::int8
      AND type = ANY (${types}::text[])
    ORDER BY revision, ordinal LIMIT ${limit}`);
}

/** Whether a change is of a record of the type, and of one of the fields, by their names in the database. */
export function isOf({ type, changes }: RecordChange, name: string, fields: readonly string[]): boolean {
  return type === name && fields.some((field) => field in changes);
}
