// The root field viewer: who the server takes the caller for.
import { Field, ObjectType } from "type-graphql";
import type { Role as RoleName } from "../kernel/viewer";
import { addQuery } from "./declare-field";
import { Role } from "./enums";

@ObjectType("Viewer", { simpleResolvers: true, description: "The caller, as the server knows it." })
class ViewerObject {
  @Field(() => Role, { description: "What the caller may do." })
  role!: RoleName;
}

export function addViewerRoot(): void {
  addQuery(
    "viewer",
    {
      type: () => ViewerObject,
      description: "Who you are to the server: the role of your key, or ANONYMOUS without one.",
    },
    (_args, { viewer }) => ({ role: viewer.role }),
  );
}
