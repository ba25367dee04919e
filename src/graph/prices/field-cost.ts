// What is declared of the cost of a field. It travels in the field's extensions, from the class or the declaration to the built schema,
// where operation-cost.ts reads it. (type-graphql looks through all extensions for each field: 180 of them add 15 ms to a start.)
import type { GraphQLField } from "graphql";
import { Extensions } from "type-graphql";
import type { Asked, FieldPrice } from "./asked";

/** How many objects a field may answer with: as many as first or last say, a usual number, or what else there is to know. */
export type ListSize = "page" | number | ((asked: Pick<Asked, "args" | "sizes">) => number);

export interface FieldCost {
  /** how many objects it answers with, for the cost of a query */
  listSize?: ListSize | undefined;
  /** what it takes beside its answer; left out, a statement for a root field and nothing for others */
  price?: FieldPrice | undefined;
}

declare module "graphql" {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- an interface is added to with the parameters that it has
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    cost?: FieldCost;
  }
}

/** Says what a field costs: a decorator, beside `@Query`, `@FieldResolver` or `@Field`. */
export function Cost(cost: FieldCost): MethodDecorator & PropertyDecorator {
  return Extensions({ cost });
}

/** What is declared of a field; nothing of most. */
export function declaredCost({ extensions }: GraphQLField<unknown, unknown>): FieldCost {
  return extensions.cost ?? {};
}
