// What is left of the caller's budget, in the header fields RateLimit-Policy and RateLimit, in the form of
// draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4.
import type { FastifyReply } from "fastify";
import type { BudgetState } from "../access/budgets/budgets";

/** Our own word: the registry of units that the draft begins has none for cost, and without one the unit is requests. */
const UNIT = "cost";

/**
 * Shows the budget with the answer. What remains is told as good until the bucket is full again: a client that spreads it over
 * that time is never refused. After a refusal it is the time that Retry-After says, which must not be earlier (section 5).
 */
export function showBudget(reply: FastifyReply, { name, limit, remaining, resetMs, refillMs }: BudgetState): void {
  void reply
    .header("ratelimit-policy", `"${name}";q=${limit};qu="${UNIT}";w=${seconds(refillMs)}`)
    .header("ratelimit", `"${name}";r=${remaining};t=${seconds(resetMs)}`);
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
