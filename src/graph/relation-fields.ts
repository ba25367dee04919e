// The fields of relations: connections with pages, or plain lists where rows are few.
import type { Catalogue } from "../database/declare/catalogue";
import { dayByDefault, type Relation } from "../database/declare/relation";
import type { RecordRow } from "../database/read/row";
import { Connection, PageArgs } from "./connection";
import { connectionOf, relationConnection } from "./connection-types";
import { addField } from "./declare-field";
import { listArgs, viewOf, type ListKind } from "./list-arguments";
import { listPrice, listSize, loadedPrice } from "./prices/list-price";
import { objectOf } from "./record-objects";

/** Rows that a list usually has, where its declaration does not say. */
const LIST_USUALLY = 5;

export function addRelationFields(catalogue: Catalogue): void {
  for (const relation of catalogue.relations) {
    if (relation.shownAs === "connection") addConnectionField(relation);
    if (relation.shownAs === "list") addListField(relation);
    if (relation.shownAs === "one") addSingleField(relation);
  }
}

function addConnectionField(relation: Relation): void {
  const type = relation.kind === "joined" ? relationConnection(relation) : connectionOf(relation.to);
  addField(
    () => objectOf(relation.from),
    relation.name,
    {
      type: () => type,
      description: relation.description,
      nullable: relation.shownTo !== undefined,
      listSize: listSize(relation, "connection"),
      price: listPrice(relation, "connection"),
      args: listArgs(relation.to, kindOf(relation), PageArgs),
    },
    (row: RecordRow, args, { relations, viewer }) => {
      if (relation.shownTo?.includes(viewer.role) === false) return null;
      const view = viewOf(relation.to, kindOf(relation), args);
      return new Connection(
        {
          page: (slice) => relations.page(relation, row, view, slice),
          count: () => relations.count(relation, row, view),
          standsBeyond: (cursor, side) => relations.standsBeyond(relation, row, view, cursor, side),
        },
        args,
        undefined,
      );
    },
  );
}

function addListField(relation: Relation): void {
  addField(
    () => objectOf(relation.from),
    relation.name,
    {
      type: () => [objectOf(relation.to)],
      description: relation.description,
      listSize: relation.usually ?? LIST_USUALLY,
      price: listPrice(relation, "list"),
      args: listArgs(relation.to, kindOf(relation)),
    },
    (row: RecordRow, args, { relations }) => relations.list(relation, row, viewOf(relation.to, kindOf(relation), args)),
  );
}

function addSingleField(relation: Relation): void {
  addField(
    () => objectOf(relation.from),
    relation.name,
    { type: () => objectOf(relation.to), nullable: true, description: relation.description, price: loadedPrice() },
    async (row: RecordRow, _args, { relations }) =>
      (await relations.list(relation, row, viewOf(relation.to, kindOf(relation), {})))[0],
  );
}

function kindOf(relation: Relation): ListKind {
  return { order: relation.kind === "joined" ? "recorded" : "usual", day: dayByDefault(relation) };
}
