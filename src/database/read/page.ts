// Pages of records: of a whole type, and of the children of many parents in one statement.
import sql, { type Sql } from "sql-template-tag";
import { cursorBinding } from "../../kernel/cursors";
import { groupBy } from "../../kernel/group";
import type { Catalogue } from "../declare/catalogue";
import type { Session } from "../database";
import type { RecordType } from "../declare/record-type";
import type { Join, Relation } from "../declare/relation";
import { at } from "../sql";
import { inForce, rowsAs, selectRow } from "./columns";
import { edgeColumns, edgeOf, edgesAs } from "./edges";
import type { ReadContext } from "./context";
import { FilterCompiler, type FilterInput } from "./filter";
import { beyondOrAt, pageOf, sliceSql, type List, type Page, type PageEdge, type Slice } from "./keyset";
import { keysSql, orderSql, sortKeys, type OrderBy } from "./order";
import { rowOf, type RecordRow, type RowOf, type SelectedRow } from "./row";

/** What a list is of, apart from where in it the page stands. */
export interface View {
  filter?: FilterInput;
  orderBy: readonly OrderBy[];
  /** a day; null for any time; undefined for the relation's own default */
  validOn?: string | null | undefined;
}

export type RecordPage = Page<RecordRow>;

type Selected = SelectedRow & { parent?: string };

export class PageReader {
  constructor(
    private readonly session: Session,
    private readonly catalogue: Catalogue,
    private readonly context: ReadContext,
  ) {}

  async page<Model>(type: RecordType<Model>, view: View, slice: Slice): Promise<Page<RowOf<Model>>> {
    const list = this.list(type, view);
    const read = sliceSql(list, slice);
    const rows = await this.session.query<Selected>(sql`
      SELECT ${selectRow(type, "t", this.context)}, ${keysSql(list.keys)} FROM ${this.rows(type)}
      WHERE ${list.where} AND ${read.bounds} ORDER BY ${orderSql(read.keys)} LIMIT ${read.limit + 1}`);
    return pageOf(rows, list, read, nodeOf(type));
  }

  async count(type: RecordType, view: View): Promise<number> {
    const { where } = this.list(type, { ...view, orderBy: [] });
    const [row] = await this.session.query<{ count: string }>(
      sql`SELECT count(*) AS count FROM ${this.rows(type)} WHERE ${where}`,
    );
    return Number(row?.count);
  }

  /** Whether rows stand on the far side of the cursor that a page was bounded by. */
  async standsBeyond(type: RecordType, view: View, cursor: string, side: "before" | "after"): Promise<boolean> {
    const list = this.list(type, view);
    const nearest = beyondOrAt(list, cursor, side);
    const rows = await this.session.query(
      sql`SELECT true AS found FROM ${this.rows(type)} WHERE ${list.where} AND ${nearest}`,
    );
    return rows.length > 0;
  }

  /**
   * One page for each parent, in the order of the parents.
   * @param from the rows that stand in for the relation's own, where it says so for these parents
   */
  async pagesByParent(
    relation: Relation,
    parents: readonly string[],
    view: View,
    slice: Slice,
    from: Join | undefined,
  ): Promise<RecordPage[]> {
    const list = this.related(relation, view, from);
    const read = sliceSql(list, slice);
    const rows = await this.session.query<Selected>(sql`
      SELECT p.id AS parent, x.* FROM unnest(${parents}::uuid[]) AS p(id) CROSS JOIN LATERAL (
        SELECT ${selectRow(relation.to, "t", this.context)}, ${keysSql(list.keys)}${list.edgeColumns} FROM ${list.from}
        WHERE ${list.where} AND ${read.bounds} ORDER BY ${orderSql(read.keys)} LIMIT ${read.limit + 1}
      ) x`);
    const byParent = groupBy(rows, (row) => row.parent);
    return parents.map((parent) => pageOf(byParent.get(parent) ?? [], list, read, nodeOf(relation.to)));
  }

  async countsByParent(
    relation: Relation,
    parents: readonly string[],
    view: View,
    from: Join | undefined,
  ): Promise<number[]> {
    const list = this.related(relation, { ...view, orderBy: [] }, from);
    const rows = await this.session.query<{ parent: string; count: string }>(sql`
      SELECT p.id AS parent, x.count FROM unnest(${parents}::uuid[]) AS p(id)
      CROSS JOIN LATERAL (SELECT count(*) AS count FROM ${list.from} WHERE ${list.where}) x`);
    const byParent = new Map(rows.map((row) => [row.parent, Number(row.count)]));
    return parents.map((parent) => byParent.get(parent) ?? 0);
  }

  /** The parents that have rows on the far side of a cursor. */
  async standsBeyondByParent(
    relation: Relation,
    parents: readonly string[],
    view: View,
    cursor: string,
    side: "before" | "after",
    from: Join | undefined,
  ): Promise<boolean[]> {
    const list = this.related(relation, view, from);
    const nearest = beyondOrAt(list, cursor, side);
    const rows = await this.session.query<{ parent: string }>(sql`
      SELECT p.id AS parent FROM unnest(${parents}::uuid[]) AS p(id)
      CROSS JOIN LATERAL (SELECT FROM ${list.from} WHERE ${list.where} AND ${nearest}) x`);
    const found = new Set(rows.map((row) => row.parent));
    return parents.map((parent) => found.has(parent));
  }

  private rows(type: RecordType): Sql {
    return rowsAs(type, "t", this.context);
  }

  private list(type: RecordType, view: View): List {
    const compiler = new FilterCompiler(this.catalogue, this.context);
    const filter = compiler.compile(type, view.filter, "t");
    const day =
      type.dated !== undefined && typeof view.validOn === "string" ? inForce("t", type.dated, view.validOn) : sql`true`;
    return {
      binding: cursorBinding([type.name, view]),
      keys: sortKeys(type, view.orderBy, ["t", "t"], this.context),
      where: sql`${filter} AND ${day}`,
    };
  }

  private related(relation: Relation, view: View, from: Join | undefined): RelatedList {
    const compiler = new FilterCompiler(this.catalogue, this.context);
    const filter = compiler.compile(relation.to, view.filter, "t");
    const binding = cursorBinding([relation.from.name, relation.name, view]);
    if (relation.kind === "children") {
      return {
        binding,
        keys: sortKeys(relation.to, view.orderBy, ["t", "t"], this.context),
        from: this.rows(relation.to),
        where: sql`${at("t", relation.by)} = p.id AND ${compiler.onDay(relation, view.validOn, "t")} AND ${filter}`,
        edgeColumns: sql``,
      };
    }
    const through = from ?? relation.join;
    return {
      binding,
      // Edges, not nodes, break ties: a record may be joined more than once, at different times.
      keys: sortKeys(relation.to, view.orderBy, ["t", "e"], this.context),
      from: sql`
        ${edgesAs(this.catalogue, through.table, "e", this.context)}
        JOIN ${this.rows(relation.to)} ON ${at("t", "id")} = ${at("e", through.toColumn)}`,
      where: sql`${at("e", through.fromColumn)} = p.id AND ${compiler.onDay(relation, view.validOn, "e")} AND ${filter}`,
      edgeColumns: edgeColumns(through),
    };
  }
}

interface RelatedList extends List {
  from: Sql;
  edgeColumns: Sql;
}

function nodeOf<Model>(type: RecordType<Model>): (row: Selected) => Omit<PageEdge<RowOf<Model>>, "position"> {
  return (row) => ({ node: rowOf(type, row), edge: edgeOf(row) });
}
