// The thread of the embedded database, opened anew whenever it ends: a statement ran past its limit, or the database failed.
import type { DatabaseThread } from "./database-thread";
import { EmbeddedDatabaseError, threadLost } from "./database-error";

/** How long nobody tries again after it did not open, in milliseconds. */
const RETRY_AFTER_MS = 1_000;

export class LastingThread {
  private current: Promise<DatabaseThread> | undefined;
  private failure: unknown;
  private isClosed = false;

  /**
   * @param open opens a thread
   * @param onOpened prepares each thread before anybody else has it
   */
  constructor(
    private readonly open: () => Promise<DatabaseThread>,
    private readonly onOpened: (thread: DatabaseThread) => Promise<void>,
  ) {}

  /** Opens the first thread. @throws what PGlite says where it does not open */
  async start(): Promise<void> {
    await this.opened();
  }

  /**
   * The thread, as soon as there is one.
   * @throws EmbeddedDatabaseError 08006 where it does not open, and for a second after that; 57P01 after close()
   */
  async get(): Promise<DatabaseThread> {
    if (this.isClosed) throw new EmbeddedDatabaseError({ code: "57P01", message: "the database is closed" });
    if (this.failure !== undefined) throw threadLost(this.failure);
    try {
      return await this.opened();
    } catch (cause) {
      throw threadLost(cause);
    }
  }

  /** Nobody may use the thread any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    const thread = await this.current?.catch(() => undefined);
    await thread?.close();
  }

  private opened(): Promise<DatabaseThread> {
    this.current ??= this.openNext();
    return this.current;
  }

  private async openNext(): Promise<DatabaseThread> {
    try {
      const thread = await this.open();
      await this.onOpened(thread);
      void thread.ended.then(() => {
        this.current = undefined;
        // At once, and not when somebody asks: who listens is told what was missed.
        if (!this.isClosed) this.opened().catch(() => undefined);
      });
      return thread;
    } catch (cause) {
      this.current = undefined;
      this.failure = cause;
      setTimeout(() => {
        this.failure = undefined;
      }, RETRY_AFTER_MS).unref();
      throw cause;
    }
  }
}
