// The root field membershipTimeline: the members of the Creative Cities Network year by year.
import sql, { type Sql } from "sql-template-tag";
import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import { LIST_LIMIT } from "../database/declare/record-type";
import { rowsAs } from "../database/read/columns";
import { edgesAs } from "../database/read/edges";
import { FilterCompiler, type FilterInput } from "../database/read/filter";
import type { RowOf } from "../database/read/row";
import type { CreativeField } from "../database/rows";
import type { RequestContext } from "../graph/context";
import { filterOf } from "../graph/filter-inputs";
import { Cost } from "../graph/prices/field-cost";
import { objectOf } from "../graph/record-objects";
import { DateScalar } from "../graph/scalars";
import { city } from "../registry/city.record";
import { creativeField } from "../registry/creative-field.record";
import { statisticPrice } from "./prices";

/** The newest years that one answer has: more than anybody draws, and an end to the work where a date is mistyped. */
const YEARS_AT_MOST = 200;
const YEARS_USUALLY = 25;
const FIELDS_USUALLY = 10;

@ObjectType("TimelineField", {
  simpleResolvers: true,
  description: "The members of one creative field at the end of a year.",
})
class TimelineField {
  @Field(() => objectOf(creativeField), { description: "The creative field." })
  field!: RowOf<CreativeField>;

  @Field(() => Int, {
    description: "How many members are designated in it. A city in two fields counts in both.",
  })
  members!: number;
}

@ObjectType("TimelinePoint", {
  simpleResolvers: true,
  description:
    "The members of the Creative Cities Network at the end of a year. The members of the year before, with those that joined and without those that left, are the members of this one.",
})
class TimelinePoint {
  @Field(() => Int, { description: "The year that the point is of." })
  year!: number;

  @Field(() => DateScalar, {
    description: "The day that the members are of: 31 December, and of the current year today.",
  })
  asOf!: string;

  @Field(() => Int, { description: "How many members there are on that day." })
  members!: number;

  @Field(() => Int, { description: "How many memberships began in the year, up to that day." })
  joined!: number;

  @Field(() => Int, { description: "How many memberships ended in the year, up to that day." })
  left!: number;

  @Field(() => Int, { description: "In how many countries the members of that day lie." })
  countries!: number;
}

/** A point as its fields are resolved from. */
type Source = TimelinePoint & { membersByFieldId: Readonly<Record<string, number>> };

@Resolver(() => TimelinePoint)
export class MembershipTimeline {
  @Query(() => [TimelinePoint], {
    description:
      `The members of the Creative Cities Network among the cities that fulfil the filter, for each year from their first designation to the current year; the newest ${YEARS_AT_MOST} years where there are more. ` +
      "Of a date of which only the year is known, the first day stands for it.",
  })
  @Cost({ listSize: YEARS_USUALLY, price: statisticPrice({ designation: 2.5, city: 0.3 }, city) })
  async membershipTimeline(
    @Arg("filter", () => filterOf(city), { nullable: true, description: "Only members that fulfil this." })
    filter: FilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Source[]> {
    const points = await context.database.query<PointRow>(timelineSql(filter ?? undefined, context));
    return points.map((point) => ({
      ...point,
      members: Number(point.members),
      joined: Number(point.joined),
      left: Number(point.left),
      countries: Number(point.countries),
    }));
  }

  @FieldResolver(() => [TimelineField], {
    description:
      "The members by creative field, all fields by their names, those without members included. Members whose field is not known are in none.",
  })
  @Cost({ listSize: FIELDS_USUALLY })
  async byField(@Root() { membersByFieldId }: Source, @Ctx() context: RequestContext): Promise<TimelineField[]> {
    const fields = await context.load(allFields, "all");
    return fields.map((field) => ({ field, members: membersByFieldId[field.id] ?? 0 }));
  }
}

async function allFields({ relations }: RequestContext, keys: readonly string[]): Promise<RowOf<CreativeField>[][]> {
  const byName = [{ field: "name", direction: "ASC", nulls: "LAST" }] as const;
  const { edges } = await relations.reader.page(creativeField, { orderBy: byName }, { first: LIST_LIMIT });
  return keys.map(() => edges.map(({ node }) => node));
}

type PointRow = Omit<Source, "members" | "joined" | "left" | "countries"> &
  Record<"members" | "joined" | "left" | "countries", string>;

// Begun by the end of the year and not ended by it, as in_force() has it. Whatever has no end stands for one that never ends.
function timelineSql(filter: FilterInput | undefined, { catalogue, read }: RequestContext): Sql {
  const where = new FilterCompiler(catalogue, read).compile(city, filter, "t");
  const today = sql`${read.today}::date`;
  return sql`
    WITH chosen AS MATERIALIZED (SELECT t.id, t.country_id FROM ${rowsAs(city, "t", read)} WHERE ${where}),
    stay AS MATERIALIZED (
      SELECT h.city_id, c.country_id, first_day(h.since) AS since, coalesce(first_day(h.until), 'infinity') AS until
      FROM home_membership h JOIN chosen c ON c.id = h.city_id WHERE first_day(h.since) <= ${today}
    ),
    designated AS MATERIALIZED (
      SELECT d.city_id, d.creative_field_id AS field_id, first_day(d.designated_on) AS since,
        coalesce(first_day(d.ended_on), 'infinity') AS until
      FROM ${edgesAs(catalogue, "designation", "d", read)} JOIN chosen c ON c.id = d.city_id
      WHERE d.creative_field_id IS NOT NULL
    ),
    year AS (
      SELECT y AS year, make_date(y, 1, 1) AS first_day, least(make_date(y, 12, 31), ${today}) AS last_day
      FROM (SELECT extract(year FROM min(since))::int AS first, extract(year FROM ${today})::int AS last FROM stay) range,
        generate_series(greatest(first, last - ${YEARS_AT_MOST - 1}::int), last) y
      WHERE first IS NOT NULL
    )
    SELECT y.year, y.last_day AS "asOf", members.*, coalesce(fields.by_id, '{}') AS "membersByFieldId"
    FROM year y
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE s.until > y.last_day) AS members,
        count(*) FILTER (WHERE s.since >= y.first_day) AS joined,
        count(*) FILTER (WHERE s.until BETWEEN y.first_day AND y.last_day) AS left,
        count(DISTINCT s.country_id) FILTER (WHERE s.until > y.last_day) AS countries
      FROM stay s WHERE s.since <= y.last_day
    ) members
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(field_id, members) AS by_id FROM (
        SELECT d.field_id, count(DISTINCT d.city_id) AS members FROM designated d
        WHERE d.since <= y.last_day AND d.until > y.last_day GROUP BY d.field_id
      ) counted
    ) fields
    ORDER BY y.year`;
}
