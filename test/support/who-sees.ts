// Who sees which rows, as docs/rights.md says it: what the API is compared with. No expectation here comes from a declaration.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import type { RecordType } from "../../src/database/declare/record-type";
import { snakeCase } from "../../src/kernel/names";
import type { Role, Viewer } from "../../src/kernel/viewer";
import { BELONGS_TO, HIDDEN_FIELDS, HIDDEN_ROWS } from "./rights-document";

/** A row as the database has it, with its columns under their names there. */
export interface StoredRow {
  id: string;
  // Tests know what they compare.
  [column: string]: any;
}

/** Everybody, or those whose keys see it beside the Secretariat, by their UUIDs. */
export type Audience = "EVERYBODY" | readonly string[];

const referenceOf = (row: StoredRow, field: string): string => row[snakeCase(`${field}Id`)] as string;

export const AUDIENCES: Readonly<Record<string, (row: StoredRow) => Audience>> = Object.fromEntries(
  HIDDEN_ROWS.map(({ type, where, seenBy }) => [
    type,
    (row) => {
      const isHidden = where === undefined || (row[snakeCase(where.column)] === where.word) !== where.isNot;
      return isHidden ? seenBy.map((field) => referenceOf(row, field)) : "EVERYBODY";
    },
  ]),
);

/** Whose a row is: who reads its history, beside the Secretariat. */
export const OWNERS: Readonly<Record<string, (row: StoredRow) => string>> = Object.fromEntries(
  HIDDEN_ROWS.map(({ type }) => [type, (row) => referenceOf(row, BELONGS_TO.get(type) ?? "")]),
);

/** The fields that are null as a whole for some roles, and the roles that they are shown to. */
export const SHOWN_TO: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...HIDDEN_FIELDS].flatMap(([field, roles]) => (roles === "every key" ? [] : [[field, roles]])),
);

/** The types that say so themselves, and those that should. */
export const RESTRICTED: readonly RecordType[] = catalogue.records.filter(
  (type) => type.audience !== undefined || Object.hasOwn(AUDIENCES, type.name),
);

/** The same types as a table for describe.each. */
export const EACH_RESTRICTED = RESTRICTED.map((type) => [type.name, type] as const);

/** Callers of each role; of those that keys belong to, some are parties of rows and some are of none. */
const CALLERS: readonly { role: Role; slug?: string }[] = [
  { role: "ANONYMOUS" },
  { role: "READER" },
  { role: "CITY", slug: "krakow" },
  { role: "CITY", slug: "york" },
  { role: "CITY", slug: "lyon" },
  { role: "CITY", slug: "busan" },
  { role: "NETWORK", slug: "gnlc" },
  { role: "NETWORK", slug: "iccar" },
  { role: "ORGANIZATION", slug: "film-works" },
  { role: "ORGANIZATION", slug: "book-institute" },
  { role: "ORGANIZATION", slug: "open-university" },
  { role: "SECRETARIAT" },
];

export interface Caller {
  title: string;
  role: Role;
  slug?: string;
}

export const EACH_CALLER = CALLERS.map((caller): [string, Caller] => {
  const title = [caller.role, caller.slug].filter((part) => part !== undefined).join(" ");
  return [title, { title, ...caller }];
});

export function audienceOf(type: RecordType, row: StoredRow): Audience {
  if (!RESTRICTED.includes(type)) return "EVERYBODY";
  const audience = AUDIENCES[type.name];
  if (audience === undefined) throw new Error(`docs/rights.md does not say who sees a ${type.name}`);
  return audience(row);
}

export function isIn(audience: Audience, { role, scope }: Viewer): boolean {
  return role === "SECRETARIAT" || audience === "EVERYBODY" || (scope !== null && audience.includes(scope));
}
