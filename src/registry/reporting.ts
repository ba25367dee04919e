// What follows from a city's designations and reports on a day: since when it is a member, and when it reports next.
import sql, { type Sql } from "sql-template-tag";
import { date, enumeration, oneOf, partialDate } from "../database/declare/column";
import type { Derived } from "../database/declare/record-type";

export const reportingStatus = enumeration(
  "ReportingStatus",
  "How a member stands with its monitoring reports today.",
  {
    UNKNOWN: "No report of it is recorded here, so nobody can tell.",
    UP_TO_DATE: "Its next report is due today or later.",
    OVERDUE: "Its next report was due before today and has not been handed in.",
  },
);

/** The one row that says what a member owes, and none for a city that is no member on the day; see the migration. */
export function reportingOf(cityId: Sql, today: Sql): Sql {
  return sql`reporting_of(${cityId}, ${today}) reporting`;
}

export const membershipAndReporting: Readonly<Record<string, Derived<"id">>> = {
  memberSince: {
    column: partialDate(
      "Since when it has been a member of the network without a break; null for one that is no member today.",
      { nullable: true, ordered: true },
    ),
    lookUps: 6,
    from: (row, today) => sql`(
      SELECT membership.since FROM home_membership membership
      WHERE membership.city_id = ${row("id")} AND in_force(membership.since, membership.until, ${today}))`,
  },
  nextReportDue: {
    column: date(
      "When its next monitoring report is due: members report every four years, counted from memberSince. It lies four years after the newest report that was handed in, and is then overdue where it lies before today; without one, what was due in the past is unknown, and it is the next such day from today on. Null for a city that is no member today.",
      { nullable: true, ordered: true },
    ),
    lookUps: 9,
    from: (row, today) => sql`(SELECT reporting.next_report_due FROM ${reportingOf(row("id"), today)})`,
  },
  reportingStatus: {
    column: oneOf(
      reportingStatus,
      "How it stands with its monitoring reports today; null for a city that is no member today.",
      { nullable: true, ordered: true },
    ),
    lookUps: 9,
    from: (row, today) => sql`(SELECT reporting.reporting_status FROM ${reportingOf(row("id"), today)})`,
  },
};
