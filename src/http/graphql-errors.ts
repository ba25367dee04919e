// Errors as clients get them: our own with their code and reason, what the database refuses with a code that fits, and
// everything else masked, with the id under which the log has it.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { ApiError, type ErrorCode } from "../kernel/errors";
import { currentRequestId } from "./request-id";

/** Codes that graphql-js and Apollo give themselves, and whose messages are about the request alone. */
const REQUEST_CODES = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "OPERATION_RESOLUTION_FAILURE",
]);

// SQLSTATE codes (PostgreSQL, appendix A) that speak of load, not of a bug.
const DATABASE_CODES: Readonly<Record<string, { code: ErrorCode; message: string }>> = {
  "57014": { code: "TIMEOUT", message: "the database did not answer in time: ask for less" },
  "55P03": { code: "OVERLOADED", message: "too many write at once: try again" },
  "53300": { code: "OVERLOADED", message: "the database takes no more sessions: try again" },
  "57P03": { code: "OVERLOADED", message: "the database is starting: try again" },
};

export function errorFormatter(
  log: Pick<Logger, "error">,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    if (original instanceof ApiError) return answer(formatted, original.message, original.code, original.reason);
    if (formatted.message.includes("Parsing aborted")) {
      return answer(formatted, "the document is too long", "QUERY_TOO_COMPLEX", "TOKENS");
    }
    const code = formatted.extensions?.code;
    if (typeof code === "string" && REQUEST_CODES.has(code)) return answer(formatted, formatted.message, code);
    const known = DATABASE_CODES[sqlState(original)];
    if (known !== undefined) return answer(formatted, known.message, known.code);
    log.error({ err: original, path: formatted.path, reqId: currentRequestId() }, "a request failed");
    return answer(
      formatted,
      "something went wrong here: quote the requestId when you report it",
      "INTERNAL_SERVER_ERROR",
    );
  };
}

function answer(
  formatted: GraphQLFormattedError,
  message: string,
  code: string,
  reason?: string,
): GraphQLFormattedError {
  const { locations, path } = formatted;
  return {
    message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions: { code, ...(reason === undefined ? {} : { reason }), requestId: currentRequestId() },
  };
}

function sqlState(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
