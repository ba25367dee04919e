// Refuses callers that may not do what a mutation does. The Secretariat may do everything.
import { ApiError } from "../kernel/errors";
import type { Viewer } from "../kernel/viewer";
import { holdersInWords, type Permission } from "./permissions";

/** Refuses callers that can never hold the right, whatever record they name. @throws UNAUTHENTICATED, FORBIDDEN */
export function authorizeRole(viewer: Viewer, permission: Permission): void {
  if (viewer.role === "ANONYMOUS") {
    throw new ApiError(
      "UNAUTHENTICATED",
      `${permission.mutation} needs a key: send it as "Authorization: Bearer ccg_…"`,
      "KEY_REQUIRED",
    );
  }
  if (viewer.role === "SECRETARIAT") return;
  if (viewer.scope === null || permission.right.length === 0) throw forbidden(permission);
}

/**
 * Refuses callers that do not hold the right over the record at hand.
 * @param parties the UUIDs of those who are any of the right's holders to the record
 * @throws FORBIDDEN
 */
export function authorizeParties(viewer: Viewer, permission: Permission, parties: ReadonlySet<string>): void {
  if (viewer.role === "SECRETARIAT") return;
  if (permission.right.includes("PARTNER") && viewer.scope !== null) return;
  if (viewer.scope === null || !parties.has(viewer.scope)) throw forbidden(permission);
}

function forbidden(permission: Permission): ApiError {
  const { mutation } = permission;
  return new ApiError("FORBIDDEN", `your key may not do this: ${mutation} is for ${holdersInWords(permission)}`);
}
