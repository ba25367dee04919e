// The root field coverage: where the network has projects and practices, and where it has none.
import sql, { type Sql } from "sql-template-tag";
import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../graph/context";
import { enumOf } from "../graph/enums";
import { Cost } from "../graph/prices/field-cost";
import { ANONYMOUS } from "../kernel/viewer";
import { practice } from "../knowledge/practice.record";
import { project } from "../projects/project.record";
import { statisticPrice } from "./prices";
import { coverageDimensions, type CoverageDimension } from "./coverage-dimensions";
import { Sources } from "./dimension";
import { InLanguage, labelOf } from "./labels";
import type { LabelledValue } from "./statistic-types";

/** As many as there are countries with cities of the graph. */
const VALUES_USUALLY = 100;

const CoverageDimensions = enumOf({
  name: "CoverageDimension",
  description: "What gaps are looked for in.",
  values: Object.fromEntries(coverageDimensions.map(({ name, description }) => [name, description])),
});

@ObjectType("CoverageGap", {
  simpleResolvers: true,
  description: "One value of a dimension, and how much of the network's work has it.",
})
class CoverageGap {
  @Field(() => String, { description: "The value for programs: a slug, a code, a number, a word of an enum." })
  value!: string;

  @Field(() => Int, {
    nullable: true,
    description: "How many member cities have it today; null for what cities do not have, such as goals.",
  })
  memberCount!: number | null;

  @Field(() => Int, { description: "How many projects have it, cancelled ones aside." })
  projectCount!: number;

  @Field(() => Int, { description: "How many practices have it, of those that are accepted." })
  practiceCount!: number;

  @Field(() => Boolean, { description: "True where no project and no practice that is recorded here has it." })
  isGap!: boolean;
}

/** By countries, which takes the longest: what each row of these takes. */
const READ = { city: 0.2, designation: 0.3, project_participation: 0.12, practice_city: 0.5, project_goal: 0.2 };

@Resolver(() => CoverageGap)
export class Coverage {
  @Query(() => [CoverageGap], {
    description:
      "All values of a dimension, with the projects and practices that have each: the gaps first, then those with the least of both together. What is recorded here is not all that there is: a gap may be one of the records.",
  })
  @Cost({ listSize: VALUES_USUALLY, price: statisticPrice(READ) })
  async coverage(
    @Arg("groupBy", () => CoverageDimensions, { description: "The dimension." }) groupBy: string,
    @Ctx() context: RequestContext,
  ): Promise<(CoverageGap & LabelledValue)[]> {
    const dimension = coverageDimensions.find(({ name }) => name === groupBy);
    if (dimension === undefined) throw new Error(`there is no dimension ${groupBy}`);
    const rows = await context.database.query<CountedValue>(coverageSql(dimension, context));
    return rows.map(({ value, ...counted }) => ({
      value,
      labels: dimension.labels,
      memberCount: dimension.members === undefined ? null : Number(counted.members),
      projectCount: Number(counted.projects),
      practiceCount: Number(counted.practices),
      isGap: counted.isGap,
    }));
  }

  @FieldResolver(() => String, { description: "The value for people." })
  label(
    @Root() { labels, value }: LabelledValue,
    @InLanguage() language: string | null,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    return labelOf(labels, value, language, context);
  }
}

interface CountedValue {
  value: string;
  members: string;
  projects: string;
  practices: string;
  isGap: boolean;
}

// What everybody sees, whoever asks: a practice that was not accepted closes no gap for the city that submitted it.
function coverageSql(dimension: CoverageDimension, { catalogue, read }: RequestContext): Sql {
  const from = new Sources(catalogue, { ...read, viewer: ANONYMOUS }, read.today);
  const counted = (having: Sql | undefined, among: Sql): Sql =>
    having === undefined
      ? sql`(SELECT NULL::text AS value, 0 AS count)`
      : sql`(SELECT h.value, count(DISTINCT h.id) AS count FROM (${having}) h(value, id) WHERE ${among} GROUP BY h.value)`;
  const ongoing = sql`EXISTS (SELECT FROM ${from.rows(project, "o")} WHERE o.id = h.id AND o.status <> 'CANCELLED')`;
  const accepted = sql`EXISTS (SELECT FROM ${from.rows(practice, "o")} WHERE o.id = h.id AND o.state = 'ACCEPTED')`;
  return sql`
    SELECT v.value, coalesce(m.count, 0) AS members, coalesce(j.count, 0) AS projects, coalesce(p.count, 0) AS practices,
      j.count IS NULL AND p.count IS NULL AS "isGap"
    FROM (SELECT x.value, row_number() OVER () AS place FROM (${dimension.values(from)}) x(value)) v
    LEFT JOIN ${counted(dimension.members?.(from), sql`true`)} m USING (value)
    LEFT JOIN ${counted(dimension.projects(from), ongoing)} j USING (value)
    LEFT JOIN ${counted(dimension.practices(from), accepted)} p USING (value)
    ORDER BY "isGap" DESC, coalesce(j.count, 0) + coalesce(p.count, 0), v.place`;
}
