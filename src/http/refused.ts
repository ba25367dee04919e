// A refusal of the whole request: as Apollo takes it, with the HTTP status and the header fields that go with its code.
import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import { RateLimited } from "../access/budgets/rate-limited";
import { BAD_AUTHORIZATION } from "../access/viewer-of-request";
import type { ApiError } from "../kernel/errors";

/** Apollo takes an error for its own fault, and answers 500, unless it says which status it means. */
export function refused(error: ApiError): GraphQLError {
  return new GraphQLError(error.message, { originalError: error, extensions: { http: answerTo(error) } });
}

/** What is too much now is over in a moment. */
const RETRY_AFTER_S = "1";

function answerTo(error: ApiError): { status: number; headers?: HeaderMap } {
  // RFC 6585, section 4; RFC 9110, section 10.2.3.
  if (error instanceof RateLimited) {
    return { status: 429, headers: headersOf({ "retry-after": String(error.retryAfterS) }) };
  }
  if (error.code === "UNAUTHENTICATED") {
    return { status: 401, headers: headersOf({ "www-authenticate": challenge(error) }) };
  }
  if (error.code === "OVERLOADED" || error.code === "TIMEOUT") {
    return { status: 503, headers: headersOf({ "retry-after": RETRY_AFTER_S }) };
  }
  return { status: 400 };
}

// RFC 6750, section 3: a token that is not good is an invalid_token; where none was shown, no error is named. Messages of
// these errors hold no quotation mark and no letter beyond ASCII, as the header wants it.
function challenge({ reason, message }: ApiError): string {
  const error = reason === BAD_AUTHORIZATION ? "" : ` error="invalid_token", error_description="${message}"`;
  return `Bearer${error}`;
}

function headersOf(fields: Readonly<Record<string, string>>): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(fields)) headers.set(name, value);
  return headers;
}
