// The root field collaborationPaths: how two partners are connected.
import { Int, ObjectType } from "type-graphql";
import type { RecordRow } from "../../database/read/row";
import type { RequestContext } from "../../graph/context";
import { addField, addProperty, addQuery } from "../../graph/declare-field";
import { unionOf } from "../../graph/record-objects";
import { findReferredOfUnion, unionRefOf, type ReferenceInput } from "../../graph/references";
import { badInput } from "../../kernel/errors";
import { partner } from "../../networks/organization.record";
import { boundedArg, boundedValue, limitIn, type Bounded } from "./bounds";
import { FILTER_ARG, filterValues } from "./collaboration-filter";
import { collaborationOf } from "../collaboration";
import { linkType } from "./link.type";
import { plainLink, viewLinks, type LinkView, type PlainLink } from "./link-view";
import { linkBetween } from "../graph/links";
import { PathGraph } from "../graph/paths/path-graph";
import { pathsPrice } from "./prices";
import { bestPaths } from "../graph/paths/best-paths";
import { Selection } from "../graph/selection";
import { sentenceOf, titleOf } from "./sentences";

const MAX_LENGTH: Bounded = {
  name: "maxLength",
  least: 1,
  most: 6,
  byDefault: 6,
  description: "The most links that a path may have,",
};
const LIMIT: Bounded = { name: "limit", least: 1, most: 10, byDefault: 3, description: "How many paths at most," };
export const MAX_SHARED_BY: Bounded = {
  name: "maxSharedBy",
  least: 2,
  most: 100,
  byDefault: 50,
  description: "Things that more partners share make links, but carry no path,",
};

interface PathView {
  length: number;
  nodes: RecordRow[];
  links: LinkView[];
}

class CollaborationPath {}

export function addPaths(): void {
  ObjectType("CollaborationPath", { description: "A way from one partner to another over links." })(CollaborationPath);
  addProperty(CollaborationPath, "length", { type: () => Int, description: "How many links it has." });
  addProperty(CollaborationPath, "nodes", {
    type: () => [unionOf(partner)],
    description: "The partners on it, both ends included, in its order.",
  });
  addProperty(CollaborationPath, "links", {
    type: () => [linkType],
    description: "Its links in its order; the source of each is the partner that comes first.",
  });
  addField<PathView>(
    "CollaborationPath",
    () => CollaborationPath,
    "sentences",
    { type: () => [String], description: "Each link in words, in English." },
    ({ links }, _args, context) => Promise.all(links.map((link) => sentence(context, link))),
  );
  const reference = unionRefOf(partner);
  addQuery(
    "collaborationPaths",
    {
      type: () => [CollaborationPath],
      description:
        "How two partners are connected: the shortest paths first, and among those of one length the strongest. Empty where there is none. docs/links.md says what makes a path strong.",
      listSize: ({ args }) => limitIn(args, LIMIT),
      price: ({ args, sizes }) => pathsPrice(sizes, limitIn(args, LIMIT)),
      args: [
        { name: "from", type: () => reference, description: "Where the paths begin.", required: true },
        { name: "to", type: () => reference, description: "Where they end.", required: true },
        boundedArg(MAX_LENGTH),
        boundedArg(LIMIT),
        boundedArg(MAX_SHARED_BY),
        FILTER_ARG,
      ],
    },
    paths,
  );
}

async function paths(args: Readonly<Record<string, unknown>>, context: RequestContext): Promise<PathView[]> {
  const maxLength = boundedValue(MAX_LENGTH, args);
  const limit = boundedValue(LIMIT, args);
  const maxSharedBy = boundedValue(MAX_SHARED_BY, args);
  const filter = await filterValues(context, args.filter);
  const [from, to] = await Promise.all([partnerReferred(context, args, "from"), partnerReferred(context, args, "to")]);
  const links = await collaborationOf(context).walk(context, ({ graph: adjacency }) => {
    const selection = new Selection(adjacency, filter, context.read.today);
    const ends = [adjacency.partners.find(from.id), adjacency.partners.find(to.id)] as const;
    const found = bestPaths(new PathGraph(selection, maxSharedBy, ends), ...ends, maxLength, limit);
    return found.map(({ partners }) => linksAlong(selection, partners));
  });
  const views = await Promise.all(links.map((ofPath) => viewPath(context, ofPath)));
  return views.filter((view) => view !== undefined);
}

function linksAlong(selection: Selection, partners: readonly number[]): PlainLink[] {
  return partners.slice(1).map((target, i) => {
    const link = linkBetween(selection, partners[i] as number, target);
    if (link === undefined) throw new Error("a path leads over what is no link");
    return plainLink(selection.graph, link);
  });
}

/** undefined for a path that lost a link since. */
async function viewPath(context: RequestContext, plain: readonly PlainLink[]): Promise<PathView | undefined> {
  const links = (await viewLinks(context, plain)).filter((link) => link !== undefined);
  const [first] = links;
  if (first === undefined || links.length < plain.length) return undefined;
  return { length: links.length, nodes: [first.source, ...links.map(({ target }) => target)], links };
}

/** @throws BAD_USER_INPUT with reason NO_SUCH_PARTNER */
export async function partnerReferred(
  { records }: RequestContext,
  args: Readonly<Record<string, unknown>>,
  name: string,
): Promise<RecordRow> {
  const row = await findReferredOfUnion(records, partner, args[name] as ReferenceInput);
  if (row === undefined)
    throw badInput("NO_SUCH_PARTNER", `"${name}" must be a city, a network or an organization that is here`);
  return row;
}

async function sentence({ records }: RequestContext, link: LinkView): Promise<string> {
  for (const { id } of link.evidence) {
    const shared = await records.currentById.load(id);
    if (shared !== undefined) return sentenceOf(link, shared);
  }
  // All of it went since the link was seen.
  return `${titleOf(link.source)} and ${titleOf(link.target)} were linked a moment ago.`;
}
