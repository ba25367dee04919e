// On whose behalf statements run. Those of one claim take turns with those of others, and end with what they are for.
import { NEVER_CANCELED, type Cancellation } from "../kernel/cancellation";
import type { Work } from "../kernel/fair-queue";

export interface Claim {
  /** who asks; statements of different callers take turns */
  readonly caller: string;
  /** goes before all others, where sessions are shared with them: for what keeps the server itself alive */
  readonly urgent?: boolean;
  /** what the statements are for, such as a request */
  readonly work: Work;
  /** Once canceled, what waits is given up, what runs is canceled, and nothing begins; each fails with the reason. */
  readonly cancellation: Cancellation;
  /**
   * Told of each value that is read, by the length of its text.
   * @throws where the claim has read more than it may: the statement is given up with that error
   */
  readonly onRead: (characters: number) => void;
}

/** The server itself, as a caller: what runs beside requests. */
export const SERVER = "server";

/** A claim without bounds, for what is no operation. */
export function unboundedClaim(caller: string, urgent = false): Claim {
  return { caller, work: { usedMs: 0 }, cancellation: NEVER_CANCELED, onRead: () => undefined, urgent };
}

/** The claim of the server itself. */
export function ownClaim(): Claim {
  return unboundedClaim(SERVER);
}
