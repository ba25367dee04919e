// The GraphQL endpoint: Apollo Server behind Fastify, POST and GET at one URL, GraphiQL there too for a browser.
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Budgets } from "../access/budgets/budgets";
import type { Authenticate } from "../access/viewer-of-request";
import type { Database } from "../database/database";
import type { Catalogue } from "../database/declare/catalogue";
import type { Sizes } from "../database/read/sizes";
import type { RevisionWatch } from "../database/revision-watch";
import type { Services } from "../graph/context";
import { TOKENS_AT_MOST } from "../graph/operation-cost";
import type { Clock } from "../kernel/clock";
import { ANONYMOUS } from "../kernel/viewer";
import { answerStatus } from "./answer-status";
import { callerOf } from "./caller";
import { addressOf } from "./caller-address";
import { refuseFragmentCycles } from "./fragment-cycles";
import { wantsGraphiql, type GraphiqlHandler } from "./graphiql";
import { GraphqlContext } from "./graphql-context";
import { documentStore } from "./document-store";
import { errorLog, logFailure, type ErrorLog } from "./error-log";
import { formatError } from "./graphql-errors";
import { operationGuard } from "./operation-guard";
import { Operations, type OperationLimits, type OperationUnderWay } from "./operations";
import { GRAPHQL_PATH } from "./paths";
import { withRequestId } from "./request-id";
import { showBudget } from "./rate-limit-fields";
import { refused } from "./refused";
import { awaitRevision, showRevision, showWrite } from "./revision-headers";

export interface GraphqlOptions {
  schema: GraphQLSchema;
  database: Database;
  catalogue: Catalogue;
  clock: Clock;
  /** the most that an operation may cost, in units of 10 microseconds of CPU */
  queryCostLimit: number;
  operationLimits: OperationLimits;
  /** the sizes of the tables as they are known now */
  sizes: () => Sizes;
  authenticate: Authenticate;
  budgets: Budgets;
  revisionWatch: RevisionWatch;
  services: Services;
}

export async function registerGraphql(
  app: FastifyInstance,
  options: GraphqlOptions,
  graphiql: GraphiqlHandler,
): Promise<void> {
  const apollo = new ApolloServer<GraphqlContext>({
    schema: options.schema,
    introspection: true,
    // Cross-site forgery needs cookies, and there are none: a key comes in a header that no form can send.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // A store that anybody may fill, for documents that are small anyway.
    persistedQueries: false,
    documentStore: documentStore(),
    parseOptions: { maxLexicalTokens: TOKENS_AT_MOST },
    formatError,
    logger: app.log,
    plugins: [
      operationGuard(
        options.schema,
        { limit: options.queryCostLimit, sizes: options.sizes, catalogue: options.catalogue },
        admit,
      ),
      answerStatus,
      errorLog(app.log),
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginLandingPageDisabled(),
      // Each would look at every field, or at the environment, for a service that is not used here.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await apollo.start();

  const operations = new Operations(options.operationLimits);
  const handler = fastifyApolloHandler(apollo, {
    context: (request, reply) =>
      asGraphqlError(app.log, request.id, async () => {
        const viewer = await options.authenticate(request.headers.authorization, addressOf(request));
        const caller = callerOf(viewer, request);
        const budget = options.budgets.of(viewer, caller, (state) => {
          showBudget(reply, state);
        });
        const document = documentOf(request);
        await budget.enter(document.length);
        refuseFragmentCycles(document);
        await awaitRevision(options.revisionWatch, request.headers);
        // Before the first statement: what the operation reads is this new or newer.
        showRevision(options.revisionWatch, reply);
        const operation = operations.begin(caller);
        endWith(reply, operation);
        return new GraphqlContext(
          {
            requestId: request.id,
            viewer,
            database: options.database,
            catalogue: options.catalogue,
            clock: options.clock,
            services: options.services,
            budget,
            revision: options.revisionWatch.current(),
            noteRevision: (revision) => {
              showWrite(options.revisionWatch, reply, revision);
            },
          },
          operation,
        );
      }),
  });
  app.route({
    method: ["GET", "POST", "HEAD"],
    url: GRAPHQL_PATH,
    // Refusals of a body that cannot be read are answers too, and not free: they count for the address, for nobody knows yet
    // whose key it is.
    onRequest: (_request, reply, done) => {
      showRevision(options.revisionWatch, reply);
      done();
    },
    onError: async (request) => {
      await options.budgets
        .of(ANONYMOUS, callerOf(ANONYMOUS, request))
        .enter(0)
        .catch(() => undefined);
    },
    handler: async (request, reply) => {
      if (wantsGraphiql(request)) return graphiql(request, reply);
      const answer = await handler.call(
        app,
        request as Parameters<typeof handler>[0],
        reply as Parameters<typeof handler>[1],
      );
      return typeof answer === "string" ? withRequestId(answer, request.id) : answer;
    },
  });
}

// After the answer, or instead of it. Who left while it was looked who asks has closed already.
function endWith(reply: FastifyReply, operation: OperationUnderWay): void {
  reply.raw.once("close", () => {
    operation.end();
  });
  if (reply.request.raw.socket.destroyed) operation.end();
}

/** Who has the budget for an operation waits until there is room for it. */
async function admit({ budget, operation }: GraphqlContext, cost: number): Promise<void> {
  await budget.spend(cost);
  await operation.admit(cost);
}

// Apollo answers 500 for an error in the making of the context unless the error says otherwise.
async function asGraphqlError<T>(log: ErrorLog, requestId: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    logFailure(log, error, { reqId: requestId });
    throw refused(error);
  }
}

/** The GraphQL document, as it was sent by POST or GET; empty where there is none. */
function documentOf({ body, query }: FastifyRequest): string {
  for (const sent of [body, query]) {
    if (typeof sent !== "object" || sent === null || !("query" in sent)) continue;
    if (typeof sent.query === "string") return sent.query;
  }
  return "";
}
