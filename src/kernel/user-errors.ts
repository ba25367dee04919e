// What a caller of a mutation can mend: comes back as data, and nothing was written.
import { isRefusal, type Outcome } from "./lifecycle";

export const USER_ERROR_CODES = {
  INVALID: "A value that cannot be: mend the input at the path.",
  REQUIRED: "A value that must be there is missing.",
  NOT_FOUND: "A reference leads to nothing that you may see.",
  NOT_UNIQUE: "The value is taken or reserved: only one record may have it, which need not be one that you see.",
  CONFLICT: "The record was changed since the revision that you named: look at it again, then write.",
  IN_USE: "Other records refer to it, so that it cannot be deleted.",
  NOT_ALLOWED_NOW: "The record's state, or the day, does not allow it.",
  IDEMPOTENCY_MISMATCH: "The same idempotency key came with another input before.",
} as const;

export type UserErrorCode = keyof typeof USER_ERROR_CODES;

export interface UserError {
  code: UserErrorCode;
  /** a sentence for the developer of the calling app, or for its user */
  message: string;
  /** where in the arguments it lies: names, and places in lists as digits; ["input"] for the whole */
  path: string[];
}

/** Ends a write with what the caller can mend; whatever was written before in it is taken back. */
export class Refused extends Error {
  constructor(readonly errors: readonly UserError[]) {
    super(errors.map((error) => `${error.path.join(".")}: ${error.message}`).join("\n"));
    this.name = "Refused";
  }
}

export function userError(code: UserErrorCode, message: string, ...path: string[]): UserError {
  return { code, message, path: ["input", ...path] };
}

/** One error, ready to be thrown. */
export function refusal(code: UserErrorCode, message: string, ...path: string[]): Refused {
  return new Refused([userError(code, message, ...path)]);
}

/** The state that an event leads to. @throws Refused with NOT_ALLOWED_NOW where it leads to none */
export function allowed<State extends string>(outcome: Outcome<State>): State {
  if (isRefusal(outcome)) throw refusal("NOT_ALLOWED_NOW", outcome.refused);
  return outcome;
}
