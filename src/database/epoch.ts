// The epoch outside of which a revision means nothing. A database that was restored may lack changes whose revisions
// were given out already: it must not give the same numbers again for others. So the counter remembers which database
// it counts for, and in any other one it begins a new epoch.
import sql from "sql-template-tag";
import type { Database } from "./database";

/**
 * To be called at start, when the migrations are applied. A copy into another cluster or database is noticed by itself,
 * and so is a server that was promoted or recovered to a point in time; a data directory that was put back is not.
 * @returns whether a new epoch began
 */
export async function beginEpochIfRestored(database: Database): Promise<boolean> {
  const home = await identityOf(database);
  const [changed] = await database.query<{ isNew: boolean }>(sql`
    UPDATE revision_counter c
    SET epoch = CASE WHEN c.home IS NULL THEN c.epoch ELSE gen_random_uuid() END, home = ${home}::text, minted_by = NULL
    FROM revision_counter before
    WHERE c.home IS DISTINCT FROM ${home}::text
    RETURNING before.home IS NOT NULL AS "isNew"`);
  return changed?.isNew === true;
}

// The cluster's own identifier, its timeline (a new one after each promotion or recovery) and the database in it.
async function identityOf(database: Database): Promise<string> {
  const [row] = await database.query<{ identity: string }>(sql`
    SELECT concat_ws(':', s.system_identifier, c.timeline_id, d.oid) AS identity
    FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database()`);
  if (row === undefined) throw new Error("the database does not know itself");
  return row.identity;
}
