// A refusal of the whole request: as Apollo takes it, with the HTTP status and the header fields that go with its code.
import { GraphQLError } from "graphql";
import { RateLimited } from "../access/budgets/rate-limited";
import { BAD_AUTHORIZATION } from "../access/viewer-of-request";
import { ApiError } from "../kernel/errors";
import { httpOf } from "./answer-status";

/**
 * The error as Apollo takes it, who answers 500 for its own fault unless an error says which status it means.
 * @returns a bug as it is
 */
export function refused(error: unknown): unknown {
  const http = httpOf(error);
  if (http === undefined || !(error instanceof Error) || error instanceof GraphQLError) return error;
  // RFC 6585, section 4; RFC 9110, section 10.2.3.
  if (error instanceof RateLimited) http.headers.set("retry-after", String(error.retryAfterS));
  if (error instanceof ApiError && error.code === "UNAUTHENTICATED") {
    http.headers.set("www-authenticate", challenge(error));
  }
  return new GraphQLError(error.message, { originalError: error, extensions: { http } });
}

// RFC 6750, section 3: a token that is not good is an invalid_token; where none was shown, no error is named. Messages of
// these errors hold no quotation mark and no letter beyond ASCII, as the header wants it.
function challenge({ reason, message }: ApiError): string {
  const error = reason === BAD_AUTHORIZATION ? "" : ` error="invalid_token", error_description="${message}"`;
  return `Bearer${error}`;
}
