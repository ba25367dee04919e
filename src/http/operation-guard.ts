// Lets an operation run when it may: refuses what is too large by the static count or holds text that no database takes, and
// waits until there is room for it. When it is answered, nothing of it runs any longer.
import { HeaderMap, type ApolloServerPlugin, type GraphQLRequestContextDidResolveOperation } from "@apollo/server";
import { GraphQLError, Kind, visit, type DocumentNode, type GraphQLSchema } from "graphql";
import { holdsLoneSurrogate, holdsNullCharacter } from "../database/read/text";
import { declaredCosts } from "../graph/declare-field";
import { measureOperation, refuseTooLarge } from "../graph/operation-cost";
import { ApiError, badInput } from "../kernel/errors";
import type { GraphqlContext } from "./graphql-context";
import { OPERATION_OVER } from "./operations";

export function operationGuard(schema: GraphQLSchema, costLimit: number): ApolloServerPlugin<GraphqlContext> {
  const admit = async (asked: AskedOperation): Promise<void> => {
    const { document, operation, contextValue } = asked;
    const variables = asked.request.variables ?? {};
    refuseBadText(document, variables);
    if (operation === undefined) return;
    if (schema.getRootType(operation.operation) === undefined) {
      throw new ApiError("BAD_REQUEST", `this API has no ${operation.operation}s`, "OPERATION_TYPE");
    }
    const size = measureOperation(schema, document, operation, variables, declaredCosts());
    refuseTooLarge(size, costLimit);
    await contextValue.operation.admit(size.cost);
  };
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: async (asked) => {
          try {
            await admit(asked);
          } catch (error) {
            throw error instanceof ApiError ? withStatus(error) : error;
          }
        },
        willSendResponse: ({ contextValue }) => {
          contextValue.operation.stop(OPERATION_OVER);
          return Promise.resolve();
        },
      }),
  };
}

type AskedOperation = GraphQLRequestContextDidResolveOperation<GraphqlContext>;

// Apollo takes an error thrown here for its own fault unless it says which status it means.
function withStatus(error: ApiError): GraphQLError {
  const headers = new HeaderMap();
  const isPassing = error.code === "OVERLOADED" || error.code === "TIMEOUT";
  if (isPassing) headers.set("retry-after", "1");
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { http: { status: isPassing ? 503 : 400, headers } },
  });
}

function refuseBadText(document: DocumentNode, variables: unknown): void {
  visit(document, {
    [Kind.STRING]: (node) => {
      refuseText(node.value);
    },
  });
  refuseInVariables(variables, 0, { objects: 0 });
}

/** Deeper than any filter may be; what coerces variables calls itself for each level, and a stack has an end. */
const VARIABLES_DEPTH_AT_MOST = 250;
/** Each is made into an instance of its input type before anything else can be asked of it. */
const VARIABLES_OBJECTS_AT_MOST = 5_000;

function refuseInVariables(value: unknown, depth: number, seen: { objects: number }): void {
  if (typeof value === "string") refuseText(value);
  if (value === null || typeof value !== "object") return;
  if (depth >= VARIABLES_DEPTH_AT_MOST) {
    throw tooComplex("VARIABLES_DEPTH", `variables may be nested ${VARIABLES_DEPTH_AT_MOST} deep at most`);
  }
  seen.objects += 1;
  if (seen.objects > VARIABLES_OBJECTS_AT_MOST) {
    throw tooComplex("VARIABLES_SIZE", `variables may hold ${VARIABLES_OBJECTS_AT_MOST} objects and lists at most`);
  }
  for (const inner of Object.values(value)) refuseInVariables(inner, depth + 1, seen);
}

function tooComplex(reason: string, message: string): Error {
  return new ApiError("QUERY_TOO_COMPLEX", message, reason);
}

function refuseText(text: string): void {
  if (holdsNullCharacter(text)) throw badInput("NULL_CHARACTER", "text must not hold the null character U+0000");
  if (holdsLoneSurrogate(text)) {
    throw badInput("LONE_SURROGATE", "text must not hold half of a surrogate pair (U+D800 to U+DFFF)");
  }
}
