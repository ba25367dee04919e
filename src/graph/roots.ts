// The root fields: node and nodes for every type, and for each type one record and many.
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Catalogue } from "../database/declare/catalogue";
import { LIST_LIMIT, type RecordType } from "../database/declare/record-type";
import { readRevision } from "../database/read/revision";
import type { RecordRow } from "../database/read/row";
import { badInput } from "../kernel/errors";
import { decodeId } from "../kernel/ids";
import { lowerFirst } from "../kernel/names";
import { Connection, PageArgs, PAGE_SIZE_AT_MOST, PAGE_SIZE_BY_DEFAULT } from "./connection";
import { connectionOf } from "./connection-types";
import type { RequestContext } from "./context";
import { addQuery } from "./declare-field";
import { listArgs, viewOf, type ListKind } from "./list-arguments";
import { Cost } from "./prices/field-cost";
import { listPrice, listSize } from "./prices/list-price";
import { STATEMENT } from "./prices/units";
import { objectOf } from "./record-objects";
import { findReferred, refOf, type ReferenceInput } from "./references";
import { CountryCodeScalar, RevisionScalar } from "./scalars";
import { NodeInterface } from "./shared-types";

/** The roots that are of no type. */
@Resolver()
export class SharedRoots {
  @Query(() => RevisionScalar, {
    description: "The newest revision: it grows with every committed change, and with nothing else.",
  })
  async revision(@Ctx() { database }: RequestContext): Promise<string> {
    return (await readRevision(database)).revision;
  }

  @Query(() => NodeInterface, {
    nullable: true,
    description:
      "Whatever has this id. An id of a record that was merged leads to the record that it was merged into; " +
      "null for one that was deleted or never was.",
  })
  @Cost({ price: () => 2 * STATEMENT })
  node(
    @Arg("id", () => ID, { description: "The id as this API gave it." }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<RecordRow | null> {
    return nodeById(id, context);
  }

  @Query(() => [NodeInterface], {
    nullable: "items",
    description: `Whatever has these ids, ${PAGE_SIZE_AT_MOST} at most, each at its id's place; null where node(id) gives null.`,
  })
  // The heads, and the records of each type among them.
  @Cost({ listSize: PAGE_SIZE_AT_MOST, price: () => 4 * STATEMENT })
  nodes(
    @Arg("ids", () => [ID], { description: "The ids as this API gave them." }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<(RecordRow | null)[]> {
    if (ids.length > PAGE_SIZE_AT_MOST) {
      throw badInput("TOO_MANY_IDS", `nodes takes ${PAGE_SIZE_AT_MOST} ids at most, but got ${ids.length}`);
    }
    return Promise.all(ids.map((id) => nodeById(id, context)));
  }
}

async function nodeById(id: string, { catalogue, records }: RequestContext): Promise<RecordRow | null> {
  const { tag, uuid } = decodeId(id);
  if (catalogue.findByTag(tag) === undefined) throw badInput("BAD_ID", `no type of this API gives ids such as "${id}"`);
  const row = await records.currentById.load(uuid);
  // A merge stays within a type; a tag that does not fit makes an id that was never given.
  return row !== undefined && catalogue.getByName(row.__typename).tag === tag ? row : null;
}

/** For each type its roots for one record and for many. */
export function addRoots(catalogue: Catalogue): void {
  for (const type of catalogue.records) {
    if (type.roots.one === "ref") addOneByReference(type);
    if (type.roots.one === "code") addOneByCode(type);
    if (type.roots.many === "connection") addManyAsConnection(type);
    else addManyAsList(type);
  }
}

function addOneByReference(type: RecordType): void {
  const reference = refOf(type);
  addQuery(
    lowerFirst(type.name),
    {
      type: () => objectOf(type),
      nullable: true,
      description: `One ${type.name}, or null if there is none such. ${type.description}`,
      arg: { name: "by", type: () => reference, description: "Which one.", required: true },
    },
    (by: ReferenceInput, { records }) => findReferred(records, type, by),
  );
}

function addOneByCode(type: RecordType): void {
  addQuery(
    lowerFirst(type.name),
    {
      type: () => objectOf(type),
      nullable: true,
      description: `One ${type.name} by its code, or null if there is none such. ${type.description}`,
      arg: { name: "code", type: () => CountryCodeScalar, description: "The code in upper case.", required: true },
    },
    (code: string, { records }) => records.byUniqueColumn(type, "code", code),
  );
}

function addManyAsConnection(type: RecordType): void {
  const connection = connectionOf(type);
  addQuery(
    type.plural,
    {
      type: () => connection,
      description: `A page of all ${type.plural} that fulfil the filter, ${PAGE_SIZE_BY_DEFAULT} where no size is given. ${type.description}`,
      listSize: listSize(type, "connection"),
      price: listPrice(type, "connection"),
      args: listArgs(type, kindOf(type), PageArgs),
    },
    (args, { relations }) => {
      const view = viewOf(type, kindOf(type), args);
      return new Connection(
        {
          page: (slice) => relations.reader.page(type, view, slice),
          count: () => relations.reader.count(type, view),
          standsBeyond: (cursor, side) => relations.reader.standsBeyond(type, view, cursor, side),
        },
        args,
        PAGE_SIZE_BY_DEFAULT,
      );
    },
  );
}

function addManyAsList(type: RecordType): void {
  addQuery(
    type.plural,
    {
      type: () => [objectOf(type)],
      description: `All ${type.plural} that fulfil the filter, ${LIST_LIMIT} at most. ${type.description}`,
      listSize: listSize(type, "list"),
      price: listPrice(type, "list"),
      args: listArgs(type, kindOf(type)),
    },
    async (args, { relations }) => {
      const { edges } = await relations.reader.page(type, viewOf(type, kindOf(type), args), { first: LIST_LIMIT });
      return edges.map((edge) => edge.node);
    },
  );
}

function kindOf(type: RecordType): ListKind {
  return { order: "usual", day: type.dated === undefined ? undefined : "anyTime" };
}
