// The HTTP status of an answer that holds no data, and when to ask again: a client that knows no GraphQL, and a proxy,
// learn from these alone that the server could not serve.
import { HeaderMap, type ApolloServerPlugin } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import { failureOf } from "../database/failures";
import { ApiError } from "../kernel/errors";
import { retryAfter, statusOf } from "./refusal";

/** What an error says over HTTP where it keeps a request from being served at all; undefined for a bug. */
export function httpOf(error: unknown): { status: number; headers: HeaderMap } | undefined {
  const known = error instanceof ApiError ? error : failureOf(error);
  if (known === undefined || known.code === "INTERNAL_SERVER_ERROR") return undefined;
  const headers = new HeaderMap();
  if (known.code === "OVERLOADED") headers.set("retry-after", retryAfter(known.reason));
  return { status: statusOf(known.code), headers };
}

export const answerStatus: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response: { http, body } }) => {
        if (body.kind !== "single") return Promise.resolve();
        const { errors = [], data } = body.singleResult;
        const overloaded = errors.find(hasCode("OVERLOADED"));
        if (overloaded !== undefined && !http.headers.has("retry-after")) {
          http.headers.set("retry-after", retryAfter(overloaded.extensions?.reason));
        }
        const known = overloaded ?? errors.find(hasCode("TIMEOUT"));
        if (known !== undefined && holdsNothing(data) && (http.status ?? 200) === 200) {
          http.status = statusOf(overloaded === undefined ? "TIMEOUT" : "OVERLOADED");
        }
        return Promise.resolve();
      },
    }),
};

function hasCode(code: string): (error: GraphQLFormattedError) => boolean {
  return ({ extensions }) => extensions?.code === code;
}

function holdsNothing(data: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return Object.values(data ?? {}).every((value) => value === null);
}
