// The GraphQL endpoint: Apollo Server behind Fastify, POST and GET at one URL, GraphiQL there too for a browser.
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance } from "fastify";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Authenticate } from "../access/viewer-of-request";
import type { Database } from "../database/database";
import type { Catalogue } from "../database/declare/catalogue";
import { RequestContext } from "../graph/context";
import { TOKENS_AT_MOST } from "../graph/operation-cost";
import type { Clock } from "../kernel/clock";
import { ApiError } from "../kernel/errors";
import { wantsGraphiql, type GraphiqlHandler } from "./graphiql";
import { errorFormatter } from "./graphql-errors";
import { operationGuard } from "./operation-guard";

export const GRAPHQL_PATH = "/graphql";

export interface GraphqlOptions {
  schema: GraphQLSchema;
  database: Database;
  catalogue: Catalogue;
  clock: Clock;
  queryCostLimit: number;
  authenticate: Authenticate;
}

export async function registerGraphql(
  app: FastifyInstance,
  options: GraphqlOptions,
  graphiql: GraphiqlHandler,
): Promise<void> {
  const apollo = new ApolloServer<RequestContext>({
    schema: options.schema,
    introspection: true,
    // Cross-site forgery needs cookies, and there are none: a key comes in a header that no form can send.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // A store that anybody may fill, for documents that are small anyway.
    persistedQueries: false,
    parseOptions: { maxLexicalTokens: TOKENS_AT_MOST },
    formatError: errorFormatter(app.log),
    logger: app.log,
    plugins: [
      operationGuard(options.schema, options.queryCostLimit),
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginLandingPageDisabled(),
      // Each would look at every field, or at the environment, for a service that is not used here.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await apollo.start();

  const handler = fastifyApolloHandler(apollo, {
    context: (request) =>
      asGraphqlError(async () => {
        const viewer = await options.authenticate(request.headers.authorization);
        return new RequestContext(request.id, viewer, options.database, options.catalogue, options.clock);
      }),
  });
  app.route({
    method: ["GET", "POST", "HEAD"],
    url: GRAPHQL_PATH,
    handler: async (request, reply) => {
      if (wantsGraphiql(request)) return graphiql(request, reply);
      return handler.call(app, request as Parameters<typeof handler>[0], reply as Parameters<typeof handler>[1]);
    },
  });
}

// Apollo answers 500 for an error in the making of the context unless the error says otherwise.
async function asGraphqlError<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const status = error.code === "UNAUTHENTICATED" ? 401 : 400;
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status } } });
  }
}
