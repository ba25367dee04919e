// The root field reportStatistics: how members stand with their monitoring reports on a day, and what is due in which year.
import sql from "sql-template-tag";
import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import { rowsAs } from "../database/read/columns";
import type { RequestContext } from "../graph/context";
import { Cost } from "../graph/prices/field-cost";
import { DateScalar } from "../graph/scalars";
import { city } from "../registry/city.record";
import { statisticPrice } from "./prices";
import { handedInBy, publicReports, reportingOn } from "./reporting-on-a-day";

@ObjectType("ReportYear", {
  simpleResolvers: true,
  description: "The monitoring reports that were or are due in one year.",
})
class ReportYear {
  @Field(() => Int, { description: "The year in which they are due." })
  year!: number;

  @Field(() => Int, {
    description: "How many are due in it: those that were handed in, and what members owe next, in years to come too.",
  })
  due!: number;

  @Field(() => Int, { description: "How many of them were handed in by the day." })
  submitted!: number;

  @Field(() => Int, { description: "How many of those handed in are accepted by now." })
  accepted!: number;
}

/** Reports fall due every four years: as many years as the network is old, and four to come. */
const YEARS_USUALLY = 25;

@ObjectType("ReportStatistics", {
  simpleResolvers: true,
  description:
    "How the members of a day stand with their monitoring reports on that day. The three states upToDate, overdue and unknown add up to the members. Drafts count for nothing, whoever asks.",
})
class ReportStatistics {
  @Field(() => DateScalar, { description: "The day that the figures are of." })
  asOf!: string;

  @Field(() => Int, { description: "How many members the network has on the day." })
  memberCount!: number;

  @Field(() => Int, {
    description:
      "How many reports are known to have been due on the day or before: those handed in, and one for each member that owes one, members in the state unknown aside.",
  })
  due!: number;

  @Field(() => Int, { description: "How many reports were handed in by the day, those before they were due included." })
  submitted!: number;

  @Field(() => Int, {
    description:
      "Members whose next report, after one that they handed in before, was due before the day and is not handed in.",
  })
  overdue!: number;

  @Field(() => Int, { description: "Members that handed in a report, and whose next one is due on the day or later." })
  upToDate!: number;

  @Field(() => Int, { description: "Members of which no report was handed in by the day, so that nobody can tell." })
  unknown!: number;

  @Field(() => [ReportYear], {
    description:
      "The same by the years in which reports are due, the earliest first; years in which none is are left out.",
  })
  @Cost({ listSize: YEARS_USUALLY })
  byYear!: ReportYear[];
}

@Resolver()
export class ReportRoots {
  @Query(() => ReportStatistics, {
    description:
      "How members stand with the monitoring reports that they owe every four years. Of a past day it is told by what was handed in until then.",
  })
  @Cost({ price: statisticPrice({ city: 0.2, designation: 1.5, monitoring_report: 0.3 }) })
  reportStatistics(
    @Arg("asOf", () => DateScalar, { nullable: true, description: "The day; left out, today." })
    asOf: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ReportStatistics> {
    return reportStatistics(asOf ?? context.read.today, context);
  }
}

interface YearRow extends Record<Exclude<keyof ReportYear, "year">, string> {
  year: number;
  dueByTheDay: string;
  overdue: string;
  upToDate: string;
  unknown: string;
}

async function reportStatistics(day: string, { database, read }: RequestContext): Promise<ReportStatistics> {
  const asOf = sql`${day}::date`;
  const years = await database.query<YearRow>(sql`
    SELECT extract(year FROM due_on)::int AS year, count(*) AS due,
      count(*) FILTER (WHERE submitted) AS submitted, count(*) FILTER (WHERE accepted) AS accepted,
      count(*) FILTER (WHERE due_on <= ${asOf} AND status IS DISTINCT FROM 'UNKNOWN') AS "dueByTheDay",
      count(*) FILTER (WHERE status = 'OVERDUE') AS overdue,
      count(*) FILTER (WHERE status = 'UP_TO_DATE') AS "upToDate",
      count(*) FILTER (WHERE status = 'UNKNOWN') AS unknown
    FROM (
      SELECT reporting.next_due AS due_on, false AS submitted, false AS accepted, reporting.status
      FROM ${rowsAs(city, "c", read)} JOIN ${reportingOn(asOf, read)} reporting ON reporting.city_id = c.id
      UNION ALL
      SELECT r.due_on, true, r.status = 'ACCEPTED', NULL
      FROM ${publicReports("r", read)} WHERE ${handedInBy(sql`r`, asOf, read)}
    ) owed GROUP BY 1 ORDER BY 1`);
  const sum = (column: Exclude<keyof YearRow, "year">): number =>
    years.reduce((all, row) => all + Number(row[column]), 0);
  const [overdue, upToDate, unknown] = [sum("overdue"), sum("upToDate"), sum("unknown")];
  return {
    asOf: day,
    memberCount: overdue + upToDate + unknown,
    due: sum("dueByTheDay"),
    submitted: sum("submitted"),
    overdue,
    upToDate,
    unknown,
    byYear: years.map(({ year, due, submitted, accepted }) => ({
      year,
      due: Number(due),
      submitted: Number(submitted),
      accepted: Number(accepted),
    })),
  };
}
