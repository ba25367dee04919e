// CollaborationLink and its evidence.
import { Float, ObjectType, type ClassType } from "type-graphql";
import type { RecordRow } from "../../database/read/row";
import { cursorBinding } from "../../kernel/cursors";
import { Connection } from "../../graph/connection";
import { connectionType, PAGE_ARGS } from "../../graph/connection-types";
import type { RequestContext } from "../../graph/context";
import { addField, addProperty } from "../../graph/declare-field";
import { memorySource } from "../../graph/memory-list";
import { RecordInterface, unionOf } from "../../graph/record-objects";
import { DateScalar } from "../../graph/scalars";
import { partner } from "../../networks/organization.record";
import { LinkKind } from "./collaboration-filter";
import type { LinkView } from "./link-view";
import { strongestFirst } from "./strongest-first";

const EVIDENCE_BY_DEFAULT = 20;

class CollaborationLink {}
ObjectType("CollaborationLink", {
  simpleResolvers: true,
  description:
    "What links two partners: all that they share, as far as the filter goes. It is made from records when it is asked for, and stored nowhere; docs/links.md says how.",
})(CollaborationLink);

export const linkType: ClassType = CollaborationLink;

const evidenceTypes = connectionType(
  "Evidence",
  "A page of the records that two partners share, those that say most first.",
  () => RecordInterface,
);
addProperty(evidenceTypes.edge, "kind", { type: () => LinkKind, description: "What sort of thing it is." });
addProperty(evidenceTypes.edge, "weight", {
  type: () => Float,
  description: "What it adds to the strength of the link: 1 / (n - 1) where n partners share it.",
});
addProperty(evidenceTypes.edge, "since", {
  type: () => DateScalar,
  nullable: true,
  description: "The first day by which both shared it; null where that is not known.",
});
addProperty(evidenceTypes.edge, "until", {
  type: () => DateScalar,
  nullable: true,
  description: "The first day on which one of them shared it no longer; null while both do, and where no end is known.",
});

/** The fields of a link, on the type of links and on edges that are links. */
export function addLinkFields(typeName: string, target: ClassType): void {
  const end = (): object => unionOf(partner);
  addProperty(target, "source", { type: end, description: "The partner at the one end." });
  addProperty(target, "target", { type: end, description: "The partner at the other end." });
  addProperty(target, "kinds", { type: () => [LinkKind], description: "The sorts of things that they share." });
  addProperty(target, "strength", {
    type: () => Float,
    description:
      "How strong it is: the sum over its evidence of 1 / (n - 1), where n partners share a thing. 1 is what a project of two cities gives.",
  });
  addProperty(target, "since", {
    type: () => DateScalar,
    nullable: true,
    description: "The first day by which both had shared one of the things; null where no such day is known.",
  });
  addField<LinkView>(
    typeName,
    () => target,
    "evidence",
    {
      type: () => evidenceTypes.connection,
      description: `The records that they share, those that say most first; a page of ${EVIDENCE_BY_DEFAULT} where no size is given.`,
      listSize: "page",
      args: PAGE_ARGS,
    },
    (link, args, context) => evidenceConnection(context, link, args),
  );
}

addLinkFields("CollaborationLink", CollaborationLink);

function evidenceConnection(context: RequestContext, link: LinkView, args: object): Connection {
  const items = link.evidence.map((item) => ({ ...item, strength: item.weight }));
  const list = strongestFirst(items, cursorBinding(["evidence", link.sourceId, link.targetId]));
  const source = memorySource<(typeof items)[number], RecordRow>(list, async (page) => {
    const rows = await Promise.all(page.map(({ id }) => context.records.currentById.load(id)));
    return page.flatMap(({ id, kind, weight, since, until }, i) => {
      const node = rows[i];
      return node === undefined ? [] : [{ node, edge: { kind, weight, since, until }, position: [weight, id] }];
    });
  });
  return new Connection(source, args, EVIDENCE_BY_DEFAULT);
}
