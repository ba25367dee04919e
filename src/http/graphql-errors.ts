// Errors as clients get them: our own with their code and reason, what the database refuses with a code that fits, and
// everything else masked, with the id under which the log has it.
import { GraphQLError, Kind, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { ApiError, type ErrorCode } from "../kernel/errors";
import { currentRequestId } from "./request-id";

/** Codes that graphql-js and Apollo give themselves, and whose messages are about the request alone. */
const REQUEST_CODES = new Set(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_REQUEST", "BAD_USER_INPUT"]);

/** Apollo's own codes outside of our list: the finer word for a request that is malformed. */
const BAD_REQUEST_REASONS = new Set(["OPERATION_RESOLUTION_FAILURE", "PERSISTED_QUERY_NOT_SUPPORTED"]);

const UNREACHABLE: { code: ErrorCode; message: string } = {
  code: "OVERLOADED",
  message: "the database cannot be reached just now: try again",
};

// SQLSTATE codes (PostgreSQL, appendix A) that speak of load, not of a bug.
const DATABASE_CODES: Readonly<Record<string, { code: ErrorCode; message: string }>> = {
  "57014": { code: "TIMEOUT", message: "the database did not answer in time: ask for less" },
  "55P03": { code: "OVERLOADED", message: "too many write at once: try again" },
  "53300": { code: "OVERLOADED", message: "the database takes no more sessions: try again" },
  "25P03": { code: "OVERLOADED", message: "the write took too long and was taken back: try again" },
  "57P01": UNREACHABLE,
  "57P02": UNREACHABLE,
  "57P03": UNREACHABLE,
  "08001": UNREACHABLE,
  "08006": UNREACHABLE,
  // Node's own, where there is no session to say anything.
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  EPIPE: UNREACHABLE,
};

export function errorFormatter(
  log: Pick<Logger, "error">,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    if (original instanceof ApiError) return answer(formatted, original.message, original.code, original.reason);
    const code = formatted.extensions?.code;
    if (code === "GRAPHQL_PARSE_FAILED" && formatted.message.includes("Parsing aborted")) {
      return answer(formatted, "the document is too long", "QUERY_TOO_COMPLEX", "TOKENS");
    }
    if (typeof code === "string" && REQUEST_CODES.has(code)) return answer(formatted, formatted.message, code);
    if (typeof code === "string" && BAD_REQUEST_REASONS.has(code)) {
      return answer(formatted, formatted.message, "BAD_REQUEST", code);
    }
    if (isAboutAnArgument(original)) return answer(formatted, formatted.message, "BAD_USER_INPUT");
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

// A variable may be null where an argument may not: graphql-js sees it only when it comes to the field. Its own mistakes
// and ours are located at the field.
function isAboutAnArgument(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError !== undefined) return false;
  const [node] = error.nodes ?? [];
  return node !== undefined && node.kind !== Kind.FIELD;
}

function sqlState(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
