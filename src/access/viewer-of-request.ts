// Who sends a request: nobody known, or the holder of a key. Whoever shows a key that is not good is refused, not taken for
// anonymous: a client that believes it is known must learn that it is not.
import { SERVER } from "../database/claim";
import type { Database } from "../database/database";
import type { Clock } from "../kernel/clock";
import { ApiError } from "../kernel/errors";
import { ANONYMOUS, type Viewer } from "../kernel/viewer";
import { hashOfToken, isToken } from "./api-key";
import { stateOf, type KeyState } from "./key.rules";
import { findKeyByHash } from "./key-store";
import { LastUses } from "./last-uses";
import type { WrongKeys } from "./wrong-keys";

/**
 * Who sends a request, by its Authorization header.
 * @param address where it comes from, as addressOf has it
 * @throws ApiError UNAUTHENTICATED; RateLimited
 */
export type Authenticate = (authorization: string | undefined, address: string) => Viewer | Promise<Viewer>;

/** The reason of a refusal for an Authorization header that shows no bearer token at all. */
export const BAD_AUTHORIZATION = "BAD_AUTHORIZATION";

// RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1).
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

const REFUSALS: Readonly<Record<Exclude<KeyState, "ACTIVE">, { reason: string; message: string }>> = {
  REVOKED: { reason: "REVOKED_KEY", message: "the key was revoked: ask for a new one" },
  EXPIRED: { reason: "EXPIRED_KEY", message: "the key has expired: ask for a new one" },
  ORPHANED: { reason: "ORPHANED_KEY", message: "the record that the key belongs to was deleted" },
};

export class KeyRing {
  private readonly lastUses: LastUses;

  /** @param onFault told when last uses could not be written; no request fails by it */
  constructor(
    private readonly database: Pick<Database, "reserveFor">,
    private readonly clock: Clock,
    private readonly wrongKeys: WrongKeys,
    onFault: (error: unknown) => void,
  ) {
    this.lastUses = new LastUses(database.reserveFor(SERVER), onFault);
  }

  /**
   * ANONYMOUS without a header or with an empty one; else the holder of the key. What is no token of ours is refused
   * without a look-up; for a token it is one, on every request: nothing is remembered, so that a revocation is in force
   * on the next request in every process, which is worth more than the fraction of a millisecond.
   * @throws ApiError UNAUTHENTICATED with reason BAD_AUTHORIZATION, UNKNOWN_KEY, REVOKED_KEY, EXPIRED_KEY or
   * ORPHANED_KEY (the first that holds); RateLimited TOO_MANY_WRONG_KEYS in its place where the address showed too many
   */
  readonly authenticate = async (authorization: string | undefined, address: string): Promise<Viewer> => {
    if (authorization === undefined || authorization.trim() === "") return ANONYMOUS;
    try {
      return await this.holderOf(authorization, address);
    } catch (error) {
      if (error instanceof ApiError && error.code === "UNAUTHENTICATED") await this.wrongKeys.count(address);
      throw error;
    }
  };

  /** Writes the last uses that are still in memory; to be called after the last request, before the database closes. */
  close(): Promise<void> {
    return this.lastUses.close();
  }

  private async holderOf(authorization: string, address: string): Promise<Viewer> {
    const token = BEARER.exec(authorization.trim())?.[1];
    if (token === undefined) {
      throw unauthenticated(BAD_AUTHORIZATION, "the Authorization header must be Bearer and a key");
    }
    // Addresses take turns: who tries many keys holds up nobody else.
    const key = isToken(token) ? await findKeyByHash(this.database.reserveFor(address), hashOfToken(token)) : undefined;
    if (key === undefined)
      throw unauthenticated("UNKNOWN_KEY", "the key in the Authorization header is not known here");
    const now = this.clock();
    const state = stateOf(key, now);
    if (state !== "ACTIVE") throw unauthenticated(REFUSALS[state].reason, REFUSALS[state].message);
    this.lastUses.note(key.id, now);
    return { role: key.role, keyId: key.id, scope: key.scope, keyName: key.name, expiresAt: key.expiresAt };
  }
}

function unauthenticated(reason: string, message: string): ApiError {
  return new ApiError("UNAUTHENTICATED", message, reason);
}
