// The root field viewer: who the server takes the caller for.
import { Int, ObjectType } from "type-graphql";
import type { BudgetState } from "../access/budgets/budgets";
import type { Catalogue } from "../database/declare/catalogue";
import type { RecordType } from "../database/declare/record-type";
import { SCOPED_ROLES, type Viewer } from "../kernel/viewer";
import { lowerFirst } from "../kernel/names";
import { addField, addProperty, addQuery } from "./declare-field";
import { Role } from "./enums";
import { objectOf } from "./record-objects";
import { DateTimeScalar } from "./scalars";

class ViewerObject {}
ObjectType("Viewer", { simpleResolvers: true, description: "The caller, as the server knows it." })(ViewerObject);
addProperty(ViewerObject, "role", { type: () => Role, description: "What the caller may do." });
addProperty(ViewerObject, "keyName", {
  type: () => String,
  nullable: true,
  description: "What the key is called, as in the log; null without one.",
});
addProperty(ViewerObject, "expiresAt", {
  type: () => DateTimeScalar,
  nullable: true,
  description: "Until when the key is good; null without one, and for one without an end.",
});

class BudgetObject {}
ObjectType("Budget", {
  simpleResolvers: true,
  description:
    "What a caller may still ask for, in the unit of an operation's cost: a bucket that refills evenly, all of it in a minute. See docs/limits.md.",
})(BudgetObject);
addProperty(BudgetObject, "limit", { type: () => Int, description: "What the bucket holds when it is full." });
addProperty(BudgetObject, "remaining", {
  type: () => Int,
  description: "What is left in the bucket, once this operation has been paid for.",
});
addProperty(BudgetObject, "resetsAt", {
  type: () => DateTimeScalar,
  description: "When the bucket is full again, if nothing else is asked for.",
});

export function addViewerRoot(catalogue: Catalogue): void {
  for (const [role, typeName] of Object.entries(SCOPED_ROLES)) {
    addScope(role, catalogue.getByName(typeName));
  }
  addField<Viewer>(
    "Viewer",
    () => ViewerObject,
    "budget",
    {
      type: () => BudgetObject,
      nullable: true,
      description: "The budget of the key, or of the caller's address without one; null where this server sets none.",
    },
    (_viewer, _args, { budget, now }) => (budget.state === null ? null : budgetAt(now, budget.state)),
  );
  addQuery(
    "viewer",
    {
      type: () => ViewerObject,
      description: "Who you are to the server: the role of your key, or ANONYMOUS without one.",
    },
    (_args, { viewer }) => viewer,
  );
}

function addScope(role: string, type: RecordType): void {
  addField<Viewer>(
    "Viewer",
    () => ViewerObject,
    lowerFirst(type.name),
    {
      type: () => objectOf(type),
      nullable: true,
      description: `The ${type.name} that the key belongs to; null for other keys.`,
    },
    (viewer, _args, { records }) =>
      viewer.role === role && viewer.scope !== null ? records.currentById.load(viewer.scope) : null,
  );
}

/** @param now the instant of the request */
function budgetAt(now: string, { limit, remaining, resetMs }: BudgetState): object {
  return { limit, remaining, resetsAt: new Date(Date.parse(now) + resetMs).toISOString() };
}
