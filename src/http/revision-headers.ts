// Reading your writes, in whatever process: an answer says in X-Revision and X-Epoch what it is at least as new as, and a
// request with X-Min-Revision is served when that is reached.
import type { IncomingHttpHeaders } from "node:http";
import { HeaderMap } from "@apollo/server";
import type { FastifyReply } from "fastify";
import { GraphQLError } from "graphql";
import type { RevisionWatch } from "../database/revision-watch";
import { ApiError } from "../kernel/errors";

/** How long a request waits for its X-Min-Revision at most: a standby that is further behind is no good to anybody. */
export const AWAIT_REVISION_AT_MOST_MS = 2_000;

const REVISION = /^\d{1,18}$/;

/** To be called before the first statement of an operation. */
export function showRevision(watch: RevisionWatch, reply: FastifyReply): void {
  const { epoch, revision } = watch.current();
  void reply.header("x-revision", revision).header("x-epoch", epoch);
}

/** To be called when a mutation has committed, before its payload is read: what others wrote meanwhile may not be in it. */
export function showWrite(watch: RevisionWatch, reply: FastifyReply, revision: string): void {
  watch.note({ ...watch.current(), revision });
  const shown = BigInt(String(reply.getHeader("x-revision")));
  if (BigInt(revision) > shown) void reply.header("x-revision", revision);
  // An answer that was kept is older; any other one would be of an epoch that this process does not know yet.
  else if (BigInt(revision) < shown) void watch.ask();
}

/**
 * Waits for what the request's X-Min-Revision and X-Epoch ask for; neither is needed.
 * @throws GraphQLError of an ApiError, with its HTTP status: BAD_REQUEST with reason BAD_REVISION (400) or OTHER_EPOCH (412),
 * OVERLOADED with reason REVISION_NOT_REACHED (503)
 */
export async function awaitRevision(watch: RevisionWatch, headers: IncomingHttpHeaders): Promise<void> {
  const { "x-min-revision": revision, "x-epoch": epoch } = headers;
  if (revision !== undefined && (typeof revision !== "string" || !REVISION.test(revision))) {
    throw refusal(400, new ApiError("BAD_REQUEST", "X-Min-Revision must be 1 to 18 digits", "BAD_REVISION"));
  }
  // Before the wait, which would be for a number that means nothing here.
  if (epoch !== undefined) await refuseOtherEpoch(watch, epoch);
  if (revision === undefined) return;
  const isReached = await watch.reached(revision, AWAIT_REVISION_AT_MOST_MS);
  // Another epoch may have begun meanwhile.
  if (epoch !== undefined) await refuseOtherEpoch(watch, epoch);
  if (isReached) return;
  const message = "the revision that X-Min-Revision asks for is not here yet: try again";
  throw refusal(503, new ApiError("OVERLOADED", message, "REVISION_NOT_REACHED"), { "retry-after": "1" });
}

async function refuseOtherEpoch(watch: RevisionWatch, epoch: string | string[]): Promise<void> {
  if (epoch === watch.current().epoch) return;
  // An epoch that began just now may not be known to this process yet.
  await watch.ask();
  if (epoch === watch.current().epoch) return;
  const message = "X-Epoch is not this database's: what was read in another epoch must be read anew";
  throw refusal(412, new ApiError("BAD_REQUEST", message, "OTHER_EPOCH"));
}

function refusal(status: number, error: ApiError, headers: Readonly<Record<string, string>> = {}): GraphQLError {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) map.set(name, value);
  return new GraphQLError(error.message, { originalError: error, extensions: { http: { status, headers: map } } });
}
