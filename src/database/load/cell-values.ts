// The text of a cell as the value of a column, or what is wrong with it.
import { isDate, isInstant, isPartialDate } from "../../kernel/dates";
import { isSlug } from "../../kernel/names";
import type { Column } from "../declare/column";

export type CellValue = string | number | boolean | string[] | null;

const MAX_INTEGER = 2 ** 31 - 1;

/** @returns the value, or `{ problem }` */
export function cellValue(column: Column, text: string): { value: CellValue } | { problem: string } {
  if (column.list) return listValue(column, text);
  if (text === "") return column.nullable ? { value: null } : { problem: "must not be empty" };
  if (text.includes("\0")) return { problem: "must not hold a null character" };
  const wrong = (what: string): { problem: string } => ({ problem: `must be ${what}, but is "${text.slice(0, 60)}"` });
  switch (column.kind) {
    case "integer":
      return /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= MAX_INTEGER
        ? { value: Number(text) }
        : wrong("a whole number");
    case "decimal":
      return /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text))
        ? { value: Number(text) }
        : wrong("a number");
    case "boolean":
      return text === "true" || text === "false" ? { value: text === "true" } : wrong("true or false");
    case "partialDate":
      return isPartialDate(text) ? { value: text } : wrong("a year, month or day that exists, such as 2016-09");
    case "date":
      return isDate(text) ? { value: text } : wrong("a day that exists, such as 2016-09-14");
    case "dateTime":
      return isInstant(text) ? { value: text } : wrong("an instant with its offset, such as 2016-09-14T09:30:00Z");
    case "countryCode":
      return /^[A-Z]{2}$/.test(text) ? { value: text } : wrong("two upper-case letters");
    case "slug":
      return isSlug(text) ? { value: text } : wrong("lower-case letters and digits, joined by hyphens");
    case "url":
      return URL.canParse(text) && /^https?:/.test(text) ? { value: text } : wrong("an http or https URL");
    case "enum": {
      const words = Object.keys(column.enumeration?.values ?? {});
      return words.includes(text) ? { value: text } : wrong(`one of ${words.join(", ")}`);
    }
    default:
      return { value: text };
  }
}

// Values of one cell are set apart by semicolons.
function listValue(column: Column, text: string): { value: CellValue } | { problem: string } {
  const values: string[] = [];
  for (const part of text.split(";").map((word) => word.trim())) {
    if (part === "") continue;
    const read = cellValue({ ...column, list: false, nullable: false }, part);
    if ("problem" in read) return read;
    values.push(String(read.value));
  }
  return { value: [...new Set(values)] };
}
