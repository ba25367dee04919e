// The root fields collaborationNeighborhood and collaborationGraph: parts of the graph to be drawn.
import { ObjectType } from "type-graphql";
import type { RecordRow } from "../../database/read/row";
import type { RequestContext } from "../../graph/context";
import { addProperty, addQuery } from "../../graph/declare-field";
import { resolvedInPortions } from "../../graph/portions";
import { unionOf } from "../../graph/record-objects";
import { unionRefOf } from "../../graph/references";
import { partner } from "../../networks/organization.record";
import { boundedArg, boundedValue, limitIn, type Bounded } from "./bounds";
import type { StrongestPair } from "../background/current-strongest";
import { FILTER_ARG, filterValues } from "./collaboration-filter";
import { collaborationOf } from "../collaboration";
import { linkType } from "./link.type";
import { plainLink, viewLinks, type LinkView, type PlainLink } from "./link-view";
import { linkBetween, linkOver, type Link } from "../graph/links";
import type { AffiliationGraph } from "../graph/affiliation-graph";
import { neighbourhoodOf } from "../graph/neighbourhood";
import { MAX_SHARED_BY, partnerReferred } from "./paths.type";
import { PathGraph } from "../graph/paths/path-graph";
import { LINK_PRICE, neighbourhoodPrice, wholeGraphPrice } from "./prices";
import { Selection } from "../graph/selection";
import { eachBelow } from "../graph/computing/resumable";
import type { Pair } from "../graph/strongest/strongest-pairs";

const LINKS_AT_MOST = 2_000;
/** How many links are made up before others have their turn: a millisecond or so. */
const LINKS_A_STEP = 50;

const DEPTH: Bounded = {
  name: "depth",
  least: 1,
  most: 3,
  byDefault: 1,
  description: "How many links away partners may be,",
};
const PARTNERS: Bounded = {
  name: "limit",
  least: 1,
  most: 500,
  byDefault: 200,
  description: "How many partners at most besides the one itself,",
};
const LINKS: Bounded = {
  name: "limit",
  least: 1,
  most: LINKS_AT_MOST,
  byDefault: 1_000,
  description: "How many links at most,",
};

interface GraphView {
  nodes: (RecordRow | Promise<RecordRow>)[];
  links: (LinkView | Promise<LinkView>)[];
  truncated: boolean;
}

class CollaborationGraph {}

export function addGraphs(): void {
  ObjectType("CollaborationGraph", {
    simpleResolvers: true,
    description: "Partners and the links between them, to be drawn or counted.",
  })(CollaborationGraph);
  addProperty(CollaborationGraph, "nodes", { type: () => [unionOf(partner)], description: "The partners." });
  addProperty(CollaborationGraph, "links", {
    type: () => [linkType],
    description: "The links between them, the strongest first, each once.",
  });
  addProperty(CollaborationGraph, "truncated", {
    type: () => Boolean,
    description: "Whether partners or links were left out because there are more than were asked for.",
  });
  const reference = unionRefOf(partner);
  addQuery(
    "collaborationNeighborhood",
    {
      type: () => CollaborationGraph,
      description: `Who stands around a partner, and all links between those: the partner itself, and the nearest others, at most ${LINKS_AT_MOST.toLocaleString("en")} links. docs/links.md says in which order.`,
      price: ({ sizes }) => neighbourhoodPrice(sizes),
      listSize: ({ args }) => Math.min(LINKS_AT_MOST, 10 * limitIn(args, PARTNERS)),
      args: [
        { name: "of", type: () => reference, description: "The partner in the middle.", required: true },
        boundedArg(DEPTH),
        boundedArg(PARTNERS),
        boundedArg(MAX_SHARED_BY),
        FILTER_ARG,
      ],
    },
    neighbourhood,
  );
  addQuery(
    "collaborationGraph",
    {
      type: () => CollaborationGraph,
      description: "The strongest links of the whole graph, and the partners at their ends.",
      price: ({ args, sizes }) => wholeGraphPrice(sizes) + limitIn(args, LINKS) * LINK_PRICE,
      listSize: ({ args }) => limitIn(args, LINKS),
      args: [FILTER_ARG, boundedArg(LINKS)],
    },
    wholeGraph,
  );
}

type Args = Readonly<Record<string, unknown>>;

async function neighbourhood(args: Args, context: RequestContext): Promise<GraphView> {
  const depth = boundedValue(DEPTH, args);
  const limit = boundedValue(PARTNERS, args);
  const maxSharedBy = boundedValue(MAX_SHARED_BY, args);
  const filter = await filterValues(context, args.filter);
  const row = await partnerReferred(context, args, "of");
  const { ids, links, truncated } = await collaborationOf(context).walkInSteps(
    context,
    function* ({ graph: adjacency }) {
      const centre = adjacency.partners.find(row.id);
      // It came after the graph, which is as new as was promised all the same.
      if (centre === -1) return { ids: [row.id], links: [], truncated: false };
      const graph = new PathGraph(new Selection(adjacency, filter, context.read.today), maxSharedBy, [centre, centre]);
      const found = yield* neighbourhoodOf(graph, centre, depth, limit, LINKS_AT_MOST);
      const links: PlainLink[] = [];
      yield* eachBelow(found.links.length, LINKS_A_STEP, (place) => {
        const { source, target, records } = found.links[place] as Pair;
        links.push(...plainLinks(adjacency, linkOver(graph.selection, source, target, records)));
      });
      const ids = found.partners.map((number) => adjacency.partners.idOf(number));
      return { ids, links, truncated: found.truncated };
    },
  );
  return viewGraph(context, ids, links, truncated);
}

async function wholeGraph(args: Args, context: RequestContext): Promise<GraphView> {
  const limit = boundedValue(LINKS, args);
  const filter = await filterValues(context, args.filter);
  const collaboration = collaborationOf(context);
  const { pairs, truncated } = await collaboration.strongest.of(() => collaboration.at(context), {
    filter,
    today: context.read.today,
    limit,
  });
  const links = await collaboration.walkInSteps(context, function* ({ graph: adjacency }) {
    const selection = new Selection(adjacency, filter, context.read.today);
    const numberOf = (id: string): number => adjacency.partners.find(id);
    const links: PlainLink[] = [];
    yield* eachBelow(pairs.length, LINKS_A_STEP, (place) => {
      const { sourceId, targetId } = pairs[place] as StrongestPair;
      links.push(...plainLinks(adjacency, linkBetween(selection, numberOf(sourceId), numberOf(targetId))));
    });
    return links.sort(compareLinks);
  });
  const ids = [...new Set(links.flatMap(({ sourceId, targetId }) => [sourceId, targetId]))].sort();
  return viewGraph(context, ids, links, truncated);
}

/** The graph may have changed since the links were chosen: in the order of what they are now. */
function compareLinks(a: PlainLink, b: PlainLink): number {
  const [ofA, ofB] = [a, b].map(({ sourceId, targetId }) => sourceId + targetId) as [string, string];
  return b.strength - a.strength || (ofA < ofB ? -1 : Number(ofA !== ofB));
}

function plainLinks(adjacency: AffiliationGraph, link: Link | undefined): PlainLink[] {
  return link === undefined ? [] : [plainLink(adjacency, link)];
}

/** Partners and links that are still there: a link whose end is not among the partners goes with it. */
async function viewGraph(
  context: RequestContext,
  ids: readonly string[],
  plain: readonly PlainLink[],
  truncated: boolean,
): Promise<GraphView> {
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
