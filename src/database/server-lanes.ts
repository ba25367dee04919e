// Who may use the sessions of a server's pool. Each lane has its own share: whatever fills one, the others go on.
import { FairQueue } from "../kernel/fair-queue";

export interface Lanes {
  /** statements that read */
  reads: FairQueue;
  /** transactions that write */
  writes: FairQueue;
  /** what keeps the server itself alive */
  reserve: FairQueue;
}

/** One writes, the next has its session and waits for the lock; the rest wait without one, and leave the pool to readers. */
const WRITERS_AT_MOST = 2;
const WAITING_AT_MOST = 5_000;
/** How long one waits for a session, in milliseconds. */
const TURN_WITHIN_MS = 10_000;

/** @param poolSize sessions in all, 2 or more */
export function lanesOf(poolSize: number): Lanes {
  const writers = Math.min(WRITERS_AT_MOST, poolSize - 1);
  const readers = Math.max(1, poolSize - writers - 1);
  return {
    // No caller has more than half: a statement that runs cannot be sent back to wait.
    reads: laneOf(readers, Math.ceil(readers / 2), {
      reason: "DATABASE_BUSY",
      message: "the database has too much to do: try again",
    }),
    writes: laneOf(writers, writers, { reason: "TOO_MANY_WRITERS", message: "too many write at once: try again" }),
    reserve: laneOf(1, 1, { reason: "DATABASE_BUSY", message: "the database does not answer in time: try again" }),
  };
}

function laneOf(capacity: number, perCaller: number, refusal: { reason: string; message: string }): FairQueue {
  return new FairQueue({
    capacity,
    perCaller,
    waitingAtMost: WAITING_AT_MOST,
    waitingPerCaller: WAITING_AT_MOST,
    waitMs: TURN_WITHIN_MS,
    refusal,
  });
}
