// Errors as clients get them: our own with their code and reason, what the database refuses with a code that fits, and
// everything else masked, with the id under which the log has it.
import { GraphQLError, Kind, type GraphQLFormattedError } from "graphql";
import { failureOf } from "../database/failures";
import { ApiError } from "../kernel/errors";
import { UNEXPECTED } from "./refused-requests";
import { ID_OF_THIS_REQUEST } from "./request-id";

/** Codes that graphql-js and Apollo give themselves, and whose messages are about the request alone. */
const REQUEST_CODES = new Set(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_REQUEST", "BAD_USER_INPUT"]);

/** Apollo's own codes outside of our list: the finer word for a request that is malformed. */
const BAD_REQUEST_REASONS = new Set(["OPERATION_RESOLUTION_FAILURE", "PERSISTED_QUERY_NOT_SUPPORTED"]);

/** An error in the form that clients get; the id of the request is still to be written into it, see withRequestId. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = originalOf(error);
  if (original instanceof ApiError) return answer(formatted, original.message, original.code, original.reason);
  const code = codeOf(error);
  if (code === "GRAPHQL_PARSE_FAILED" && formatted.message.includes("Parsing aborted")) {
    return answer(formatted, "the document is too long", "QUERY_TOO_COMPLEX", "TOKENS");
  }
  if (typeof code === "string" && REQUEST_CODES.has(code)) return answer(formatted, formatted.message, code);
  if (typeof code === "string" && BAD_REQUEST_REASONS.has(code)) {
    return answer(formatted, formatted.message, "BAD_REQUEST", code);
  }
  if (isAboutAnArgument(original)) return answer(formatted, formatted.message, "BAD_USER_INPUT");
  const { message, code: codeOfIt, reason } = failureOf(original) ?? UNEXPECTED;
  return answer(formatted, message, codeOfIt, reason);
}

/** Whether an error is a refusal of what was asked. Any other one is for somebody here to look at. */
export function isRefusal(error: unknown): boolean {
  const code = codeOf(error);
  const original = originalOf(error);
  return (
    original instanceof ApiError ||
    isAboutAnArgument(original) ||
    (typeof code === "string" && (REQUEST_CODES.has(code) || BAD_REQUEST_REASONS.has(code)))
  );
}

/** What was thrown, of what graphql-js made of it. */
export function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}

function codeOf(error: unknown): unknown {
  return error instanceof GraphQLError ? error.extensions.code : undefined;
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
    extensions: { code, ...(reason === undefined ? {} : { reason }), requestId: ID_OF_THIS_REQUEST },
  };
}

// A variable may be null where an argument may not: graphql-js sees it only when it comes to the field. Its own mistakes
// and ours are located at the field.
function isAboutAnArgument(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError !== undefined) return false;
  const [node] = error.nodes ?? [];
  return node !== undefined && node.kind !== Kind.FIELD;
}
