// Callers as tests want them, without keys.
import type { Authenticate } from "../../src/access/viewer-of-request";
import { ANONYMOUS, type Role, type Viewer } from "../../src/kernel/viewer";

/** A key that no database has. */
const KEY_OF_THE_TESTS = "01900000-0000-7000-8000-00000000000e";

export function viewerAs(role: Role, scope: string | null = null): Viewer {
  if (role === "ANONYMOUS") return ANONYMOUS;
  const keyName = `${role.toLowerCase()} of the tests`;
  return { role, keyId: KEY_OF_THE_TESTS, scope, keyName, expiresAt: null };
}

/** Whoever asks sees all there is: for tests of what can be asked, not of who may. */
export const asSecretariat: Authenticate = () => viewerAs("SECRETARIAT");

/** Takes callers for whom their header says they are: see headerOf. */
export const asTheySay: Authenticate = (authorization) =>
  authorization === undefined ? ANONYMOUS : (JSON.parse(authorization) as Viewer);

export function headerOf(viewer: Viewer): Record<string, string> {
  return viewer.role === "ANONYMOUS" ? {} : { authorization: JSON.stringify(viewer) };
}
