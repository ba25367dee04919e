// Loaders of the rows of a relation: the pages, counts and lists of all parents that ask alike are one statement.
import DataLoader from "dataloader";
import type { Database } from "../database/database";
import type { Catalogue } from "../database/declare/catalogue";
import { LIST_LIMIT } from "../database/declare/record-type";
import type { Join, Relation } from "../database/declare/relation";
import type { ReadContext } from "../database/read/context";
import type { Slice } from "../database/read/keyset";
import { PageReader, type RecordPage, type View } from "../database/read/page";
import type { RecordRow } from "../database/read/row";
import { canonicalJson } from "../kernel/cursors";
import { Portions } from "./portions";

export class RelationLoaders {
  readonly reader: PageReader;
  private readonly portions = new Portions();
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();

  constructor(database: Database, catalogue: Catalogue, read: ReadContext) {
    this.reader = new PageReader(database, catalogue, read);
  }

  page(relation: Relation, parent: RecordRow, view: View, slice: Slice): Promise<RecordPage> {
    const page = this.load(["page", view, slice], relation, parent, (parents, join) =>
      this.reader.pagesByParent(relation, parents, view, slice, join),
    );
    return this.portions.pass(page, ({ edges }) => edges.length);
  }

  count(relation: Relation, parent: RecordRow, view: View): Promise<number> {
    return this.load(["count", view], relation, parent, (parents, join) =>
      this.reader.countsByParent(relation, parents, view, join),
    );
  }

  standsBeyond(
    relation: Relation,
    parent: RecordRow,
    view: View,
    cursor: string,
    side: "before" | "after",
  ): Promise<boolean> {
    return this.load(["beyond", view, cursor, side], relation, parent, (parents, join) =>
      this.reader.standsBeyondByParent(relation, parents, view, cursor, side, join),
    );
  }

  /** All rows of a relation that is shown as a list. */
  async list(relation: Relation, parent: RecordRow, view: View): Promise<RecordRow[]> {
    const { edges } = await this.page(relation, parent, view, { first: LIST_LIMIT });
    return edges.map((edge) => edge.node);
  }

  private load<Value>(
    question: readonly unknown[],
    relation: Relation,
    parent: RecordRow,
    batch: (parents: readonly string[], join: Join | undefined) => Promise<Value[]>,
  ): Promise<Value> {
    const join = relation.kind === "joined" ? relation.joinOf?.(parent) : undefined;
    const key = canonicalJson([relation.from.name, relation.name, join?.table, ...question]);
    let loader = this.loaders.get(key) as DataLoader<string, Value> | undefined;
    if (loader === undefined) {
      loader = new DataLoader<string, Value>((parents) => batch(parents, join));
      this.loaders.set(key, loader);
    }
    return loader.load(parent.id);
  }
}
