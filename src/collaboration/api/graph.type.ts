// The root fields collaborationNeighborhood and collaborationGraph: parts of the graph to be drawn.
import { Args, ArgsType, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../graph/context";
import { resolvedInPortions } from "../../graph/portions";
import { Cost } from "../../graph/prices/field-cost";
import { unionOf } from "../../graph/record-objects";
import type { ReferenceInput } from "../../graph/references";
import { partner } from "../../networks/organization.record";
import type { AnyRecord } from "./any-record";
import { Bounded, limitIn, type Bounds } from "./bounds";
import type { StrongestPair } from "../background/current-strongest";
import { filterValues, LinkFilter, type CollaborationFilter } from "./collaboration-filter";
import { CollaborationLink } from "./link.type";
import { plainLink, viewLinks, type LinkView, type PlainLink } from "./link-view";
import { linkBetween, linkOver, type Link } from "../graph/links";
import type { AffiliationGraph } from "../graph/affiliation-graph";
import { neighbourhoodOf } from "../graph/neighbourhood";
import { PathGraph } from "../graph/paths/path-graph";
import { LINK_PRICE, neighbourhoodPrice, wholeGraphPrice } from "./prices";
import { Selection } from "../graph/selection";
import { eachBelow } from "../graph/computing/resumable";
import type { Pair } from "../graph/strongest/strongest-pairs";
import { PartnerRef, partnerReferred, WayArgs } from "./way-arguments";

const LINKS_AT_MOST = 2_000;
/** How many links are made up before others have their turn: a millisecond or so. */
const LINKS_A_STEP = 50;

const PARTNERS: Bounds = { least: 1, most: 500, byDefault: 200 };
const LINKS: Bounds = { least: 1, most: LINKS_AT_MOST, byDefault: 1_000 };

@ArgsType()
class NeighborhoodArgs extends WayArgs {
  @Field(() => PartnerRef, { description: "The partner in the middle." })
  of!: ReferenceInput;

  @Bounded({ least: 1, most: 3, byDefault: 1 }, "How many links away partners may be,")
  depth!: number;

  @Bounded(PARTNERS, "How many partners at most besides the one itself,")
  limit!: number;
}

@ArgsType()
class GraphArgs {
  @LinkFilter()
  filter?: CollaborationFilter | null;

  @Bounded(LINKS, "How many links at most,")
  limit!: number;
}

@ObjectType("CollaborationGraph", {
  simpleResolvers: true,
  description: "Partners and the links between them, to be drawn or counted.",
})
class CollaborationGraph {
  @Field(() => [unionOf(partner)], { description: "The partners." })
  nodes!: (AnyRecord | Promise<AnyRecord>)[];

  @Field(() => [CollaborationLink], { description: "The links between them, the strongest first, each once." })
  links!: (LinkView | Promise<LinkView>)[];

  @Field(() => Boolean, {
    description: "Whether partners or links were left out because there are more than were asked for.",
  })
  truncated!: boolean;
}

@Resolver()
export class GraphRoots {
  @Query(() => CollaborationGraph, {
    description: `Who stands around a partner, and all links between those: the partner itself, and the nearest others, at most ${LINKS_AT_MOST.toLocaleString("en")} links. docs/links.md says in which order.`,
  })
  @Cost({
    price: ({ sizes }) => neighbourhoodPrice(sizes),
    listSize: ({ args }) => Math.min(LINKS_AT_MOST, 10 * limitIn(args.limit, PARTNERS)),
  })
  async collaborationNeighborhood(
    @Args(() => NeighborhoodArgs) { of, depth, limit, maxSharedBy, filter: given }: NeighborhoodArgs,
    @Ctx() context: RequestContext,
  ): Promise<CollaborationGraph> {
    const filter = await filterValues(context, given);
    const row = await partnerReferred(context, of, "of");
    const { ids, links, truncated } = await context.services.collaboration.walkInSteps(context, function* ({ graph }) {
      const centre = graph.partners.find(row.id);
      // It came after the graph, which is as new as was promised all the same.
      if (centre === -1) return { ids: [row.id], links: [], truncated: false };
      const paths = new PathGraph(new Selection(graph, filter, context.read.today), maxSharedBy, [centre, centre]);
      const found = yield* neighbourhoodOf(paths, centre, depth, limit, LINKS_AT_MOST);
      const links: PlainLink[] = [];
      yield* eachBelow(found.links.length, LINKS_A_STEP, (place) => {
        const { source, target, records } = found.links[place] as Pair;
        links.push(...plainLinks(graph, linkOver(paths.selection, source, target, records)));
      });
      const ids = found.partners.map((number) => graph.partners.idOf(number));
      return { ids, links, truncated: found.truncated };
    });
    return viewGraph(context, ids, links, truncated);
  }

  @Query(() => CollaborationGraph, {
    description: "The strongest links of the whole graph, and the partners at their ends.",
  })
  @Cost({
    price: ({ args, sizes }) => wholeGraphPrice(sizes) + limitIn(args.limit, LINKS) * LINK_PRICE,
    listSize: ({ args }) => limitIn(args.limit, LINKS),
  })
  async collaborationGraph(
    @Args(() => GraphArgs) { limit, filter: given }: GraphArgs,
    @Ctx() context: RequestContext,
  ): Promise<CollaborationGraph> {
    const filter = await filterValues(context, given);
    const collaboration = context.services.collaboration;
    const { pairs, truncated } = await collaboration.strongest.of(collaboration.newest(context), {
      filter,
      today: context.read.today,
      limit,
    });
    const links = await collaboration.walkInSteps(context, function* ({ graph }) {
      const selection = new Selection(graph, filter, context.read.today);
      const numberOf = (id: string): number => graph.partners.find(id);
      const links: PlainLink[] = [];
      yield* eachBelow(pairs.length, LINKS_A_STEP, (place) => {
        const { sourceId, targetId } = pairs[place] as StrongestPair;
        links.push(...plainLinks(graph, linkBetween(selection, numberOf(sourceId), numberOf(targetId))));
      });
      return links.sort(compareLinks);
    });
    const ids = [...new Set(links.flatMap(({ sourceId, targetId }) => [sourceId, targetId]))].sort();
    return viewGraph(context, ids, links, truncated);
  }
}

/** The graph may have changed since the links were chosen: in the order of what they are now. */
function compareLinks(a: PlainLink, b: PlainLink): number {
  const [ofA, ofB] = [a, b].map(({ sourceId, targetId }) => sourceId + targetId) as [string, string];
  return b.strength - a.strength || (ofA < ofB ? -1 : Number(ofA !== ofB));
}

function plainLinks(graph: AffiliationGraph, link: Link | undefined): PlainLink[] {
  return link === undefined ? [] : [plainLink(graph, link)];
}

/** Partners and links that are still there: a link whose end is not among the partners goes with it. */
async function viewGraph(
  context: RequestContext,
  ids: readonly string[],
  plain: readonly PlainLink[],
  truncated: boolean,
): Promise<CollaborationGraph> {
  const [rows, links] = await Promise.all([
    Promise.all(ids.map((id) => context.records.currentById.load(id))),
    viewLinks(context, plain),
  ]);
  return {
    nodes: resolvedInPortions(rows.filter((row) => row !== undefined)),
    links: resolvedInPortions(links.filter((link) => link !== undefined)),
    truncated,
  };
}
