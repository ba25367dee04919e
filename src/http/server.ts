// The HTTP server: its routes, its headers, and its answers to requests that never reach GraphQL.
import cors from "@fastify/cors";
import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { SERVER } from "../database/claim";
import type { Vitals } from "../database/vitals";
import { sdlOf } from "../graph/schema";
import { trusting } from "./caller-address";
import { Connections, type ConnectionLimits } from "./connections";
import { registerGraphiql } from "./graphiql";
import { registerGraphql, type GraphqlOptions } from "./graphql-endpoint";
import { registerHealth } from "./health";
import { answerForNode, clientErrorHandler } from "./node-refusals";
import { GRAPHQL_PATH } from "./paths";
import { answerRefusal } from "./refusal";
import { BODY_BYTES_AT_MOST, refusalOfError, refuseRequests } from "./refused-requests";
import { Readiness } from "./readiness";
import { registerRequestId, requestIdOf } from "./request-id";

export interface ServerOptions extends GraphqlOptions {
  /** where to log; undefined is silent, for tests */
  log: FastifyBaseLogger | undefined;
  corsOrigins: "*" | string[];
  /** addresses and ranges of proxies whose X-Forwarded-* headers are believed, as isAddressRange wants them */
  trustedProxies: readonly string[];
  connections: ConnectionLimits;
  /** of the database that is given */
  vitals: Vitals;
  /** where `npm run build` put GraphiQL, and where its example queries are */
  graphiqlDirectory: string;
  examplesDirectory: string;
}

const COMPRESSED_FROM_BYTES = 1024;
const COMPRESSED_TYPES = /^(text\/|application\/(json|graphql|javascript|graphql-response\+json)|image\/svg)/;

export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const isProxy = trusting(options.trustedProxies);
  const connections = new Connections(options.connections, isProxy, options.clock);
  const app: FastifyInstance = fastify({
    ...(options.log === undefined ? {} : { loggerInstance: options.log }),
    bodyLimit: BODY_BYTES_AT_MOST,
    genReqId: (request) => requestIdOf(request.headers),
    trustProxy: options.trustedProxies.length > 0 && isProxy,
    http: connections.serverOptions(),
    requestTimeout: connections.times.requestMs,
    keepAliveTimeout: connections.times.idleMs,
    clientErrorHandler: clientErrorHandler(connections),
    forceCloseConnections: "idle",
    // Refused by refuseRequests, in the form of every other refusal.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      // Refused before any hook runs, which would have set the id.
      answerRefusal(reply.header("x-request-id", request.id), refusalOfError(error));
    },
  });
  connections.standBefore(app.server);
  answerForNode(app.server, connections);
  // GraphQL comes as JSON; text would reach Apollo as a body that it has another word for.
  app.removeContentTypeParser("text/plain");
  registerRequestId(app);
  connections.follow(app);
  await app.register(cors, {
    // Keys come in a header and never in a cookie: any page may ask with what it was given.
    origin: options.corsOrigins,
    methods: ["GET", "HEAD", "POST"],
    // A bare OPTIONS is answered too, not only the one that a browser sends ahead.
    strictPreflight: false,
    exposedHeaders: ["x-request-id", "x-revision", "x-epoch", "ratelimit-policy", "ratelimit", "retry-after"],
    maxAge: 86_400,
  });
  await app.register(helmet, {
    // GraphiQL sets a policy of its own; a page of another origin may read the API, as CORS says.
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: { policy: "cross-origin" },
    // Whether the site is served by HTTPS is known to what stands before this server.
    strictTransportSecurity: false,
  });
  await app.register(compress, {
    threshold: COMPRESSED_FROM_BYTES,
    encodings: ["br", "gzip", "identity"],
    customTypes: COMPRESSED_TYPES,
  });
  refuseRequests(app, connections);

  const graphiql = await registerGraphiql(app, {
    directory: options.graphiqlDirectory,
    examplesDirectory: options.examplesDirectory,
    path: GRAPHQL_PATH,
  });
  await registerGraphql(app, options, graphiql);
  registerHealth(app, new Readiness(options.database.reserveFor(SERVER), options.vitals, options.revisionWatch));

  const sdl = sdlOf(options.schema);
  app.get("/schema.graphql", (_request, reply) => reply.type("application/graphql; charset=utf-8").send(sdl));
  app.get("/", (_request, reply) => reply.redirect(GRAPHQL_PATH));
  return app;
}
