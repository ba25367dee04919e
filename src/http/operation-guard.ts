// Refuses an operation before it runs: too large by the static count, with text that no database takes, or not admitted. One
// plugin, because Apollo runs those of several at the same time, and nobody is admitted before the cost is known. When an operation is
// answered, nothing of it runs any longer.
import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from "@apollo/server";
import { Kind, visit, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { holdsLoneSurrogate, holdsNullCharacter } from "../kernel/text";
import type { Catalogue } from "../database/declare/catalogue";
import type { Sizes } from "../database/read/sizes";
import { measureOperation, refuseTooLarge } from "../graph/operation-cost";
import { recordTypesOf } from "../graph/prices/costs";
import { ApiError, badInput } from "../kernel/errors";
import type { GraphqlContext } from "./graphql-context";
import { OPERATION_OVER } from "./operations";
import { refused } from "./refused";

/**
 * Lets an operation run, now or later.
 * @param cost by the static count
 * @throws ApiError where it may not run; nothing was executed then
 */
export type Admit = (context: GraphqlContext, cost: number) => Promise<void>;

export interface Pricing {
  /** the most that an operation may cost */
  limit: number;
  /** the sizes of the tables as they are known now, which costs are told from */
  sizes: () => Sizes;
  catalogue: Catalogue;
}

export function operationGuard(
  schema: GraphQLSchema,
  pricing: Pricing,
  admit: Admit,
): ApolloServerPlugin<GraphqlContext> {
  const records = recordTypesOf(schema);
  const costOf = (
    { document, request }: GraphQLRequestContextDidResolveOperation<GraphqlContext>,
    operation: OperationDefinitionNode,
    limit: number,
  ): number => {
    const variables = request.variables ?? {};
    refuseBadText(document, variables);
    if (schema.getRootType(operation.operation) === undefined) {
      throw new ApiError("BAD_REQUEST", `this API has no ${operation.operation}s`, "OPERATION_TYPE");
    }
    const costs = { catalogue: pricing.catalogue, records, sizes: pricing.sizes() };
    const size = measureOperation(schema, document, operation, variables, costs);
    refuseTooLarge(size, limit);
    return size.cost;
  };
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: async (request) => {
          const { contextValue, operation } = request;
          if (operation === undefined) return;
          const limit = Math.min(pricing.limit, contextValue.budget.operationCostAtMost);
          try {
            await admit(contextValue, costOf(request, operation, limit));
          } catch (error) {
            throw refused(error);
          }
        },
        willSendResponse: async ({ contextValue, response }) => {
          contextValue.operation.stop(OPERATION_OVER);
          const { estimated, state, limit } = contextValue.budget;
          if (estimated !== null && response.body.kind === "single") {
            const { singleResult } = response.body;
            const cost = { estimated, limit, remaining: state?.remaining ?? null };
            singleResult.extensions = { ...singleResult.extensions, cost };
          }
          await contextValue.operation.turnOfItsOwn();
        },
      }),
  };
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
