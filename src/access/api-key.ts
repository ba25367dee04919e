// The tokens of API keys: how they are made, recognised and hashed.
import { createHash, randomBytes } from "node:crypto";

const PREFIX = "ccg_";
const RANDOM_BYTES = 32;

// 43 characters of base64url hold two bits more than 32 bytes: the last one is among those that leave them zero, so
// that a token has one spelling.
const TOKEN = /^ccg_[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Every token in a text, for what must not show one. */
export const TOKENS_IN_TEXT = /ccg_[A-Za-z0-9_-]{43}/g;

/** `ccg_` and 43 characters: 32 random bytes in base64url (RFC 4648, section 5). */
export function makeToken(): string {
  return PREFIX + randomBytes(RANDOM_BYTES).toString("base64url");
}

/** True for what makeToken could have made. Anything else needs no look-up. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * SHA-256 of the token, in hexadecimal: all that is kept of it. Of 256 random bits nobody tries out a part worth naming,
 * so the hash need not be slow, as that of a password must be.
 */
export function hashOfToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
