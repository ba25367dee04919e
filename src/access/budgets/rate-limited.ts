// A refusal that time mends.
import { ApiError } from "../../kernel/errors";

export class RateLimited extends ApiError {
  /** @param retryAfterMs when the same would be taken, if nothing else is asked meanwhile, in milliseconds */
  constructor(
    reason: string,
    message: string,
    readonly retryAfterMs: number,
  ) {
    super("RATE_LIMITED", message, reason);
    this.name = "RateLimited";
  }

  /** As the header Retry-After has it: whole seconds, 1 or more. */
  get retryAfterS(): number {
    return Math.max(1, Math.ceil(this.retryAfterMs / 1_000));
  }
}
