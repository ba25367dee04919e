// The networks that a statistic is of, and how complete what is recorded of them is.
import type { FilterInput } from "../database/read/filter";
import type { RowOf } from "../database/read/row";
import type { Network } from "../database/rows";
import type { RequestContext } from "../graph/context";
import { badInput } from "../kernel/errors";
import { network } from "../networks/network.record";

/**
 * The networks that fulfil the filter, by their names. One statement.
 * @throws BAD_USER_INPUT (TOO_MANY_NETWORKS) where there are more than atMost
 */
export async function networksAsked(
  { relations }: RequestContext,
  filter: FilterInput | null | undefined,
  atMost: number,
): Promise<RowOf<Network>[]> {
  const view = {
    ...(filter ? { filter } : {}),
    orderBy: [{ field: "name", direction: "ASC", nulls: "LAST" }] as const,
  };
  const { edges, more } = await relations.reader.page(network, view, { first: atMost });
  if (more) {
    throw badInput("TOO_MANY_NETWORKS", `this is for ${atMost} networks at most: ask for fewer by a filter`);
  }
  return edges.map(({ node }) => node);
}

/** What is recorded of a network's members, as a part of what it states; null where it states nothing. */
export function completenessOf({ statedMemberCount }: RowOf<Network>, memberCount: number): number | null {
  return statedMemberCount === null || statedMemberCount === 0 ? null : memberCount / statedMemberCount;
}
