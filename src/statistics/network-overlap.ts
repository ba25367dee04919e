// Which members two networks share: the field Network.overlap, whose lists are pages of cities like any others.
import { Field, Float, ObjectType } from "type-graphql";
import type { Catalogue, FilterTypes } from "../database/declare/catalogue";
import type { Relation } from "../database/declare/relation";
import type { FilterInput } from "../database/read/filter";
import type { View } from "../database/read/page";
import type { RecordRow } from "../database/read/row";
import { Connection } from "../graph/connection";
import { connectionOf, PAGE_ARGS } from "../graph/connection-types";
import type { RequestContext } from "../graph/context";
import { addField, addProperty } from "../graph/declare-field";
import { listArguments, viewOf, type ListKind } from "../graph/list-arguments";
import type { FieldPrice } from "../graph/prices/asked";
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
import { dayGiven } from "./day";
import { jaccardOf, MemberMatrix } from "./overlap-counts";
import { statisticPrice } from "./prices";

export const LOWER_BOUND =
  "Where not all members of both networks are recorded here (see membersComplete), what they share is a lower bound, and absence from a list means nothing.";

@ObjectType("NetworkOverlap", {
  simpleResolvers: true,
  description: `Which members two networks share on a day, and which only one of them has. ${LOWER_BOUND}`,
})
export class NetworkOverlap {
  @Field(() => DateScalar, { description: "The day that the memberships are of." })
  validOn!: string;
}

/** What the fields of an overlap are resolved from. */
interface OverlapSource {
  one: RecordRow;
  other: RecordRow;
  validOn: string;
}

interface MemberList {
  name: string;
  description: string;
  /** the network whose members are listed, and the one that they must be in, or not be in, besides */
  members: (overlap: OverlapSource) => { of: RecordRow; besides: RecordRow; test: "some" | "none" };
}

const memberLists: readonly MemberList[] = [
  {
    name: "shared",
    description: "The cities that are members of both.",
    members: ({ one, other }) => ({ of: one, besides: other, test: "some" }),
  },
  {
    name: "onlyThis",
    description: "The members of this network that are none of the other, as far as both are recorded.",
    members: ({ one, other }) => ({ of: one, besides: other, test: "none" }),
  },
  {
    name: "onlyOther",
    description: "The members of the other network that are none of this one, as far as both are recorded.",
    members: ({ one, other }) => ({ of: other, besides: one, test: "none" }),
  },
];

const LIST_OF_CITIES: ListKind = { order: "usual", day: undefined };

export function addNetworkOverlap(filters: FilterTypes): void {
  addProperty(NetworkOverlap, "other", { type: () => objectOf(network), description: "The other network." });
  for (const list of memberLists) addMemberList(list, filters);
  addField<OverlapSource>(
    "NetworkOverlap",
    () => NetworkOverlap,
    "jaccard",
    {
      type: () => Float,
      // Of both networks all members are compared for one figure.
      price: statisticPrice({ network_member: 0.8 }),
      description:
        "The Jaccard index: how many members they share, as a part of all that either has, from 0 to 1; 0 where neither has any.",
    },
    ({ one, other, validOn }, _args, context) =>
      context.loadWith(jaccardsByNetworkId, { otherId: other.id, validOn }, one.id),
  );
  const reference = refOf(network);
  addField<RecordRow>(
    "Network",
    () => objectOf(network),
    "overlap",
    {
      type: () => NetworkOverlap,
      description: `The members that it shares with another network, and those that only one of the two has. ${LOWER_BOUND}`,
      args: [
        { name: "with", type: () => reference, required: true, description: "The other network." },
        { name: "validOn", type: () => DateScalar, description: "Members on this day; left out, today." },
      ],
    },
    async (one, args, { records, read }): Promise<OverlapSource> => {
      const other = await findReferred(records, network, args.with as ReferenceInput);
      if (other === undefined)
        throw badInput("NOT_FOUND", "with must be a network that is there, but there is none such");
      return { one, other, validOn: dayGiven(args.validOn, read) };
    },
  );
}

function addMemberList({ name, description, members }: MemberList, filters: FilterTypes): void {
  const connection = connectionOf(city);
  addField<OverlapSource>(
    "NetworkOverlap",
    () => NetworkOverlap,
    name,
    {
      type: () => connection,
      description,
      listSize: "page",
      price: memberListPrice(filters.catalogue),
      args: [...listArguments(city, LIST_OF_CITIES, filters), ...PAGE_ARGS],
    },
    (overlap, args, { relations, catalogue }) => {
      const { of, besides, test } = members(overlap);
      const relation = membersRelation(catalogue);
      const view = membersView(args, overlap.validOn, test, besides);
      return new Connection(
        {
          page: (slice) => relations.page(relation, of, view, slice),
          count: () => relations.count(relation, of, view),
          standsBeyond: (cursor, side) => relations.standsBeyond(relation, of, view, cursor, side),
        },
        args,
        undefined,
      );
    },
  );
}

/** The list of a network's members, each of which is looked for in the other network besides. */
function memberListPrice(catalogue: Catalogue): FieldPrice {
  const relation = membersRelation(catalogue);
  const list = listPrice(catalogue, relation, "connection");
  return (asked) => {
    const statements = ["nodes", "totalCount"].filter((name) => asked.selected.has(name)).length + 1;
    const { looked } = rowsOfRelation(asked.sizes, relation, asked.times);
    return list(asked) + statements * looked * ROW.found * 2;
  };
}

/** The members of one network on the day, filtered by their being in the other: so pages, totals and rights are the lists' own. */
function membersView(
  args: Readonly<Record<string, unknown>>,
  validOn: string,
  test: "some" | "none",
  besides: RecordRow,
): View {
  const { filter, orderBy } = viewOf(city, LIST_OF_CITIES, args);
  const besidesThat = test === "some" ? isMember(besides, validOn) : { not: isMember(besides, validOn) };
  return { filter: { and: [...(filter === undefined ? [] : [filter]), besidesThat] }, orderBy, validOn };
}

// The same cities as `networks: { some: { id } }` finds, asked of the one of the two places that the network's members stand in.
function isMember({ id, kind }: RecordRow, validOn: string): FilterInput {
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
