// What the resolvers of a request have, and what the server knows of the operation besides.
import { RequestContext, type RequestOptions } from "../graph/context";
import type { OperationUnderWay } from "./operations";

export class GraphqlContext extends RequestContext {
  constructor(
    options: Omit<RequestOptions, "claim">,
    readonly operation: OperationUnderWay,
  ) {
    super({ ...options, claim: operation });
  }
}
