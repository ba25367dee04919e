// The id of a request: in its log lines, in the header X-Request-Id and in every error that it is answered with.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";

const REQUEST_ID = /^[A-Za-z0-9._:-]{8,100}$/;

const running = new AsyncLocalStorage<string>();

/** A proxy's id is kept, so that its log and ours agree. */
export function requestIdOf(headers: Readonly<Record<string, unknown>>): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
}

export function currentRequestId(): string | undefined {
  return running.getStore();
}

export function registerRequestId(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-request-id", request.id);
    done();
  });
  // After the body is read: the stream's own callbacks would lose it.
  app.addHook("preHandler", (request, _reply, done) => running.run(request.id, done));
}
