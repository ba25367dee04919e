// The id of a request: in its log lines, in the header X-Request-Id and in every error that it is answered with.
import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";

const REQUEST_ID = /^[A-Za-z0-9._:-]{8,100}$/;

/** A proxy's id is kept, so that its log and ours agree. */
export function requestIdOf(headers: Readonly<Record<string, unknown>>): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * Stands in an error for the id of the request that it answers: Apollo forms errors without saying for whom. It is not known outside of this
 * process, so that no answer holds it otherwise.
 */
export const ID_OF_THIS_REQUEST = randomUUID();

/** @param answer as Apollo wrote it; errors come first, where there are any */
export function withRequestId(answer: string, requestId: string): string {
  return answer.startsWith('{"errors":') ? answer.replaceAll(ID_OF_THIS_REQUEST, requestId) : answer;
}

export function registerRequestId(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-request-id", request.id);
    done();
  });
}
