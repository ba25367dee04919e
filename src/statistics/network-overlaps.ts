// The root field networkOverlaps: how much each two networks share, as a matrix.
import { Args, ArgsType, Ctx, Field, Float, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { FilterInput } from "../database/read/filter";
import type { RowOf } from "../database/read/row";
import type { Network } from "../database/rows";
import type { RequestContext } from "../graph/context";
import { filterOf } from "../graph/filter-inputs";
import { Cost } from "../graph/prices/field-cost";
import { objectOf } from "../graph/record-objects";
import { DateScalar } from "../graph/scalars";
import { network } from "../networks/network.record";
import { statisticPrice } from "./prices";
import { LOWER_BOUND } from "./network-overlap";
import { completenessOf, networksAsked } from "./networks-asked";
import { jaccardOf, MemberMatrix } from "./overlap-counts";

const NETWORKS_AT_MOST = 45;
const PAIRS_AT_MOST = (NETWORKS_AT_MOST * (NETWORKS_AT_MOST - 1)) / 2;

@ObjectType("NetworkOverlapSide", {
  simpleResolvers: true,
  description: "One network of a pair, and how complete the list of its members is.",
})
class NetworkOverlapSide {
  @Field(() => objectOf(network), { description: "The network." })
  network!: RowOf<Network>;

  @Field(() => Int, { description: "How many cities are recorded here as its members on the day." })
  recordedMemberCount!: number;

  @Field(() => Int, {
    nullable: true,
    description: "How many members it says that it has; null where it says nothing.",
  })
  statedMemberCount!: number | null;

  @Field(() => Int, { nullable: true, description: "The year in which it said so." })
  statedIn!: number | null;

  @Field(() => Boolean, { description: "Whether all its members are recorded here." })
  membersComplete!: boolean;

  @Field(() => Float, {
    nullable: true,
    description: "recordedMemberCount as a part of statedMemberCount; null where nothing is stated.",
  })
  completeness!: number | null;
}

@ObjectType("NetworkPairOverlap", {
  simpleResolvers: true,
  description: `How many members two networks share on a day. ${LOWER_BOUND}`,
})
class NetworkPairOverlap {
  @Field(() => NetworkOverlapSide, { description: "The one network, which stands before the other by its name." })
  thisSide!: NetworkOverlapSide;

  @Field(() => NetworkOverlapSide, { description: "The other network." })
  otherSide!: NetworkOverlapSide;

  @Field(() => Int, { description: "How many cities are members of both." })
  shared!: number;

  @Field(() => Int, { description: "How many members of the one are none of the other, as far as both are recorded." })
  onlyThis!: number;

  @Field(() => Int, { description: "How many members of the other are none of the one, as far as both are recorded." })
  onlyOther!: number;

  @Field(() => Float, {
    description:
      "The Jaccard index: how many members they share, as a part of all that either has, from 0 to 1; 0 where neither has any.",
  })
  jaccard!: number;
}

@ArgsType()
class NetworkOverlapsArgs {
  @Field(() => filterOf(network), { nullable: true, description: "Only networks that fulfil this." })
  filter?: FilterInput | null;

  @Field(() => DateScalar, { nullable: true, description: "Members on this day; left out, today." })
  validOn?: string | null;
}

@Resolver()
export class NetworkOverlaps {
  @Query(() => [NetworkPairOverlap], {
    description:
      `How much each two of the networks that fulfil the filter share, every pair once, by their names: ${NETWORKS_AT_MOST} networks at most, more are refused (TOO_MANY_NETWORKS). ` +
      LOWER_BOUND,
  })
  @Cost({ listSize: PAIRS_AT_MOST, price: statisticPrice({ network_member: 1.2 }, network) })
  async networkOverlaps(
    @Args(() => NetworkOverlapsArgs) { filter, validOn }: NetworkOverlapsArgs,
    @Ctx() context: RequestContext,
  ): Promise<NetworkPairOverlap[]> {
    const networks = await networksAsked(context, filter, NETWORKS_AT_MOST);
    const ids = networks.map(({ id }) => id);
    const { database, catalogue, read } = context;
    const matrix = await MemberMatrix.read(database, catalogue, read, ids, validOn ?? read.today);
    const sides = networks.map((row) => sideOf(row, matrix.memberCount(row.id)));
    return sides.flatMap((thisSide, i) =>
      sides.slice(i + 1).map((otherSide) => {
        const counts = matrix.overlap(thisSide.network.id, otherSide.network.id);
        return { thisSide, otherSide, ...counts, jaccard: jaccardOf(counts) };
      }),
    );
  }
}

function sideOf(row: RowOf<Network>, memberCount: number): NetworkOverlapSide {
  const { statedMemberCount, statedIn, membersComplete } = row;
  return {
    network: row,
    recordedMemberCount: memberCount,
    statedMemberCount,
    statedIn,
    membersComplete,
    completeness: completenessOf(row, memberCount),
  };
}
