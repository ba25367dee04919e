// Who sees which rows, said by hand for each type that not everybody sees all of: what the API is compared with. Nothing
// here asks visibleTo, and a type that this file does not know fails the tests.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import type { RecordType } from "../../src/database/declare/record-type";
import type { Role, Viewer } from "../../src/kernel/viewer";

/** A row as the database has it, with its columns under their names there. */
export interface StoredRow {
  id: string;
  // Tests know what they compare.
  [column: string]: any;
}

/** Everybody, or those whose keys see it beside the Secretariat, by their UUIDs. */
export type Audience = "EVERYBODY" | readonly string[];

export const AUDIENCES: Readonly<Record<string, (row: StoredRow) => Audience>> = {
  Application: (row) => [row.city_id],
  MonitoringReport: (row) => (row.status === "DRAFT" ? [row.city_id] : "EVERYBODY"),
  PlannedAction: (row) => (row.report_status === "DRAFT" ? [row.city_id] : "EVERYBODY"),
  Opportunity: (row) => (row.state === "DRAFT" ? [row.posted_by_id] : "EVERYBODY"),
  OpportunityResponse: (row) => [row.responder_id, row.posted_by_id],
  Practice: (row) => (row.state === "ACCEPTED" ? "EVERYBODY" : [row.submitted_by_id]),
};

/** Whose a row is: who reads its history, beside the Secretariat; null where that is the Secretariat alone. */
export const OWNERS: Readonly<Record<string, (row: StoredRow) => string | null>> = {
  Application: (row) => row.city_id,
  MonitoringReport: (row) => row.city_id,
  PlannedAction: (row) => row.city_id,
  Opportunity: (row) => row.posted_by_id,
  OpportunityResponse: (row) => row.responder_id,
  Practice: (row) => row.submitted_by_id,
};

/** The fields that are null as a whole for some roles, and the roles that they are shown to. */
export const SHOWN_TO: Readonly<Record<string, readonly Role[]>> = {
  "ApplicationCall.applications": ["CITY", "SECRETARIAT"],
  "City.applications": ["CITY", "SECRETARIAT"],
};

/** The types that say so themselves, and those that should. */
export const RESTRICTED: readonly RecordType[] = catalogue.records.filter(
  (type) => type.visibleTo !== undefined || Object.hasOwn(AUDIENCES, type.name),
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
  if (audience === undefined) throw new Error(`say in test/support/who-sees.ts who sees a ${type.name}`);
  return audience(row);
}

export function isIn(audience: Audience, { role, scope }: Viewer): boolean {
  return role === "SECRETARIAT" || audience === "EVERYBODY" || (scope !== null && audience.includes(scope));
}
