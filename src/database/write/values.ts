// Whether a value can stand in a column, as far as the database would not say it, or not in a way that helps.
import { isSlug } from "../../kernel/names";
import type { Column } from "../declare/column";

/** The most characters that a text may have, and the most values that a list may have. */
const NAME_LENGTH = 300;
const TEXT_LENGTH = 20_000;
const URL_LENGTH = 2_000;
export const ITEMS_AT_MOST = 100;

/** What is wrong with a value that its scalar lets through; undefined where nothing is. */
export function problemOf(column: Column, value: unknown): string | undefined {
  if (column.list) {
    const items = value as unknown[];
    if (items.length > ITEMS_AT_MOST) return `must hold ${ITEMS_AT_MOST} values at most`;
    return items.map((item) => problemOf({ ...column, list: false, kind: nameLike(column) }, item)).find(Boolean);
  }
  if (typeof value !== "string") return undefined;
  switch (column.kind) {
    case "slug":
      return isSlug(value) ? undefined : "must be lower-case letters and digits, joined by hyphens, 100 at most";
    case "url":
      return value.length > URL_LENGTH ? `must be ${URL_LENGTH} characters long at most` : undefined;
    case "name":
      return textProblem(value, NAME_LENGTH);
    case "text":
      return textProblem(value, TEXT_LENGTH);
    default:
      return undefined;
  }
}

// The words of a list are short, and found by their index.
function nameLike({ kind }: Column): Column["kind"] {
  return kind === "text" ? "name" : kind;
}

function textProblem(value: string, atMost: number): string | undefined {
  if (value.trim() === "") return "must not be blank";
  return value.length > atMost ? `must be ${atMost} characters long at most` : undefined;
}
