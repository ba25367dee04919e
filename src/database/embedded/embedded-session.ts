// Statements on the embedded database: the session that the rest of the code knows, with a limit of its own for each statement where wanted.
import type { Sql } from "sql-template-tag";
import type { Session } from "../database";
import type { ThreadAccess } from "./thread-access";

export interface RunOptions {
  /**
   * Aborted, the statement leaves the queue at once; one that runs is left to its limit for a second, and then ended with the thread. It
   * then throws SQLSTATE 57014, with the signal's reason as the cause.
   */
  signal?: AbortSignal;
  /** instead of the session's own, in milliseconds; 0 is none */
  timeoutMs?: number;
}

export interface EmbeddedSession extends Session {
  /** query(), with more said about it. */
  run<Row extends object>(statement: Sql, options: RunOptions): Promise<Row[]>;
}

/** @param timeoutMs how long each statement may run; 0 is without end */
export function sessionOver(access: ThreadAccess, timeoutMs: number): EmbeddedSession {
  const run = <Row extends object>({ text, values }: Sql, options: RunOptions): Promise<Row[]> => {
    const { signal } = options;
    const limit = { timeoutMs: options.timeoutMs ?? timeoutMs, signal };
    return access.use(signal, (thread) => thread.query<Row>(text, values, limit));
  };
  return {
    run,
    query: (statement) => run(statement, {}),
    execute: async (script) => {
      await access.use(undefined, (thread) => thread.script(script, { timeoutMs }));
    },
  };
}
