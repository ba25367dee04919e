// Who sends a request. No keys are given out yet, so whoever shows one is refused, not taken for anonymous: a client
// that believes it is known must learn that it is not.
import { ApiError } from "../kernel/errors";
import { ANONYMOUS, type Viewer } from "../kernel/viewer";

/** Who sends a request, by its Authorization header. @throws ApiError UNAUTHENTICATED */
export type Authenticate = (authorization: string | undefined) => Viewer | Promise<Viewer>;

/** @param authorization the header, if there is one @throws ApiError UNAUTHENTICATED */
export function viewerOf(authorization: string | undefined): Viewer {
  if (authorization === undefined || authorization.trim() === "") return ANONYMOUS;
  throw new ApiError("UNAUTHENTICATED", "the key in the Authorization header is not known here", "UNKNOWN_KEY");
}
