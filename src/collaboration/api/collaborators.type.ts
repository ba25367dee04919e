// The collaborators of cities, networks and organizations: whom each is linked to, the strongest link first.
import type { PageEdge } from "../../database/read/keyset";
import type { RecordRow } from "../../database/read/row";
import { Connection } from "../../graph/connection";
import { pageSizeOf } from "../../graph/prices/page-size";
import { connectionType, PAGE_ARGS } from "../../graph/connection-types";
import type { RequestContext } from "../../graph/context";
import { addField } from "../../graph/declare-field";
import { memorySource } from "../../graph/memory-list";
import { objectOf, unionOf } from "../../graph/record-objects";
import { cursorBinding } from "../../kernel/cursors";
import { partner } from "../../networks/organization.record";
import { FILTER_ARG, filterValues } from "./collaboration-filter";
import { collaborationOf } from "../collaboration";
import { addLinkFields } from "./link.type";
import { plainLink, viewLinks, type PlainLink } from "./link-view";
import { collaboratorsOf, linkBetween } from "../graph/links";
import { LINK_PRICE, walkPrice } from "./prices";
import { Selection, type FilterValues } from "../graph/selection";
import { strongestFirst } from "./strongest-first";

export function addCollaborators(): void {
  const types = connectionType(
    "Collaborator",
    "A page of partners that one is linked to, the strongest link first. Its edges are the links.",
    () => unionOf(partner),
  );
  addLinkFields("CollaboratorEdge", types.edge);
  for (const type of partner.members()) {
    addField<RecordRow>(
      type.name,
      () => objectOf(type),
      "collaborators",
      {
        type: () => types.connection,
        description:
          "Whom it is linked to by what they share, the strongest link first: cities, networks and organizations. The edges are the links, with their evidence.",
        listSize: "page",
        price: ({ times, args, sizes }) => times * (walkPrice(sizes) + pageSizeOf(args) * LINK_PRICE),
        args: [FILTER_ARG, ...PAGE_ARGS],
      },
      (row, args, context) => collaborators(context, row, args),
    );
  }
}

/** A partner on a page, and its link to the one whose page it is. */
interface Collaborator {
  id: string;
  strength: number;
}

async function collaborators(context: RequestContext, row: RecordRow, args: object): Promise<Connection> {
  const filter = await filterValues(context, (args as { filter?: unknown }).filter);
  const items = await collaborationOf(context).walk(context, ({ graph: adjacency }): Collaborator[] => {
    const selection = new Selection(adjacency, filter, context.read.today);
    const found = collaboratorsOf(selection, adjacency.partners.find(row.id));
    return found.map(({ partner: other, strength }) => ({ id: adjacency.partners.idOf(other), strength }));
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
  row: RecordRow,
  page: readonly Collaborator[],
): Promise<PageEdge<RecordRow>[]> {
  const links = await collaborationOf(context).walk(context, ({ graph: adjacency }) => {
    const selection = new Selection(adjacency, filter, context.read.today);
    const own = adjacency.partners.find(row.id);
    return page.flatMap(({ id }): PlainLink[] => {
      const link = linkBetween(selection, own, adjacency.partners.find(id));
      return link === undefined ? [] : [plainLink(adjacency, link)];
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
