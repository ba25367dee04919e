// The network's calls for cities that want to become members.
import sql from "sql-template-tag";
import { date, enumeration, integer, name, oneOf, slug } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { ApplicationCall } from "../database/rows";

export const callStatus = enumeration("CallStatus", "Where a call for applications stands today.", {
  UPCOMING: "It has not opened yet.",
  OPEN: "Cities can apply.",
  CLOSED: "It is over.",
});

export const applicationCall = recordType<ApplicationCall>()({
  name: "ApplicationCall",
  plural: "applicationCalls",
  description: "A call of the Creative Cities Network, in which cities apply to be designated and so become members.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    slug: slug("Its stable, URL-safe name.", { unique: true, ordered: true }),
    year: integer("The year that it is the call of.", { ordered: true }),
    title: name("What it is called.", { ordered: true }),
    opensOn: date("The first day on which applications are taken.", { ordered: true }),
    closesOn: date("The last day on which applications are taken.", { ordered: true }),
  },
  derived: {
    status: {
      column: oneOf(callStatus, "Where it stands today; it is open on its first and on its last day.", {
        ordered: true,
      }),
      lookUps: 0,
      from: (row, today) => sql`CASE
        WHEN ${today} < ${row("opensOn")} THEN 'UPCOMING'::call_status
        WHEN ${today} <= ${row("closesOn")} THEN 'OPEN'
        ELSE 'CLOSED' END`,
    },
  },
  references: {},
  defaultOrder: ["year"],
  search: [{ column: "title", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "application-calls.csv",
    key: ["slug"],
    columns: { slug: "slug", year: "year", title: "title", opensOn: "opens_on", closesOn: "closes_on" },
    sources: [{ header: "source" }],
  },
});
