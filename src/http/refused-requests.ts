// Requests that never reach GraphQL, in the form of every other refusal.
import type { FastifyError, FastifyInstance, FastifyRequest } from "fastify";
import { failureOf } from "../database/failures";
import type { Connections } from "./connections";
import { GRAPHQL_PATH, HEALTH_PATH } from "./paths";
import { answerRefusal, statusOf, type Refusal } from "./refusal";

/** The largest body of a request, in bytes: many times the largest document that the token limit lets through. */
export const BODY_BYTES_AT_MOST = 256 * 1024;

const invalidRequest = (status: number, message: string): Refusal => ({
  status,
  code: "BAD_REQUEST",
  reason: "INVALID_REQUEST",
  message,
});

export const UNEXPECTED: Refusal = {
  status: 500,
  code: "INTERNAL_SERVER_ERROR",
  reason: "UNEXPECTED",
  message: "something went wrong here: quote the requestId when you report it",
};

// By Fastify's error codes (https://fastify.dev/docs/latest/Reference/Errors/).
const BY_CODE: Readonly<Record<string, Omit<Refusal, "status">>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: "QUERY_TOO_COMPLEX",
    reason: "BODY_SIZE",
    message: `a request may be ${BODY_BYTES_AT_MOST} bytes long at most`,
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: "BAD_REQUEST",
    reason: "CONTENT_TYPE",
    message: "the content type must be application/json",
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: "BAD_REQUEST", reason: "INVALID_JSON", message: "the body must not be empty" },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: "BAD_REQUEST", reason: "INVALID_JSON", message: "the body must be JSON" },
};

/** What an error of Fastify, of a plugin or of a route is to the caller. */
export function refusalOfError(error: Pick<FastifyError, "code" | "statusCode" | "message">): Refusal {
  const status = error.statusCode ?? 500;
  const known = BY_CODE[error.code];
  if (known !== undefined) return { ...known, status };
  if (status < 500) return invalidRequest(status, error.message);
  if (error instanceof SyntaxError) return invalidRequest(400, error.message);
  const failure = failureOf(error);
  return failure === undefined ? UNEXPECTED : { ...failure, status: statusOf(failure.code) };
}

export function noSuchPath(method: string, path: string): Refusal {
  const message = `there is no ${method} ${path.slice(0, 100)}: the API is at ${GRAPHQL_PATH}`;
  return { status: 404, code: "BAD_REQUEST", reason: "NO_SUCH_PATH", message };
}

/** After the plugins whose headers a refusal shall have too. */
export function refuseRequests(app: FastifyInstance, connections: Connections): void {
  app.addHook("onRequest", (request, reply, done) => {
    const isOfHealth = request.url.startsWith(HEALTH_PATH);
    const refusal =
      connections.refusalOf(request.raw.socket, isOfHealth) ??
      (isOfHealth || namesItsHost(request) ? undefined : invalidRequest(400, "the header Host must name a host"));
    if (refusal === undefined) done();
    else answerRefusal(reply, refusal);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOfError(error);
    if (refusal.status >= 500) request.log.error({ err: error }, "a request failed");
    return answerRefusal(reply, refusal);
  });
  app.setNotFoundHandler((request, reply) => answerRefusal(reply, noSuchPath(request.method, request.url)));
}

// Whoever makes a URL of a request takes the protocol and the host from its headers, and throws where that is none.
function namesItsHost({ protocol, hostname }: FastifyRequest): boolean {
  return URL.canParse(`${protocol}://${hostname}/`);
}
