// The root field viewer: who the server takes the caller for.
import { Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { BudgetState } from "../access/budgets/budgets";
import type { Catalogue } from "../database/declare/catalogue";
import type { RecordType } from "../database/declare/record-type";
import { SCOPED_ROLES, type Role as RoleName, type Viewer } from "../kernel/viewer";
import { lowerFirst } from "../kernel/names";
import type { RequestContext } from "./context";
import { addField } from "./declare-field";
import { Role } from "./enums";
import { objectOf } from "./record-objects";
import { DateTimeScalar } from "./scalars";

@ObjectType("Viewer", { simpleResolvers: true, description: "The caller, as the server knows it." })
class ViewerObject {
  @Field(() => Role, { description: "What the caller may do." })
  role!: RoleName;

  @Field(() => String, {
    nullable: true,
    description: "What the key is called, as in the log; null without one.",
  })
  keyName!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when the key is good; null without one, and for one without an end.",
  })
  expiresAt!: string | null;
}

@ObjectType("Budget", {
  simpleResolvers: true,
  description:
    "What a caller may still ask for, in the unit of an operation's cost: a bucket that refills evenly, all of it in a minute. See docs/limits.md.",
})
class Budget {
  @Field(() => Int, { description: "What the bucket holds when it is full." })
  limit!: number;

  @Field(() => Int, { description: "What is left in the bucket, once this operation has been paid for." })
  remaining!: number;

  @Field(() => DateTimeScalar, { description: "When the bucket is full again, if nothing else is asked for." })
  resetsAt!: string;
}

@Resolver(() => ViewerObject)
export class ViewerRoot {
  @Query(() => ViewerObject, {
    description: "Who you are to the server: the role of your key, or ANONYMOUS without one.",
  })
  viewer(@Ctx() { viewer }: RequestContext): Viewer {
    return viewer;
  }

  @FieldResolver(() => Budget, {
    nullable: true,
    description: "The budget of the key, or of the caller's address without one; null where this server sets none.",
  })
  budget(@Ctx() { budget, now }: RequestContext): Budget | null {
    return budget.state === null ? null : budgetAt(now, budget.state);
  }
}

/** For each role of keys that belong to a record, the field with that record. */
export function addViewerScopes(catalogue: Catalogue): void {
  for (const [role, typeName] of Object.entries(SCOPED_ROLES)) {
    addScope(role, catalogue.getByName(typeName));
  }
}

function addScope(role: string, type: RecordType): void {
  addField(
    () => ViewerObject,
    lowerFirst(type.name),
    {
      type: () => objectOf(type),
      nullable: true,
      description: `The ${type.name} that the key belongs to; null for other keys.`,
    },
    (viewer: Viewer, _args, { records }) =>
      viewer.role === role && viewer.scope !== null ? records.currentById.load(viewer.scope) : null,
  );
}

/** @param now the instant of the request */
function budgetAt(now: string, { limit, remaining, resetMs }: BudgetState): Budget {
  return { limit, remaining, resetsAt: new Date(Date.parse(now) + resetMs).toISOString() };
}
