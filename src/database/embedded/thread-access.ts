// Who may use the database's thread, and when: statements on their own take turns with transactions, and the statements of one transaction
// with each other.
import { FairQueue } from "../../kernel/fair-queue";
import type { Claim } from "../claim";
import type { DatabaseThread } from "./database-thread";
import { EmbeddedDatabaseError, threadLost } from "./database-error";
import type { LastingThread } from "./lasting-thread";
import type { StatementLimit } from "./statement-limit";

export interface ThreadAccess {
  /** Runs work that needs the thread to itself, in its turn. @throws the reason of the claim's cancellation */
  use<T>(claim: Claim, work: (thread: DatabaseThread) => Promise<T>): Promise<T>;
}

const WAITING_AT_MOST = 5_000;

/** One at a time, and those who wait take turns. */
function turnsOfOne(): FairQueue {
  return new FairQueue({
    capacity: 1,
    perCaller: 1,
    waitingAtMost: WAITING_AT_MOST,
    waitingPerCaller: WAITING_AT_MOST,
    refusal: { reason: "DATABASE_BUSY", message: "the database has too much to do: try again" },
  });
}

/** Of all that share the one session: what waits for it while the thread is opened anew is run afterwards. */
export class SharedAccess implements ThreadAccess {
  private readonly turns = turnsOfOne();

  constructor(private readonly lasting: LastingThread) {}

  async use<T>(claim: Claim, work: (thread: DatabaseThread) => Promise<T>): Promise<T> {
    const { thread, release } = await this.hold(claim);
    try {
      return await work(thread);
    } catch (error) {
      claim.cancellation.throwIfCanceled();
      throw error;
    } finally {
      release();
    }
  }

  /** Until it is released, nobody else has the thread. @throws as use() does, and as LastingThread.get() does */
  async hold(claim: Claim): Promise<{ thread: DatabaseThread; release: () => void }> {
    const release = await this.turns.enter(claim);
    try {
      return { thread: await this.lasting.get(), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Waits for its turn under the claim, and closes the database. Who comes later hears 57P01. */
  async close(claim: Claim): Promise<void> {
    const release = await this.turns.enter(claim);
    try {
      await this.lasting.close();
    } finally {
      release();
    }
  }
}

/** Of a transaction: from its first statement on it has the thread, and it ends with it. */
export class TransactionAccess implements ThreadAccess {
  private readonly turns = turnsOfOne();
  private readonly limit: StatementLimit;
  private endedBy: Error | undefined;
  private isReleased = false;
  private idle: NodeJS.Timeout | undefined;

  private constructor(
    private readonly claim: Claim,
    private readonly thread: DatabaseThread,
    private readonly release: () => void,
    timeoutMs: number,
    private readonly idleTimeoutMs: number,
  ) {
    this.limit = { timeoutMs };
  }

  /**
   * @param timeoutMs of BEGIN and of its end; 0 is none
   * @param idleTimeoutMs how long it may wait for its next statement until it is rolled back (SQLSTATE 25P03); 0 is without end
   */
  static async begin(
    shared: SharedAccess,
    claim: Claim,
    timeoutMs: number,
    idleTimeoutMs: number,
  ): Promise<TransactionAccess> {
    const { thread, release } = await shared.hold(claim);
    const transaction = new TransactionAccess(claim, thread, release, timeoutMs, idleTimeoutMs);
    try {
      await thread.script("BEGIN", transaction.limit);
    } catch (error) {
      release();
      throw error;
    }
    transaction.waitForNext();
    return transaction;
  }

  async use<T>(claim: Claim, work: (thread: DatabaseThread) => Promise<T>): Promise<T> {
    const releaseTurn = await this.turns.enter(claim);
    clearTimeout(this.idle);
    try {
      if (this.endedBy !== undefined) throw this.endedBy;
      return await work(this.thread);
    } catch (error) {
      // Whatever comes after is lost for the same reason.
      if (this.thread.isEnded) this.endedBy ??= error as Error;
      claim.cancellation.throwIfCanceled();
      throw error;
    } finally {
      this.waitForNext();
      releaseTurn();
    }
  }

  /** @throws 25P02 where a statement failed before, 08006 where it is not known whether it was done; else as use() does */
  async commit(): Promise<void> {
    const committed = new Error("the transaction is committed");
    const [tag] = await this.end(committed, async (thread) => {
      try {
        return await thread.script("COMMIT", this.limit);
      } catch (error) {
        // The last that reached the disk may say that it is committed.
        throw thread.isEnded ? threadLost(error) : error;
      }
    });
    if (tag === "ROLLBACK") {
      const message = "the transaction was rolled back: a statement in it had failed";
      throw new EmbeddedDatabaseError({ code: "25P02", message });
    }
  }

  /** Does nothing where it has ended. Never rejects. @param why what those hear who go on with it */
  async rollback(why = new Error("the transaction is rolled back")): Promise<void> {
    await this.end(why, async (thread) => {
      try {
        await thread.script("ROLLBACK", this.limit);
      } catch (error) {
        // The next one must not find itself in this transaction.
        await thread.end(threadLost(error));
      }
    }).catch(() => undefined);
  }

  /** @throws why it had ended before, where it had */
  private async end<T>(why: Error, work: (thread: DatabaseThread) => Promise<T>): Promise<T> {
    // Also of a claim that is aborted: the transaction has an end all the same.
    const releaseTurn = await this.turns.enter({ caller: this.claim.caller, work: this.claim.work });
    clearTimeout(this.idle);
    try {
      if (this.endedBy !== undefined) throw this.endedBy;
      this.endedBy = why;
      return await work(this.thread);
    } finally {
      this.releaseOnce();
      releaseTurn();
    }
  }

  private releaseOnce(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.release();
  }

  private waitForNext(): void {
    if (this.endedBy !== undefined || this.idleTimeoutMs === 0) return;
    this.idle = setTimeout(() => {
      const message = `the transaction waited for more than ${this.idleTimeoutMs} ms for its next statement`;
      void this.rollback(new EmbeddedDatabaseError({ code: "25P03", message }));
    }, this.idleTimeoutMs);
    this.idle.unref();
  }
}
