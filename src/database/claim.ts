// On whose behalf statements run. Those of one claim take turns with those of others, and end with what they are for.
import { setMaxListeners } from "node:events";
import type { Work } from "../kernel/fair-queue";

export interface Claim {
  /** who asks; statements of different callers take turns */
  readonly caller: string;
  /** goes before all others, where sessions are shared with them: for what keeps the server itself alive */
  readonly urgent?: boolean;
  /** what the statements are for, such as a request */
  readonly work: Work;
  /** Once aborted, what waits is given up, what runs is canceled, and nothing begins; each fails with the signal's reason. */
  readonly signal: AbortSignal;
  /**
   * Told of each value that is read, by the length of its text.
   * @throws where the claim has read more than it may: the statement is given up with that error
   */
  readonly onRead: (characters: number) => void;
}

/** The claim of the server itself, for what runs beside requests. */
export function ownClaim(urgent = false): Claim {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return { caller: "server", work: { usedMs: 0 }, signal, onRead: () => undefined, urgent };
}
