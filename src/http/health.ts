// Health for orchestrators: live as long as the process answers, ready while it can serve.
import type { FastifyInstance } from "fastify";
import { HEALTH_PATH } from "./paths";
import type { Readiness } from "./readiness";

export function registerHealth(app: FastifyInstance, readiness: Readiness): void {
  let lastWhy: string | undefined;
  app.get(`${HEALTH_PATH}live`, { logLevel: "silent" }, () => ({ status: "live" }));
  app.get(`${HEALTH_PATH}ready`, { logLevel: "silent" }, async (_request, reply) => {
    const standing = await readiness.standing();
    const why = standing.status === "ready" ? undefined : standing.why;
    // Anybody may ask, as often as they like: the log has what changed.
    if (why !== lastWhy) app.log.warn(standing, "readiness changed");
    lastWhy = why;
    return reply.code(why === undefined ? 200 : 503).send(standing);
  });
}
