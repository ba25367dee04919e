// The collaborators of cities, networks and organizations: whom each is linked to, the strongest link first.
import { Args, ArgsType, Ctx, FieldResolver, Resolver, Root, type ClassType } from "type-graphql";
import type { RecordType } from "../../database/declare/record-type";
import type { PageEdge } from "../../database/read/keyset";
import { Connection, PageArgs } from "../../graph/connection";
import { connectionType } from "../../graph/connection-types";
import type { RequestContext } from "../../graph/context";
import { memorySource } from "../../graph/memory-list";
import { Cost } from "../../graph/prices/field-cost";
import { pageSizeOf } from "../../graph/prices/page-size";
import { objectOf, unionOf } from "../../graph/record-objects";
import { cursorBinding } from "../../kernel/cursors";
import { partner } from "../../networks/organization.record";
import type { AnyRecord } from "./any-record";
import { filterValues, LinkFilter, type CollaborationFilter } from "./collaboration-filter";
import { CollaborationLink } from "./link.type";
import { plainLink, viewLinks, type PlainLink } from "./link-view";
import { collaboratorsOf, linkBetween } from "../graph/links";
import { LINK_PRICE, walkPrice } from "./prices";
import { Selection, type FilterValues } from "../graph/selection";
import { strongestFirst } from "./strongest-first";

/** An edge is the link itself. */
class CollaboratorEdge extends CollaborationLink {}

const { connection: collaboratorsPage } = connectionType(
  "Collaborator",
  "A page of partners that one is linked to, the strongest link first. Its edges are the links.",
  () => unionOf(partner),
  CollaboratorEdge,
);

@ArgsType()
class CollaboratorsArgs extends PageArgs {
  @LinkFilter()
  filter?: CollaborationFilter | null;
}

function collaboratorsFieldOn(type: RecordType): ClassType {
  @Resolver(() => objectOf(type))
  class CollaboratorsField {
    @FieldResolver(() => collaboratorsPage, {
      description:
        "Whom it is linked to by what they share, the strongest link first: cities, networks and organizations. The edges are the links, with their evidence.",
    })
    @Cost({
      listSize: "page",
      price: ({ times, args, sizes }) => times * (walkPrice(sizes) + pageSizeOf(args) * LINK_PRICE),
    })
    collaborators(
      @Root() row: AnyRecord,
      @Args(() => CollaboratorsArgs) args: CollaboratorsArgs,
      @Ctx() context: RequestContext,
    ): Promise<Connection<AnyRecord>> {
      return collaborators(context, row, args);
    }
  }
  return CollaboratorsField;
}

/** The field collaborators, on each type of partners. */
export const collaboratorsFields = partner.members().map(collaboratorsFieldOn);

/** A partner on a page, and its link to the one whose page it is. */
interface Collaborator {
  id: string;
  strength: number;
}

async function collaborators(
  context: RequestContext,
  row: AnyRecord,
  args: CollaboratorsArgs,
): Promise<Connection<AnyRecord>> {
  const filter = await filterValues(context, args.filter);
  const items = await context.services.collaboration.walk(context, ({ graph }): Collaborator[] => {
    const selection = new Selection(graph, filter, context.read.today);
    const found = collaboratorsOf(selection, graph.partners.find(row.id));
    return found.map(({ partner: other, strength }) => ({ id: graph.partners.idOf(other), strength }));
  });
  return new Connection(
    memorySource(strongestFirst(items, cursorBinding(["collaborators", row.id, filter])), (page) =>
      edgesOf(context, filter, row, page),
    ),
    args,
    undefined,
  );
}

async function edgesOf(
  context: RequestContext,
  filter: FilterValues,
  row: AnyRecord,
  page: readonly Collaborator[],
): Promise<PageEdge<AnyRecord>[]> {
  const links = await context.services.collaboration.walk(context, ({ graph }) => {
    const selection = new Selection(graph, filter, context.read.today);
    const own = graph.partners.find(row.id);
    return page.flatMap(({ id }): PlainLink[] => {
      const link = linkBetween(selection, own, graph.partners.find(id));
      return link === undefined ? [] : [plainLink(graph, link)];
    });
  });
  // Its place in the list is that in which it was found, though the link may be another by now.
  const strengthById = new Map(page.map(({ id, strength }) => [id, strength]));
  return (await viewLinks(context, links)).flatMap((view) => {
    if (view === undefined) return [];
    const strength = strengthById.get(view.targetId) ?? view.strength;
    return [{ node: view.target, edge: { ...view }, position: [strength, view.targetId] as const }];
  });
}
