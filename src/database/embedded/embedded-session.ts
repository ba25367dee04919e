// Statements on the embedded database, under a claim.
import type { Claim } from "../claim";
import type { Session } from "../database";
import type { ThreadAccess } from "./thread-access";

/** @param timeoutMs how long each statement may run; 0 is without end */
export function sessionOver(access: ThreadAccess, timeoutMs: number, claim: Claim): Session {
  const limit = { timeoutMs, cancellation: claim.cancellation };
  return {
    query: ({ text, values }) => access.use(claim, (thread) => thread.query(text, values, limit, claim.onRead)),
    execute: async (script) => {
      await access.use(claim, (thread) => thread.script(script, limit));
    },
  };
}
