// The root field collaborationPaths: how two partners are connected.
import { Args, ArgsType, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../graph/context";
import { Cost } from "../../graph/prices/field-cost";
import { unionOf } from "../../graph/record-objects";
import type { ReferenceInput } from "../../graph/references";
import { partner } from "../../networks/organization.record";
import { type AnyRecord, titleOf } from "./any-record";
import { Bounded, limitIn, type Bounds } from "./bounds";
import { filterValues } from "./collaboration-filter";
import { CollaborationLink } from "./link.type";
import { plainLink, viewLinks, type LinkView, type PlainLink } from "./link-view";
import { linkBetween } from "../graph/links";
import { PathGraph } from "../graph/paths/path-graph";
import { PartnerRef, partnerReferred, WayArgs } from "./way-arguments";
import { pathsPrice } from "./prices";
import { bestPaths } from "../graph/paths/best-paths";
import { Selection } from "../graph/selection";
import { sentenceOf } from "./sentences";

const LIMIT: Bounds = { least: 1, most: 10, byDefault: 3 };

@ArgsType()
class PathsArgs extends WayArgs {
  @Field(() => PartnerRef, { description: "Where the paths begin." })
  from!: ReferenceInput;

  @Field(() => PartnerRef, { description: "Where they end." })
  to!: ReferenceInput;

  @Bounded({ least: 1, most: 6, byDefault: 6 }, "The most links that a path may have,")
  maxLength!: number;

  @Bounded(LIMIT, "How many paths at most,")
  limit!: number;
}

@ObjectType("CollaborationPath", {
  simpleResolvers: true,
  description: "A way from one partner to another over links.",
})
class CollaborationPath {
  @Field(() => Int, { description: "How many links it has." })
  length!: number;

  @Field(() => [unionOf(partner)], {
    description: "The partners on it, both ends included, in its order.",
  })
  nodes!: AnyRecord[];

  @Field(() => [CollaborationLink], {
    description: "Its links in its order; the source of each is the partner that comes first.",
  })
  links!: LinkView[];
}

@Resolver(() => CollaborationPath)
export class CollaborationPaths {
  @Query(() => [CollaborationPath], {
    description:
      "How two partners are connected: the shortest paths first, and among those of one length the strongest. Empty where there is none. docs/links.md says what makes a path strong.",
  })
  @Cost({
    listSize: ({ args }) => limitIn(args.limit, LIMIT),
    price: ({ args, sizes }) => pathsPrice(sizes, limitIn(args.limit, LIMIT)),
  })
  async collaborationPaths(
    @Args(() => PathsArgs) args: PathsArgs,
    @Ctx() context: RequestContext,
  ): Promise<CollaborationPath[]> {
    const { maxLength, limit, maxSharedBy } = args;
    const filter = await filterValues(context, args.filter);
    const [from, to] = await Promise.all([
      partnerReferred(context, args.from, "from"),
      partnerReferred(context, args.to, "to"),
    ]);
    const links = await context.services.collaboration.walk(context, ({ graph }) => {
      const selection = new Selection(graph, filter, context.read.today);
      const ends = [graph.partners.find(from.id), graph.partners.find(to.id)] as const;
      const found = bestPaths(new PathGraph(selection, maxSharedBy, ends), ...ends, maxLength, limit);
      return found.map(({ partners }) => linksAlong(selection, partners));
    });
    const views = await Promise.all(links.map((ofPath) => viewPath(context, ofPath)));
    return views.filter((view) => view !== undefined);
  }

  @FieldResolver(() => [String], { description: "Each link in words, in English." })
  sentences(@Root() { links }: CollaborationPath, @Ctx() context: RequestContext): Promise<string[]> {
    return Promise.all(links.map((link) => sentence(context, link)));
  }
}

function linksAlong(selection: Selection, partners: readonly number[]): PlainLink[] {
  return partners.slice(1).map((target, i) => {
    const link = linkBetween(selection, partners[i] as number, target);
    if (link === undefined) throw new Error("a path leads over what is no link");
    return plainLink(selection.graph, link);
  });
}

/** undefined for a path that lost a link since. */
async function viewPath(context: RequestContext, plain: readonly PlainLink[]): Promise<CollaborationPath | undefined> {
  const links = (await viewLinks(context, plain)).filter((link) => link !== undefined);
  const [first] = links;
  if (first === undefined || links.length < plain.length) return undefined;
  return { length: links.length, nodes: [first.source, ...links.map(({ target }) => target)], links };
}

async function sentence({ records }: RequestContext, link: LinkView): Promise<string> {
  for (const { id } of link.evidence) {
    const shared = await records.currentById.load(id);
    if (shared !== undefined) return sentenceOf(link, shared);
  }
  // All of it went since the link was seen.
  return `${titleOf(link.source)} and ${titleOf(link.target)} were linked a moment ago.`;
}
