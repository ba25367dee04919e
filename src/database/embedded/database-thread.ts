// The thread that the embedded database runs in, seen from outside. A statement there cannot be stopped: the thread is ended instead, as a
// process is that is killed. What was committed is on the disk then, and nothing else is.
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { DriverAdapterError, type SqlQuery } from "@prisma/driver-adapter-utils";
import { EmbeddedDatabaseError, threadLost } from "./database-error";
import { callerLeft, NO_LIMIT, watchStatement, type StatementLimit } from "./statement-limit";
import type { Notification, Reply, Request, ThreadSettings } from "./thread-entry";

interface UnderWay {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
  stopWatching: () => void;
}

type OnNotification = (channel: string, payload: string) => void;

/** One call at a time, but for end(). It holds the process while it works, and not while it waits for a call. */
export class DatabaseThread {
  /** Resolves when the thread is gone, for whatever reason. */
  readonly ended: Promise<void>;
  private underWay: UnderWay | undefined;
  private endedBy: Error | undefined;

  private constructor(
    private readonly worker: Worker,
    private readonly isOnDisk: boolean,
    onNotification: OnNotification,
  ) {
    let cause: unknown;
    worker.on("message", (message: Reply | Notification) => {
      if (message.kind === "notification") onNotification(message.channel, message.payload);
      else this.settle(({ resolve }) => resolve(message));
    });
    // Out of memory, say; it ends then.
    worker.on("error", (error) => (cause = error));
    worker.on("messageerror", (error) => void this.end(threadLost(error)));
    this.ended = new Promise((gone) => {
      worker.on("exit", () => {
        const error = (this.endedBy ??= threadLost(cause));
        this.settle(({ reject }) => reject(error));
        gone();
      });
    });
  }

  /**
   * @param file the compiled thread-entry.ts
   * @throws what PGlite says where it does not open
   */
  static async open(file: string, settings: ThreadSettings, onNotification: OnNotification): Promise<DatabaseThread> {
    const thread = new DatabaseThread(
      new Worker(file, { workerData: settings }),
      settings.directory !== undefined,
      onNotification,
    );
    try {
      await thread.answerTo(undefined, NO_LIMIT);
    } catch (error) {
      await thread.worker.terminate();
      throw error;
    }
    return thread;
  }

  /**
   * The rows of one statement. Many come in portions, between which the event loop turns.
   * @param onRead told of each value, by the length of its text; where it throws, the rest is not read
   * @throws EmbeddedDatabaseError what the database refuses; 57014 past the limit, 08006 where the thread ended
   */
  async query<Row extends object>(
    text: string,
    values: unknown[],
    limit: StatementLimit,
    onRead: (characters: number) => void,
  ): Promise<Row[]> {
    let reply = await this.answerTo({ kind: "query", text, values }, limit);
    const rows: object[][] = [];
    while (reply.kind === "rows") {
      for (const row of reply.rows) countCharacters(row, onRead);
      rows.push(reply.rows);
      if (!reply.more) return rows.flat() as Row[];
      await turnOfTheLoop();
      if (limit.cancellation?.isCanceled === true) throw callerLeft(limit.cancellation);
      reply = await this.answerTo({ kind: "next" }, NO_LIMIT);
    }
    throw unexpected(reply);
  }

  /** Several statements without parameters. @returns their command tags @throws as query() does */
  async script(script: string, limit: StatementLimit): Promise<string[]> {
    const reply = await this.answerTo({ kind: "script", script }, limit);
    if (reply.kind !== "commands") throw unexpected(reply);
    return reply.commands;
  }

  /** What Prisma's driver adapter makes of a statement. @throws DriverAdapterError, and as query() does */
  async adapted(operation: "queryRaw" | "executeRaw", query: SqlQuery, limit: StatementLimit): Promise<unknown> {
    const reply = await this.answerTo({ kind: "adapter", operation, query }, limit);
    if (reply.kind !== "adapted") throw unexpected(reply);
    return reply.answer;
  }

  get isEnded(): boolean {
    return this.endedBy !== undefined;
  }

  /** Closes the database in an orderly way, and ends the thread. */
  async close(): Promise<void> {
    try {
      if (this.isOnDisk && !this.isEnded) await this.answerTo({ kind: "close" }, NO_LIMIT);
    } finally {
      await this.end(threadLost());
    }
  }

  /** Ends the thread at once, whatever it does. @param why what those hear who wait for it, or call it later */
  async end(why: Error): Promise<void> {
    this.endedBy ??= why;
    await this.worker.terminate();
  }

  private async answerTo(request: Request | undefined, limit: StatementLimit): Promise<Reply> {
    const reply = await this.exchange(request, limit);
    // Made here and not where the message comes in: so the error's stack says who asked.
    if (reply.kind === "failed") throw new EmbeddedDatabaseError(reply.error);
    if (reply.kind === "adapterFailed") throw new DriverAdapterError(reply.cause);
    return reply;
  }

  private exchange(request: Request | undefined, limit: StatementLimit): Promise<Reply> {
    if (this.endedBy !== undefined) return Promise.reject(this.endedBy);
    if (this.underWay !== undefined) return Promise.reject(new Error("the thread is asked one thing at a time"));
    return new Promise((resolve, reject) => {
      // Where a value cannot be sent, this throws, and nothing is under way.
      if (request !== undefined) this.worker.postMessage(request);
      this.worker.ref();
      const stopWatching = watchStatement(limit, (why) => void this.end(why));
      this.underWay = { resolve, reject, stopWatching };
    });
  }

  private settle(answer: (underWay: UnderWay) => void): void {
    const { underWay } = this;
    if (underWay === undefined) return;
    this.underWay = undefined;
    underWay.stopWatching();
    this.worker.unref();
    answer(underWay);
  }
}

/** Of what is no text, whatever it is, a few. */
const CHARACTERS_OF_A_NUMBER = 8;

function countCharacters(row: object, onRead: (characters: number) => void): void {
  for (const value of Object.values(row) as unknown[]) {
    if (value !== null) onRead(typeof value === "string" ? value.length : CHARACTERS_OF_A_NUMBER);
  }
}

function unexpected(reply: Reply): Error {
  return new Error(`the thread of the embedded database answered with ${reply.kind}`);
}
