// When a statement that runs is ended: it ran past its limit, or its caller left. The thread is ended with it and the database opened anew,
// which takes about as long as a statement of a second: one that may soon be done is waited for, whoever left.
import type { Cancellation } from "../../kernel/cancellation";
import { canceled, type EmbeddedDatabaseError } from "./database-error";

export interface StatementLimit {
  /** in milliseconds; 0 is none */
  timeoutMs: number;
  /** Whose answer nobody waits for any more. */
  cancellation?: Cancellation | undefined;
}

export const NO_LIMIT: StatementLimit = { timeoutMs: 0 };

const RUNS_ON_WITHOUT_CALLER_MS = 1_000;

/**
 * Watches a statement that begins now.
 * @param onOverdue is called once at most
 * @returns stops watching
 */
export function watchStatement(
  { timeoutMs, cancellation }: StatementLimit,
  onOverdue: (why: EmbeddedDatabaseError) => void,
): () => void {
  const timers = new Set<NodeJS.Timeout>();
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    for (const timer of timers) clearTimeout(timer);
    cancellation?.unlisten(onCancel);
  };
  const after = (delayMs: number, why: () => EmbeddedDatabaseError): void => {
    const timer = setTimeout(() => {
      // Where something else held the event loop, the answer may be there and not yet read: timers come first in a turn.
      setImmediate(() => {
        if (isOver) return;
        stop();
        onOverdue(why());
      });
    }, delayMs);
    timers.add(timer);
  };
  const begun = performance.now();
  const onCancel = (): void => {
    after(begun + RUNS_ON_WITHOUT_CALLER_MS - performance.now(), () => callerLeft(cancellation));
  };
  if (timeoutMs > 0) after(timeoutMs, () => canceled(`it ran for more than ${timeoutMs} ms`));
  if (cancellation?.isCanceled === true) onCancel();
  else cancellation?.listen(onCancel);
  return stop;
}

export function callerLeft(cancellation: Cancellation | undefined): EmbeddedDatabaseError {
  return canceled("its caller waits for it no longer", cancellation?.reason);
}
