// Errors as clients get them: our own with their code and reason, what the database refuses with a code that fits, and
// everything else masked, with the id under which the log has it.
import { GraphQLError, Kind, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { failureOf } from "../database/failures";
import { ApiError } from "../kernel/errors";
import { UNEXPECTED } from "./refused-requests";
import { currentRequestId } from "./request-id";

/** Codes that graphql-js and Apollo give themselves, and whose messages are about the request alone. */
const REQUEST_CODES = new Set(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_REQUEST", "BAD_USER_INPUT"]);

/** Apollo's own codes outside of our list: the finer word for a request that is malformed. */
const BAD_REQUEST_REASONS = new Set(["OPERATION_RESOLUTION_FAILURE", "PERSISTED_QUERY_NOT_SUPPORTED"]);

export function errorFormatter(
  log: Pick<Logger, "error" | "warn">,
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
    const known = failureOf(original);
    if (known === undefined || known.code === "INTERNAL_SERVER_ERROR") {
      log.error({ err: original, path: formatted.path, reqId: currentRequestId() }, "a request failed");
    } else {
      log.warn({ err: original, path: formatted.path, reqId: currentRequestId() }, "the database did not serve");
    }
    const { message, code: codeOfIt, reason } = known ?? UNEXPECTED;
    return answer(formatted, message, codeOfIt, reason);
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
