// The errors that a caller sees. What a caller can mend by changing its request is BAD_USER_INPUT; the finer word is
// the reason. Everything that is not an ApiError is a bug and reaches the caller masked.

/** The closed list of error codes that the API answers with, beside GraphQL's own parse and validation codes. */
export const ERROR_CODES = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "QUERY_TOO_COMPLEX",
  "TIMEOUT",
  "OVERLOADED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "INTERNAL_SERVER_ERROR",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export class ApiError extends Error {
  /**
   * @param message what is wrong and what would be right, for the developer of the calling app
   * @param reason the finer word, upper case, stable: clients may branch on it
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly reason?: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

export function badInput(reason: string, message: string): ApiError {
  return new ApiError("BAD_USER_INPUT", message, reason);
}
