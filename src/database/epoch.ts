// The epoch outside of which a revision means nothing. A database that was restored may lack changes whose revisions
// were given out already: it must not give the same numbers again for others. So the counter remembers which database
// it counts for and in which table, and in any other it begins a new epoch.
import sql from "sql-template-tag";
import type { Session } from "./database";
import type { RevisionState } from "./read/revision";

/** What the counter says, and whether it counts for the table that it stands in. */
export interface Counter extends RevisionState {
  isOwn: boolean;
}

export async function readCounter(session: Session): Promise<Counter> {
  const [counter] = await session.query<Counter>(sql`
    SELECT epoch, revision, counted_in IS NOT DISTINCT FROM tableoid AS "isOwn" FROM revision_counter`);
  if (counter === undefined) throw new Error("the revision counter is gone");
  return counter;
}

/** What tells one data directory from a copy of it, where PostgreSQL inside cannot: see data-directory-witness.ts. */
export interface Witness {
  /** what the directory's witness says; undefined where there is none, or where it is itself a copy */
  found: string | undefined;
  /** what it shall say from now on */
  next: string;
}

/**
 * To be called at start, when the migrations are applied. A copy into another cluster or database is noticed by itself, so are tables that
 * were restored and a server that was promoted or recovered to a point in time; a server's data directory that was put back is not.
 * @returns whether a new epoch began
 */
export async function beginEpochIfRestored(session: Session, witness?: Witness): Promise<boolean> {
  const identity = await identityOf(session);
  const home = (said: string | undefined): string => (said === undefined ? identity : `${identity}:${said}`);
  const [counter] = await session.query<{ isNew: boolean }>(sql`
    UPDATE revision_counter c
    SET epoch = CASE WHEN before.home IS NULL OR before.stays THEN c.epoch ELSE gen_random_uuid() END,
      minted_by = CASE WHEN before.stays THEN c.minted_by END, home = ${home(witness?.next)}::text, counted_in = c.tableoid
    FROM (
      SELECT home, home = ${witness === undefined ? identity : home(witness.found ?? "")}::text AND counted_in IS NOT DISTINCT FROM tableoid AS stays
      FROM revision_counter FOR UPDATE
    ) before
    RETURNING before.home IS NOT NULL AND NOT before.stays AS "isNew"`);
  return counter?.isNew === true;
}

/** For a process whose tables were restored under it. The first writer does the same: see take_counter() in the migrations. */
export async function beginEpochIfNotOwn(session: Session): Promise<void> {
  await session.query(sql`SELECT take_counter()`);
}

/**
 * For a process that is told a lower revision than it was told before, in the same epoch: the database was put back under it. Asked again
 * under the counter's lock, so that a late answer begins nothing, and of many processes one begins the epoch.
 */
export async function beginEpochIfBehind(session: Session, { epoch, revision }: RevisionState): Promise<void> {
  await session.query(sql`
    UPDATE revision_counter SET epoch = gen_random_uuid(), minted_by = NULL
    WHERE epoch = ${epoch}::uuid AND revision < ${revision}::int8`);
}

/** For an operator who put back what nobody can notice. @returns the new epoch */
export async function beginEpoch(session: Session): Promise<string> {
  const [begun] = await session.query<{ epoch: string }>(
    sql`UPDATE revision_counter SET epoch = gen_random_uuid(), minted_by = NULL RETURNING epoch`,
  );
  if (begun === undefined) throw new Error("the revision counter is gone");
  return begun.epoch;
}

// The cluster's own identifier, its timeline (a new one after each promotion or recovery) and the database in it.
async function identityOf(session: Session): Promise<string> {
  const [row] = await session.query<{ identity: string }>(sql`
    SELECT concat_ws(':', s.system_identifier, c.timeline_id, d.oid) AS identity
    FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database()`);
  if (row === undefined) throw new Error("the database does not know itself");
  return row.identity;
}
