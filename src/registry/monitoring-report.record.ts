// The monitoring reports that members of the network write every four years.
import sql from "sql-template-tag";
import type { Condition } from "../database/declare/filter-fields";
import { boolean, date, dateTime, enumeration, oneOf, text, url } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import { BY_AUTHORITY } from "../database/declare/rights";
import type { MonitoringReport } from "../database/rows";
import { at } from "../database/sql";
import { city } from "./city.record";
import type { ReportState } from "./monitoring-report.rules";

export const reportStatus = enumeration("ReportStatus", "How far a monitoring report is.", {
  DRAFT: "The city is still writing it. Only the city and the Secretariat see it.",
  SUBMITTED: "The city has handed it in.",
  ACCEPTED: "The Secretariat has accepted it.",
} satisfies Record<ReportState, string>);

export const monitoringReport = recordType<MonitoringReport>()({
  name: "MonitoringReport",
  plural: "monitoringReports",
  description:
    "The report of a member city on what it did as a Creative City in four years and what it plans for the next. While it is a draft, only the city itself and the Secretariat see it.",
  authority: "city_id",
  may: BY_AUTHORITY,
  audience: { only: ["cityId"], where: { column: "status", is: "DRAFT" } },
  columns: {
    dueOn: date("The last day on which it is handed in in time.", { ordered: true }),
    status: oneOf(reportStatus, "How far it is.", { ordered: true, lifecycle: true }),
    submittedAt: dateTime("When the city handed it in; null for a draft.", {
      nullable: true,
      ordered: true,
      lifecycle: true,
    }),
    periodStart: date("The first day of the time that it reports on.", { ordered: true }),
    periodEnd: date("The last day of the time that it reports on.", { ordered: true }),
    summary: text("What the city did in that time, in short.", { nullable: true }),
    document: url("Where the whole report can be read.", { nullable: true }),
  },
  derived: {
    overdue: {
      column: boolean("Whether it was due before today and has not been handed in."),
      lookUps: 0,
      from: (row, today) => sql`(${row("status")} = 'DRAFT' AND ${row("dueOn")} < ${today})`,
    },
  },
  references: {
    cityId: { to: () => city, nullable: false, description: "The city that reports." },
  },
  defaultOrder: ["dueOn"],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "monitoring-reports.csv",
    key: ["cityId", "dueOn"],
    columns: {
      cityId: "city_slug",
      dueOn: "due_on",
      status: "status",
      submittedAt: "submitted_at",
      periodStart: "period_start",
      periodEnd: "period_end",
      summary: "summary",
      document: "document",
    },
    sources: [{ header: "source" }],
  },
});

export const dueWithin: Condition = {
  on: monitoringReport,
  name: "dueWithin",
  takes: "days",
  lookUps: 0,
  description: "Not handed in yet, and due today or within this many days from today. Overdue ones are not among them.",
  holds: (alias, days, today) =>
    sql`(${at(alias, "status")} = 'DRAFT' AND ${at(alias, "dueOn")} BETWEEN ${today} AND ${today} + ${days})`,
};

export const reportRelations: readonly Relation[] = [
  children({
    from: city,
    name: "monitoringReports",
    to: monitoringReport,
    by: "cityId",
    shownAs: "connection",
    description: "Its monitoring reports that are recorded here, the oldest first.",
  }),
];
