// Keyset cursors: the sort values of one row and its tie-breaker, bound to the view that they were made in. A cursor
// is a position, not a row: it stays right when that row is deleted or changed.
import { createHash } from "node:crypto";
import { badInput } from "./errors";

export type CursorValue = string | number | boolean | null;

/** A short digest of everything that gives a position its meaning: view, filter, order. */
export function cursorBinding(view: unknown): string {
  return createHash("sha256").update(canonicalJson(view)).digest("base64url").slice(0, 11);
}

export function encodeCursor(binding: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([binding, ...values]), "utf8").toString("base64url");
}

/**
 * The values of a cursor that was made in this very view.
 * @param isValue one test for each value, so that nothing but the right type reaches the database
 * @throws BAD_USER_INPUT with reason BAD_CURSOR
 */
export function decodeCursor(
  cursor: string,
  binding: string,
  isValue: readonly ((value: unknown) => boolean)[],
): CursorValue[] {
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw badCursor("is malformed");
  }
  if (!Array.isArray(decoded) || decoded.length === 0) throw badCursor("is malformed");
  const [foundBinding, ...values] = decoded as unknown[];
  if (foundBinding !== binding) throw badCursor("belongs to another list, filter or order");
  if (values.length !== isValue.length || !values.every((value, i) => isValue[i]?.(value))) {
    throw badCursor("is malformed");
  }
  return values as CursorValue[];
}

function badCursor(what: string): Error {
  return badInput("BAD_CURSOR", `the cursor ${what}: pass one that this same list gave, or none to start anew`);
}

/** JSON with sorted keys and without undefined members, so that equal inputs give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
