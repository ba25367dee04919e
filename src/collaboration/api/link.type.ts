// CollaborationLink and its evidence.
import { Args, Ctx, Field, FieldResolver, Float, ObjectType, Resolver, Root } from "type-graphql";
import { cursorBinding } from "../../kernel/cursors";
import { Connection, PageArgs } from "../../graph/connection";
import { connectionType } from "../../graph/connection-types";
import type { RequestContext } from "../../graph/context";
import { memorySource } from "../../graph/memory-list";
import { Cost } from "../../graph/prices/field-cost";
import { RecordInterface, unionOf } from "../../graph/record-objects";
import { DateScalar } from "../../graph/scalars";
import { partner } from "../../networks/organization.record";
import type { AnyRecord } from "./any-record";
import { LinkKind } from "./collaboration-filter";
import type { LinkKindName } from "../graph/affiliation-kinds";
import type { LinkView } from "./link-view";
import { strongestFirst } from "./strongest-first";

const EVIDENCE_BY_DEFAULT = 20;

class EvidenceEdge {
  @Field(() => LinkKind, { description: "What sort of thing it is." })
  kind!: LinkKindName;

  @Field(() => Float, {
    description: "What it adds to the strength of the link: 1 / (n - 1) where n partners share it.",
  })
  weight!: number;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The first day by which both shared it; null where that is not known.",
  })
  since!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      "The first day on which one of them shared it no longer; null while both do, and where no end is known.",
  })
  until!: string | null;
}

const { connection: evidencePage } = connectionType(
  "Evidence",
  "A page of the records that two partners share, those that say most first.",
  () => RecordInterface,
  EvidenceEdge,
);

/** A link; edges that are links have its fields by being classes under this one. */
@ObjectType("CollaborationLink", {
  simpleResolvers: true,
  description:
    "What links two partners: all that they share, as far as the filter goes. It is made from records when it is asked for, and stored nowhere; docs/links.md says how.",
})
export class CollaborationLink {
  @Field(() => unionOf(partner), { description: "The partner at the one end." })
  source!: AnyRecord;

  @Field(() => unionOf(partner), { description: "The partner at the other end." })
  target!: AnyRecord;

  @Field(() => [LinkKind], { description: "The sorts of things that they share." })
  kinds!: LinkKindName[];

  @Field(() => Float, {
    description:
      "How strong it is: the sum over its evidence of 1 / (n - 1), where n partners share a thing. 1 is what a project of two cities gives.",
  })
  strength!: number;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The first day by which both had shared one of the things; null where no such day is known.",
  })
  since!: string | null;
}

@Resolver(() => CollaborationLink)
export class EvidenceField {
  @FieldResolver(() => evidencePage, {
    description: `The records that they share, those that say most first; a page of ${EVIDENCE_BY_DEFAULT} where no size is given.`,
  })
  @Cost({ listSize: "page" })
  evidence(
    @Root() link: LinkView,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: RequestContext,
  ): Connection<AnyRecord> {
    return evidenceConnection(context, link, args);
  }
}

function evidenceConnection(context: RequestContext, link: LinkView, args: PageArgs): Connection<AnyRecord> {
  const items = link.evidence.map((item) => ({ ...item, strength: item.weight }));
  const list = strongestFirst(items, cursorBinding(["evidence", link.sourceId, link.targetId]));
  const source = memorySource<(typeof items)[number], AnyRecord>(list, async (page) => {
    const rows = await Promise.all(page.map(({ id }) => context.records.currentById.load(id)));
    return page.flatMap(({ id, kind, weight, since, until }, i) => {
      const node = rows[i];
      return node === undefined ? [] : [{ node, edge: { kind, weight, since, until }, position: [weight, id] }];
    });
  });
  return new Connection(source, args, EVIDENCE_BY_DEFAULT);
}
