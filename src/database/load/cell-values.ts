// The text of a cell as the value of a column, or what is wrong with it.
import type { ReadCell } from "../declare/codec";
import type { Column } from "../declare/column";

/** @returns the value, or `{ problem }` */
export function cellValue(column: Column, text: string): ReadCell {
  if (text === "" && !column.list) return column.nullable ? { value: null } : { problem: "must not be empty" };
  return text.includes("\0") ? { problem: "must not hold a null character" } : column.codec.readCell(text);
}
