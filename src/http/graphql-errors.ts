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

/** What a client is told of an error. */
interface Told {
  message: string;
  code: string;
  reason?: string | undefined;
}

/** An error in the form that clients get; the id of the request is still to be written into it, see withRequestId. */
export function formatError({ locations, path }: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, code, reason } = refusalOf(error) ?? failureOf(originalOf(error)) ?? UNEXPECTED;
  return {
    message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions: { code, ...(reason === undefined ? {} : { reason }), requestId: ID_OF_THIS_REQUEST },
  };
}

/** The refusal of what was asked; undefined for an error that somebody here must look at. */
export function refusalOf(error: unknown): Told | undefined {
  const original = originalOf(error);
  if (original instanceof ApiError) return original;
  if (!(error instanceof GraphQLError)) return undefined;
  const {
    message,
    extensions: { code },
  } = error;
  if (code === "GRAPHQL_PARSE_FAILED" && message.includes("Parsing aborted")) {
    return { message: "the document is too long", code: "QUERY_TOO_COMPLEX", reason: "TOKENS" };
  }
  if (typeof code === "string" && REQUEST_CODES.has(code)) return { message, code };
  if (typeof code === "string" && BAD_REQUEST_REASONS.has(code)) return { message, code: "BAD_REQUEST", reason: code };
  return isAboutAnArgument(original) ? { message, code: "BAD_USER_INPUT" } : undefined;
}

/** What was thrown, of what graphql-js made of it. */
export function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}

// A variable may be null where an argument may not: graphql-js sees it only when it comes to the field. Its own mistakes
// and ours are located at the field.
function isAboutAnArgument(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError !== undefined) return false;
  const [node] = error.nodes ?? [];
  return node !== undefined && node.kind !== Kind.FIELD;
}
