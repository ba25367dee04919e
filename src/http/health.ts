// Health for orchestrators: alive as long as the process answers, ready while its database does.
import type { FastifyInstance } from "fastify";
import type { Database } from "../database/database";
import { readRevision } from "../database/read/revision";

const READY_WITHIN_MS = 2_000;

export function registerHealth(app: FastifyInstance, database: Database): void {
  app.get("/health/live", { logLevel: "silent" }, () => ({ status: "live" }));
  app.get("/health/ready", { logLevel: "silent" }, async (_request, reply) => {
    try {
      const { revision } = await within(READY_WITHIN_MS, readRevision(database));
      return { status: "ready", revision };
    } catch (error) {
      app.log.warn({ err: error }, "the database does not answer");
      return reply.code(503).send({ status: "unready", why: "the database does not answer" });
    }
  });
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
