// Errors that are not the caller's, in the log: with the id by which the caller can name them.
import type { ApolloServerPlugin } from "@apollo/server";
import type { Logger } from "pino";
import { failureOf } from "../database/failures";
import { originalOf, refusalOf } from "./graphql-errors";
import type { GraphqlContext } from "./graphql-context";

export type ErrorLog = Pick<Logger, "error" | "warn">;

/** @param error a refusal is not logged */
export function logFailure(log: ErrorLog, error: unknown, at: { reqId: string; path?: unknown }): void {
  if (refusalOf(error) !== undefined) return;
  const err = originalOf(error);
  const known = failureOf(err);
  if (known === undefined || known.code === "INTERNAL_SERVER_ERROR") log.error({ err, ...at }, "a request failed");
  else log.warn({ err, ...at }, "the database did not serve");
}

export function errorLog(log: ErrorLog): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors: ({ errors, contextValue: { requestId } }) => {
          for (const error of errors) logFailure(log, error, { path: error.path, reqId: requestId });
          return Promise.resolve();
        },
      }),
    unexpectedErrorProcessingRequest: ({ error, requestContext: { contextValue } }) => {
      logFailure(log, error, { reqId: contextValue.requestId });
      return Promise.resolve();
    },
  };
}
