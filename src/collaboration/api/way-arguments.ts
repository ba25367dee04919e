// What questions of ways over the graph take: partners that they begin at, and what carries a way.
import { ArgsType } from "type-graphql";
import type { RequestContext } from "../../graph/context";
import { findReferredOfUnion, unionRefOf, type ReferenceInput } from "../../graph/references";
import { badInput } from "../../kernel/errors";
import { partner } from "../../networks/organization.record";
import type { AnyRecord } from "./any-record";
import { Bounded } from "./bounds";
import { LinkFilter, type CollaborationFilter } from "./collaboration-filter";

@ArgsType()
export abstract class WayArgs {
  @Bounded({ least: 2, most: 100, byDefault: 50 }, "Things that more partners share make links, but carry no path,")
  maxSharedBy!: number;

  @LinkFilter()
  filter?: CollaborationFilter | null;
}

/** Says which partner is meant. */
export const PartnerRef = unionRefOf(partner);

/**
 * @param name of the argument, for the message
 * @throws BAD_USER_INPUT with reason NO_SUCH_PARTNER
 */
export async function partnerReferred(
  { records }: RequestContext,
  by: ReferenceInput,
  name: string,
): Promise<AnyRecord> {
  const row = await findReferredOfUnion(records, partner, by);
  if (row === undefined)
    throw badInput("NO_SUCH_PARTNER", `"${name}" must be a city, a network or an organization that is here`);
  return row;
}
