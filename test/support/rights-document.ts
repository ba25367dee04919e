// docs/rights.md as the tests read it: what the server is held against. Nothing here asks a declaration.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const LINES = readFileSync(join(__dirname, "..", "..", "docs", "rights.md"), "utf8").split("\n");

/** The rows of the table below a heading, cell by cell, without the marks of code. */
function tableBelow(heading: string): string[][] {
  const from = LINES.indexOf(`## ${heading}`);
  if (from < 0) throw new Error(`docs/rights.md has no heading "${heading}"`);
  const to = LINES.findIndex((line, i) => i > from && line.startsWith("## "));
  const rows = LINES.slice(from, to < 0 ? undefined : to).filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}

/** Of each type: "the Secretariat", "itself", or the reference that names whose a record is. */
export const BELONGS_TO: ReadonlyMap<string, string> = new Map(
  tableBelow("Whose a record is").map(([type = "", owner = ""]) => [type, owner]),
);

/** Of each mutation: in words, who may beside the Secretariat. */
export const RIGHTS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  tableBelow("Who may do what").map(([mutation = "", others = ""]) => [
    mutation,
    others === "the Secretariat alone" ? [] : others.split(", or "),
  ]),
);

/** In words, all who have a key of their own. */
export const EVERY_PARTNER = "every city, network and organization with a key of its own";

/** Of each column of a type, how official it is: "always", or "once it is said". */
export const OFFICIAL_FIELDS: readonly (readonly [field: string, official: string])[] = tableBelow(
  "What of a record only the Secretariat writes",
).map(([field = "", official = ""]) => [field, official]);

export interface HiddenRows {
  type: string;
  /** left out, all rows */
  where?: { column: string; word: string; isNot: boolean };
  /** the references that name who sees them */
  seenBy: readonly string[];
}

export const HIDDEN_ROWS: readonly HiddenRows[] = tableBelow("Rows that not everybody sees").map(
  ([type = "", rows = "", seenBy = ""]) => {
    const [, column, not, word] = /^those whose (\w+) is (not )?(\w+)$/.exec(rows) ?? [];
    if (rows !== "all" && word === undefined) throw new Error(`docs/rights.md says of ${type}: ${rows}`);
    return {
      type,
      seenBy: seenBy.split(" and "),
      ...(column === undefined || word === undefined ? {} : { where: { column, word, isNot: not !== undefined } }),
    };
  },
);

/** The fields that are null for others, with whom they are shown to: "every key", or the roles. */
export const HIDDEN_FIELDS: ReadonlyMap<string, "every key" | readonly string[]> = new Map(
  tableBelow("Fields that not everybody sees").map(([field = "", seenBy = ""]) => [
    field,
    seenBy === "every key" ? seenBy : seenBy.replace("keys of the roles ", "").split(" and "),
  ]),
);
