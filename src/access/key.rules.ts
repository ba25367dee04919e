// What a key may be called and how long it may be good for.
import { isDate, isInstant } from "../kernel/dates";
import type { KeyRole } from "../kernel/viewer";

export interface KeyWish {
  /** unique for ever, 1 to 100 characters: what the log calls whoever writes with the key */
  name: string;
  role: KeyRole;
  /** the UUID of the record that the key belongs to: present exactly for the roles in SCOPED_ROLES */
  scope: string | null;
  /** an instant (RFC 3339) from which the key is good no longer; null for no end */
  expiresAt: string | null;
  /** who makes it: the name of a key, or COMMAND_LINE */
  createdBy: string;
}

/** Something about a wished or named key that whoever asked can mend. */
export class KeyProblem extends Error {
  constructor(
    readonly code: "BAD_NAME" | "NAME_TAKEN" | "BAD_SCOPE" | "BAD_EXPIRY" | "NO_SUCH_KEY",
    /** which member of the wish is wrong */
    readonly field: keyof KeyWish,
    message: string,
  ) {
    super(message);
    this.name = "KeyProblem";
  }
}

/** Who the command line is, as the maker of keys. */
export const COMMAND_LINE = "command line";

/** Whom else the log names, and "console:" with a database's user: a key that were called so could be taken for them. */
export const OTHER_ACTORS: readonly string[] = [COMMAND_LINE, "dataset", "example", "console"];

const NAME_LENGTH_AT_MOST = 100;
// Control and formatting characters, lone surrogates, ends of lines, fillers and the blank of Braille: one name could look like
// another.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A name as it is kept: composed (NFC), without white space around it. What looks like it is compared by the database's folded_key_name(). */
export function keptName(name: string): string {
  return name.normalize("NFC").trim();
}

/** @param name as it is kept @throws KeyProblem */
export function refuseBadName(name: string): void {
  const refuse = (why: string): never => {
    throw new KeyProblem("BAD_NAME", "name", `the name of a key ${why}`);
  };
  if (name === "") refuse("must not be blank");
  if (Array.from(name).length > NAME_LENGTH_AT_MOST) refuse(`must have ${NAME_LENGTH_AT_MOST} characters at most`);
  if (INVISIBLE.test(name)) refuse("must not hold invisible characters");
}

/** @throws KeyProblem */
export function refuseBadExpiry(expiresAt: string | null, now: Date): void {
  if (expiresAt === null || new Date(expiresAt) > now) return;
  throw new KeyProblem("BAD_EXPIRY", "expiresAt", `a key must expire later than now, but got ${expiresAt}`);
}

const LAST_YEAR = 9999;

/**
 * When a key ends: at this instant or, by a day, at the end of that day in UTC. A day is the last one on which the key is good, as
 * all deadlines are (docs/decisions/0009).
 * @returns an instant (RFC 3339) in UTC
 * @throws KeyProblem
 */
export function endOfKey(dayOrInstant: string): string {
  const isDay = isDate(dayOrInstant);
  const end = new Date(isDay ? `${dayOrInstant}T00:00:00Z` : dayOrInstant);
  if (isDay) end.setUTCDate(end.getUTCDate() + 1);
  if (!(isDay || isInstant(dayOrInstant)) || end.getUTCFullYear() > LAST_YEAR) {
    throw new KeyProblem(
      "BAD_EXPIRY",
      "expiresAt",
      `the end of a key must be a day such as 2027-12-31 or an instant such as 2027-12-31T18:00:00Z, but got "${dayOrInstant}"`,
    );
  }
  return end.toISOString();
}

export type KeyState = "ACTIVE" | "EXPIRED" | "REVOKED" | "ORPHANED";

export interface KeyLife {
  revokedAt: string | null;
  expiresAt: string | null;
  /** the record that it belongs to is gone */
  isOrphaned: boolean;
}

/** Whether a key is good, and if not, why. The end is the first instant at which it is not. */
export function stateOf({ revokedAt, expiresAt, isOrphaned }: KeyLife, now: Date): KeyState {
  if (revokedAt !== null) return "REVOKED";
  if (expiresAt !== null && new Date(expiresAt) <= now) return "EXPIRED";
  return isOrphaned ? "ORPHANED" : "ACTIVE";
}
