// The fields of relations: connections with pages, or plain lists where rows are few.
import type { Catalogue } from "../database/declare/catalogue";
import { datesOf, type Relation } from "../database/declare/relation";
import type { View } from "../database/read/page";
import type { RecordRow } from "../database/read/row";
import { Connection, type PageArgs } from "./connection";
import { connectionOf, PAGE_ARGS, relationConnection } from "./connection-types";
import type { RequestContext } from "./context";
import { addField, type ArgDeclaration } from "./declare-field";
import { orderByOf, type FilterInputs, type OrderInput } from "./filter-inputs";
import { objectOf } from "./record-objects";
import { DateScalar } from "./scalars";

/** Rows that a list usually has, where its declaration does not say. */
const LIST_USUALLY = 5;

export function addRelationFields(catalogue: Catalogue, inputs: FilterInputs): void {
  for (const relation of catalogue.relations) {
    if (relation.shownAs === "connection") addConnectionField(relation, inputs);
    if (relation.shownAs === "list") addListField(relation, inputs);
  }
}

function addConnectionField(relation: Relation, inputs: FilterInputs): void {
  const type = relation.kind === "joined" ? relationConnection(relation) : connectionOf(relation.to);
  addField<RecordRow>(
    relation.from.name,
    () => objectOf(relation.from),
    relation.name,
    {
      type: () => type,
      description: relation.description,
      listSize: "page",
      args: [...viewArgs(relation, inputs), ...PAGE_ARGS],
    },
    (row, args, { relations }) => {
      const view = viewOf(relation, args);
      return new Connection(
        {
          page: (slice) => relations.page(relation, row, view, slice),
          count: () => relations.count(relation, row, view),
          standsBeyond: (cursor, side) => relations.standsBeyond(relation, row, view, cursor, side),
        },
        args as PageArgs,
        undefined,
      );
    },
  );
}

function addListField(relation: Relation, inputs: FilterInputs): void {
  addField<RecordRow>(
    relation.from.name,
    () => objectOf(relation.from),
    relation.name,
    {
      type: () => [objectOf(relation.to)],
      description: relation.description,
      listSize: relation.usually ?? LIST_USUALLY,
      args: viewArgs(relation, inputs),
    },
    (row, args, { relations }: RequestContext) => relations.list(relation, row, viewOf(relation, args)),
  );
}

function viewArgs(relation: Relation, inputs: FilterInputs): ArgDeclaration[] {
  const filter = inputs.filterOf(relation.to);
  const order = inputs.orderOf(relation.to);
  return [
    { name: "filter", type: () => filter, description: "Only those that fulfil this." },
    ...(order === undefined
      ? []
      : [{ name: "orderBy", type: (): [typeof order] => [order], description: orderDescription(relation) }]),
    ...(datesOf(relation) === undefined
      ? []
      : [
          {
            name: "validOn",
            type: () => DateScalar,
            description:
              relation.kind === "joined"
                ? "Only those in force on this day; left out, today; null, at any time."
                : "Only those in force on this day; left out, at any time.",
          },
        ]),
  ];
}

function orderDescription(relation: Relation): string {
  return `The order, by one key after the other; left out, ${relation.kind === "joined" ? "as they were recorded" : "the usual one"}.`;
}

function viewOf(relation: Relation, args: Readonly<Record<string, unknown>>): View {
  // A joined list is read in the order of its own rows unless asked otherwise: their index gives a page without
  // reading the others, which no order by a column of the joined record could.
  const byDefault = relation.kind === "joined" ? [] : relation.to.defaultOrder;
  const filter = args.filter as View["filter"] | null;
  return {
    ...(filter === undefined || filter === null ? {} : { filter }),
    orderBy: orderByOf(relation.to, args.orderBy as OrderInput[] | undefined, byDefault),
    validOn: args.validOn as string | null | undefined,
  };
}
