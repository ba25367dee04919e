// Which members two networks share: the field Network.overlap, whose lists are pages of cities like any others.
import { Args, ArgsType, Ctx, Field, FieldResolver, Float, ObjectType, Resolver, Root } from "type-graphql";
import type { Catalogue } from "../database/declare/catalogue";
import type { Relation } from "../database/declare/relation";
import type { FilterInput } from "../database/read/filter";
import type { View } from "../database/read/page";
import type { RowOf } from "../database/read/row";
import type { Network } from "../database/rows";
import { Connection, PageArgs } from "../graph/connection";
import { connectionOf } from "../graph/connection-types";
import type { RequestContext } from "../graph/context";
import { listArgs, viewOf, type ListKind } from "../graph/list-arguments";
import type { Asked } from "../graph/prices/asked";
import { Cost } from "../graph/prices/field-cost";
import { rowsOfRelation } from "../graph/prices/filter-price";
import { listPrice } from "../graph/prices/list-price";
import { ROW } from "../graph/prices/units";
import { objectOf } from "../graph/record-objects";
import { findReferred, refOf, type ReferenceInput } from "../graph/references";
import { DateScalar } from "../graph/scalars";
import { badInput } from "../kernel/errors";
import { encodeId } from "../kernel/ids";
import { network } from "../networks/network.record";
import { city } from "../registry/city.record";
import { jaccardOf, MemberMatrix } from "./overlap-counts";
import { statisticPrice } from "./prices";

export const LOWER_BOUND =
  "Where not all members of both networks are recorded here (see membersComplete), what they share is a lower bound, and absence from a list means nothing.";

@ObjectType("NetworkOverlap", {
  simpleResolvers: true,
  description: `Which members two networks share on a day, and which only one of them has. ${LOWER_BOUND}`,
})
class NetworkOverlap {
  @Field(() => objectOf(network), { description: "The other network." })
  other!: RowOf<Network>;

  @Field(() => DateScalar, { description: "The day that the memberships are of." })
  validOn!: string;
}

/** What the fields of an overlap are resolved from. */
type OverlapSource = NetworkOverlap & { one: RowOf<Network> };

@ArgsType()
class OverlapArgs {
  @Field(() => refOf(network), { description: "The other network." })
  with!: ReferenceInput;

  @Field(() => DateScalar, { nullable: true, description: "Members on this day; left out, today." })
  validOn?: string | null;
}

@Resolver(() => objectOf(network))
export class OverlapField {
  @FieldResolver(() => NetworkOverlap, {
    description: `The members that it shares with another network, and those that only one of the two has. ${LOWER_BOUND}`,
  })
  async overlap(
    @Root() one: RowOf<Network>,
    @Args(() => OverlapArgs) { with: wanted, validOn }: OverlapArgs,
    @Ctx() { records, read }: RequestContext,
  ): Promise<OverlapSource> {
    const other = await findReferred(records, network, wanted);
    if (other === undefined)
      throw badInput("NOT_FOUND", "with must be a network that is there, but there is none such");
    return { one, other, validOn: validOn ?? read.today };
  }
}

const LIST_OF_CITIES: ListKind = { order: "usual", day: undefined };
const MemberListArgs = listArgs(city, LIST_OF_CITIES, PageArgs);
type MemberList = InstanceType<typeof MemberListArgs>;

@Resolver(() => NetworkOverlap)
export class OverlapFields {
  @FieldResolver(() => connectionOf(city), { description: "The cities that are members of both." })
  @Cost({ listSize: "page", price: memberListPrice })
  shared(
    @Root() { one, other, validOn }: OverlapSource,
    @Args(() => MemberListArgs) args: MemberList,
    @Ctx() context: RequestContext,
  ): Connection {
    return members(context, args, validOn, one, isMember(other, validOn));
  }

  @FieldResolver(() => connectionOf(city), {
    description: "The members of this network that are none of the other, as far as both are recorded.",
  })
  @Cost({ listSize: "page", price: memberListPrice })
  onlyThis(
    @Root() { one, other, validOn }: OverlapSource,
    @Args(() => MemberListArgs) args: MemberList,
    @Ctx() context: RequestContext,
  ): Connection {
    return members(context, args, validOn, one, { not: isMember(other, validOn) });
  }

  @FieldResolver(() => connectionOf(city), {
    description: "The members of the other network that are none of this one, as far as both are recorded.",
  })
  @Cost({ listSize: "page", price: memberListPrice })
  onlyOther(
    @Root() { one, other, validOn }: OverlapSource,
    @Args(() => MemberListArgs) args: MemberList,
    @Ctx() context: RequestContext,
  ): Connection {
    return members(context, args, validOn, other, { not: isMember(one, validOn) });
  }

  @FieldResolver(() => Float, {
    description:
      "The Jaccard index: how many members they share, as a part of all that either has, from 0 to 1; 0 where neither has any.",
  })
  // Of both networks all members are compared for one figure.
  @Cost({ price: statisticPrice({ network_member: 0.8 }) })
  jaccard(@Root() { one, other, validOn }: OverlapSource, @Ctx() context: RequestContext): Promise<number> {
    return context.loadWith(jaccardsByNetworkId, { otherId: other.id, validOn }, one.id);
  }
}

/** The list of a network's members, each of which is looked for in the other network besides. */
function memberListPrice(asked: Asked): number {
  const relation = membersRelation(asked.catalogue);
  const statements = ["nodes", "totalCount"].filter((name) => asked.selected.has(name)).length + 1;
  const { looked } = rowsOfRelation(asked.sizes, relation, asked.times);
  return listPrice(relation, "connection")(asked) + statements * looked * ROW.found * 2;
}

/** The members of one network on the day, filtered by the other network besides: so pages, totals and rights are the lists' own. */
function members(
  { relations, catalogue }: RequestContext,
  args: MemberList,
  validOn: string,
  of: RowOf<Network>,
  besides: FilterInput,
): Connection {
  const relation = membersRelation(catalogue);
  const { filter, orderBy } = viewOf(city, LIST_OF_CITIES, args);
  const view: View = { filter: { and: [...(filter === undefined ? [] : [filter]), besides] }, orderBy, validOn };
  return new Connection(
    {
      page: (slice) => relations.page(relation, of, view, slice),
      count: () => relations.count(relation, of, view),
      standsBeyond: (cursor, side) => relations.standsBeyond(relation, of, view, cursor, side),
    },
    args,
    undefined,
  );
}

// The same cities as `networks: { some: { id } }` finds, asked of the one of the two places that the network's members stand in.
function isMember({ id, kind }: RowOf<Network>, validOn: string): FilterInput {
  if (kind === "HOME") return { memberOn: validOn };
  return { memberships: { some: { network: { id: { eq: encodeId(network.tag, id) } } }, validOn } };
}

function membersRelation(catalogue: Catalogue): Relation {
  const relation = catalogue.relationsFrom(network).find(({ name }) => name === "members");
  if (relation === undefined) throw new Error("networks have members");
  return relation;
}

async function jaccardsByNetworkId(
  { database, catalogue, read }: RequestContext,
  { otherId, validOn }: { otherId: string; validOn: string },
  networkIds: readonly string[],
): Promise<number[]> {
  const matrix = await MemberMatrix.read(database, catalogue, read, [otherId, ...networkIds], validOn);
  return networkIds.map((id) => jaccardOf(matrix.overlap(id, otherId)));
}
