// Callers as tests want them, without keys.
import type { Authenticate } from "../../src/access/viewer-of-request";
import { ANONYMOUS, type Role, type Viewer } from "../../src/kernel/viewer";

export function viewerAs(role: Role, scope: string | null = null): Viewer {
  return { role, scope, keyName: role === "ANONYMOUS" ? null : `${role.toLowerCase()} of the tests`, expiresAt: null };
}

/** Whoever asks sees all there is: for tests of what can be asked, not of who may. */
export const asSecretariat: Authenticate = () => viewerAs("SECRETARIAT");

/** Takes callers for whom their header says they are: see headerOf. */
export const asTheySay: Authenticate = (authorization) =>
  authorization === undefined ? ANONYMOUS : (JSON.parse(authorization) as Viewer);

export function headerOf(viewer: Viewer): Record<string, string> {
  return viewer.role === "ANONYMOUS" ? {} : { authorization: JSON.stringify(viewer) };
}
