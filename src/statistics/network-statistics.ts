// The root field networkStatistics: each network's figures, and how complete they are.
import sql from "sql-template-tag";
import { Arg, Ctx, Field, Float, Int, ObjectType, Query, Resolver } from "type-graphql";
import { LIST_LIMIT } from "../database/declare/record-type";
import { rowsAs } from "../database/read/columns";
import { edgesAs } from "../database/read/edges";
import type { FilterInput } from "../database/read/filter";
import type { RowOf } from "../database/read/row";
import type { Network } from "../database/rows";
import type { RequestContext } from "../graph/context";
import { filterOf } from "../graph/filter-inputs";
import { Cost } from "../graph/prices/field-cost";
import { objectOf } from "../graph/record-objects";
import { network } from "../networks/network.record";
import { project } from "../projects/project.record";
import { statisticPrice } from "./prices";
import { completenessOf, networksAsked } from "./networks-asked";

@ObjectType("NetworkStatistic", {
  simpleResolvers: true,
  description: "The figures of one network: what is recorded here, and what it states of itself.",
})
class NetworkStatistic {
  @Field(() => objectOf(network), { description: "The network." })
  network!: RowOf<Network>;

  @Field(() => Int, {
    description:
      "How many cities are recorded here as its members today; of the Creative Cities Network those with a designation in force.",
  })
  memberCount!: number;

  @Field(() => Int, { description: "How many of these are members of the Creative Cities Network today." })
  creativeCityCount!: number;

  @Field(() => Int, {
    nullable: true,
    description: "How many members it says that it has; null where it says nothing.",
  })
  statedMemberCount!: number | null;

  @Field(() => Int, { nullable: true, description: "The year in which it said so." })
  statedIn!: number | null;

  @Field(() => Boolean, {
    description: "Whether all its members are recorded here. Where not, the counts are lower bounds.",
  })
  membersComplete!: boolean;

  @Field(() => Float, {
    nullable: true,
    description:
      "memberCount as a part of statedMemberCount, 1 for all; null where nothing is stated. It is above 1 for a network that has grown since it stated its number.",
  })
  completeness!: number | null;

  @Field(() => Int, {
    description:
      "How many projects it takes part in or took part in: with a part that it accepted, cancelled ones aside.",
  })
  projectCount!: number;

  @Field(() => Int, { description: "How many agreements it has or had with other networks." })
  agreementCount!: number;
}

@Resolver()
export class NetworkStatistics {
  @Query(() => [NetworkStatistic], {
    description: `The figures of each network that fulfils the filter, by their names: ${LIST_LIMIT} networks at most, more are refused (TOO_MANY_NETWORKS).`,
  })
  @Cost({
    listSize: LIST_LIMIT,
    price: statisticPrice({ network_member: 0.6, designation: 0.1, project_participation: 0.15 }, network),
  })
  async networkStatistics(
    @Arg("filter", () => filterOf(network), { nullable: true, description: "Only networks that fulfil this." })
    filter: FilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<NetworkStatistic[]> {
    const networks = await networksAsked(context, filter, LIST_LIMIT);
    const ids = networks.map(({ id }) => id);
    const figures = await figuresById(context, ids);
    return networks.map((row) => statisticOf(row, figures.get(row.id)));
  }
}

/** @param figures undefined for a network that nothing is recorded of */
function statisticOf(row: RowOf<Network>, figures: Figures | undefined): NetworkStatistic {
  const memberCount = Number(figures?.members ?? 0);
  const { statedMemberCount, statedIn, membersComplete } = row;
  return {
    network: row,
    memberCount,
    creativeCityCount: Number(figures?.creativeCities ?? 0),
    statedMemberCount,
    statedIn,
    membersComplete,
    completeness: completenessOf(row, memberCount),
    projectCount: Number(figures?.projects ?? 0),
    agreementCount: Number(figures?.agreements ?? 0),
  };
}

interface Figures {
  id: string;
  members: string;
  creativeCities: string;
  projects: string;
  agreements: string;
}

async function figuresById(
  { database, catalogue, read }: RequestContext,
  ids: readonly string[],
): Promise<Map<string, Figures>> {
  const edges = (table: string, alias: string): ReturnType<typeof sql> => edgesAs(catalogue, table, alias, read);
  const rows = await database.query<Figures>(sql`
    WITH asked AS (SELECT unnest(${ids}::uuid[]) AS id),
    creative AS MATERIALIZED (
      SELECT DISTINCT d.city_id FROM ${edges("designation", "d")}
      WHERE in_force(d.designated_on, d.ended_on, ${read.today}::date)
    ),
    member AS (
      SELECT m.network_id AS id, count(*) AS members, count(c.city_id) AS creative_cities
      FROM ${edges("network_member", "m")} LEFT JOIN creative c ON c.city_id = m.city_id
      WHERE m.network_id = ANY (${ids}::uuid[]) AND in_force(m.since, m.until, ${read.today}::date)
      GROUP BY m.network_id
    ),
    part AS (
      SELECT p.partner_id AS id, count(*) AS projects
      FROM ${edges("project_participation", "p")} JOIN ${rowsAs(project, "j", read)} ON j.id = p.project_id
      WHERE p.partner_id = ANY (${ids}::uuid[]) AND p.status = 'ACCEPTED' AND j.status <> 'CANCELLED'
      GROUP BY p.partner_id
    ),
    agreed AS (
      SELECT a.network_id AS id, count(*) AS agreements FROM ${edges("network_agreement_party", "a")}
      WHERE a.network_id = ANY (${ids}::uuid[]) GROUP BY a.network_id
    )
    SELECT id, coalesce(members, 0) AS members, coalesce(creative_cities, 0) AS "creativeCities",
      coalesce(projects, 0) AS projects, coalesce(agreements, 0) AS agreements
    FROM asked LEFT JOIN member USING (id) LEFT JOIN part USING (id) LEFT JOIN agreed USING (id)`);
  return new Map(rows.map((row) => [row.id, row]));
}
