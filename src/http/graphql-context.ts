// What the resolvers of a request have, and what the server knows of the operation besides.
import { RequestContext, type RequestParts } from "../graph/context";
import type { OperationUnderWay } from "./operations";

export class GraphqlContext extends RequestContext {
  constructor(
    parts: Omit<RequestParts, "claim">,
    readonly operation: OperationUnderWay,
  ) {
    super({ ...parts, claim: operation });
  }
}
