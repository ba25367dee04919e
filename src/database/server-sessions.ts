// Sessions of a server's pool, lent for a statement or for a transaction.
import type { Pool, PoolClient } from "pg";
import { ApiError } from "../kernel/errors";
import type { FairQueue } from "../kernel/fair-queue";
import type { Claim } from "./claim";
import type { Session } from "./database";
import type { PreparedStatements } from "./server-prepared";
import { runUnder } from "./server-statements";

/** How long a writer waits for the revision counter. */
const WRITE_LOCK_TIMEOUT_MS = 10_000;

/** Each statement in a turn of its own. */
export function inTurns(session: Session, lane: FairQueue, claim: Claim): Session {
  return {
    query: (statement) => lane.pass(claim, () => session.query(statement)),
    execute: (script) => lane.pass(claim, () => session.execute(script)),
  };
}

/** Sessions that statements share, and what each of them keeps prepared. */
export interface Sessions {
  pool: Pool;
  prepared: PreparedStatements;
}

/** Each statement on whatever session is free. */
export function sessionOf(sessions: Sessions, claim: Claim): Session {
  const { prepared } = sessions;
  return {
    query: (statement) =>
      lent(sessions, async (client) => {
        try {
          return await runUnder(client, prepared, statement, claim);
        } catch (error) {
          if (!prepared.areStale(error)) throw error;
          return runUnder(client, prepared, statement, claim);
        }
      }),
    execute: (script) => lent(sessions, (client) => sessionOn(client, prepared, claim).execute(script)),
  };
}

/** Every statement on the one session. */
function sessionOn(client: PoolClient, prepared: PreparedStatements, claim: Claim): Session {
  return {
    query: (statement) => runUnder(client, prepared, statement, claim),
    execute: async (script) => {
      claim.cancellation.throwIfCanceled();
      await client.query(script);
    },
  };
}

/** A writing transaction; see Database.write. */
export function writeOn<T>(
  sessions: Sessions,
  claim: Claim,
  actor: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return lent(sessions, async (client, discard) => {
    try {
      await client.query(`BEGIN; SET LOCAL lock_timeout = ${WRITE_LOCK_TIMEOUT_MS}`);
      await client.query({ name: "begin_write", text: "SELECT begin_write($1)", values: [actor] });
      const result = await work(sessionOn(client, sessions.prepared, claim));
      claim.cancellation.throwIfCanceled();
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(discard);
      throw error;
    }
  });
}

/** Takes a session from the pool and gives it back, unless the work discards it or it broke. */
async function lent<T>(
  { pool, prepared }: Sessions,
  work: (client: PoolClient, discard: () => void) => Promise<T>,
): Promise<T> {
  let client: PoolClient | undefined;
  let isBroken = false;
  const discard = (): void => {
    isBroken = true;
  };
  try {
    client = await pool.connect();
    // A session that breaks says so as an event too, which ends the process where nobody listens.
    client.on("error", discard);
    return await work(client, discard);
  } catch (error) {
    if (prepared.areStale(error)) {
      throw new ApiError("OVERLOADED", "the tables of the database were made anew: try again", "TABLES_REPLACED");
    }
    throw error;
  } finally {
    client?.off("error", discard);
    client?.release(isBroken);
  }
}
