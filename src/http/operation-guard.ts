// Refuses an operation before it runs: too large by the static count, or with text that no database takes.
import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, Kind, visit, type DocumentNode, type GraphQLSchema } from "graphql";
import type { RequestContext } from "../graph/context";
import { declaredListSizes } from "../graph/declare-field";
import { measureOperation, refuseTooLarge } from "../graph/operation-cost";
import { ApiError, badInput } from "../kernel/errors";

export function operationGuard(schema: GraphQLSchema, costLimit: number): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, request }) => {
          try {
            const variables = request.variables ?? {};
            refuseNullCharacters(document, variables);
            if (operation === undefined) return Promise.resolve();
            refuseTooLarge(measureOperation(schema, document, operation, variables, declaredListSizes()), costLimit);
          } catch (error) {
            if (!(error instanceof ApiError)) throw error;
            // Apollo takes an error thrown here for its own fault unless it says which status it means.
            throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
          }
          return Promise.resolve();
        },
      }),
  };
}

// PostgreSQL's text holds every character but U+0000.
function refuseNullCharacters(document: DocumentNode, variables: unknown): void {
  visit(document, {
    [Kind.STRING]: (node) => {
      if (node.value.includes("\0")) throw nullCharacter();
    },
  });
  if (holdsNullCharacter(variables)) throw nullCharacter();
}

function holdsNullCharacter(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(holdsNullCharacter);
}

function nullCharacter(): Error {
  return badInput("NULL_CHARACTER", "text must not hold the null character U+0000");
}
