// The HTTP server: its routes, its headers, and its answers to requests that never reach GraphQL.
import cors from "@fastify/cors";
import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import { sdlOf } from "../graph/schema";
import type { ErrorCode } from "../kernel/errors";
import { registerGraphiql } from "./graphiql";
import { GRAPHQL_PATH, registerGraphql, type GraphqlOptions } from "./graphql-endpoint";
import { registerHealth } from "./health";
import { registerRequestId, requestIdOf } from "./request-id";

export interface ServerOptions extends GraphqlOptions {
  /** where to log; undefined is silent, for tests */
  log: FastifyBaseLogger | undefined;
  corsOrigins: "*" | string[];
  /** where `npm run build` put GraphiQL, and where its example queries are */
  graphiqlDirectory: string;
  examplesDirectory: string;
}

/** The largest body of a request, in bytes: many times the largest document that the token limit lets through. */
export const BODY_BYTES_AT_MOST = 256 * 1024;

const COMPRESSED_FROM_BYTES = 1024;
const COMPRESSED_TYPES = /^(text\/|application\/(json|graphql|javascript|graphql-response\+json)|image\/svg)/;

export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    ...(options.log === undefined ? {} : { loggerInstance: options.log }),
    bodyLimit: BODY_BYTES_AT_MOST,
    genReqId: (request) => requestIdOf(request.headers),
    forceCloseConnections: "idle",
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => {
      // Refused before any hook runs, which would have set the id.
      void reply.header("x-request-id", request.id);
      answer(reply, error.statusCode ?? 400, {
        code: "BAD_REQUEST",
        reason: "INVALID_REQUEST",
        message: error.message,
      });
    },
  });
  // GraphQL comes as JSON; text would reach Apollo as a body that it has another word for.
  app.removeContentTypeParser("text/plain");
  registerRequestId(app);
  closeConnectionsAtTheEnd(app);
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
  answerErrorsAsGraphql(app);

  const graphiql = await registerGraphiql(app, {
    directory: options.graphiqlDirectory,
    examplesDirectory: options.examplesDirectory,
    path: GRAPHQL_PATH,
  });
  await registerGraphql(app, options, graphiql);
  registerHealth(app, options.database);

  const sdl = sdlOf(options.schema);
  app.get("/schema.graphql", (_request, reply) => reply.type("application/graphql; charset=utf-8").send(sdl));
  app.get("/", (_request, reply) => reply.redirect(GRAPHQL_PATH));
  return app;
}

// A connection that is kept alive would keep a stopping process alive too: the answers that are still under way say
// that they are its last.
function closeConnectionsAtTheEnd(app: FastifyInstance): void {
  let ending = false;
  app.addHook("preClose", (done) => {
    ending = true;
    done();
  });
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (ending) void reply.header("connection", "close");
    done(null, payload);
  });
}

interface Refusal {
  code: ErrorCode;
  reason: string;
  message: string;
}

// By Fastify's error codes (https://fastify.dev/docs/latest/Reference/Errors/).
const REFUSALS: Readonly<Record<string, Refusal>> = {
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

// A client of a GraphQL endpoint looks for errors in one place and shape, whoever refuses the request.
function answerErrorsAsGraphql(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = REFUSALS[error.code];
    const status = error.statusCode ?? 500;
    if (refusal !== undefined) return answer(reply, status, refusal);
    if (error instanceof SyntaxError || status < 500) {
      return answer(reply, status < 500 ? status : 400, {
        code: "BAD_REQUEST",
        reason: "INVALID_REQUEST",
        message: error.message,
      });
    }
    request.log.error({ err: error }, "a request failed");
    return answer(reply, 500, {
      code: "INTERNAL_SERVER_ERROR",
      reason: "UNEXPECTED",
      message: "something went wrong here: quote the requestId when you report it",
    });
  });
  app.setNotFoundHandler((request, reply) =>
    answer(reply, 404, {
      code: "BAD_REQUEST",
      reason: "NO_SUCH_PATH",
      message: `there is no ${request.method} ${request.url.slice(0, 100)}: the API is at ${GRAPHQL_PATH}`,
    }),
  );
}

function answer(reply: FastifyReply, status: number, { code, reason, message }: Refusal): FastifyReply {
  return reply
    .code(status)
    .type("application/json; charset=utf-8")
    .send({ errors: [{ message, extensions: { code, reason, requestId: reply.request.id } }] });
}
