// Pages by keyset: of a whole type, and of the children of many parents in one statement. One row more than asked for
// is read, to know whether more follow.
import sql, { join, raw, type Sql } from "sql-template-tag";
import { cursorBinding, decodeCursor, type CursorValue } from "../../kernel/cursors";
import { groupBy } from "../../kernel/group";
import type { Catalogue } from "../declare/catalogue";
import type { Session } from "../database";
import type { RecordType } from "../declare/record-type";
import type { Join, Relation } from "../declare/relation";
import { at, inForce, selectRow, tableAs } from "./columns";
import type { ReadContext } from "./context";
import { FilterCompiler, type FilterInput } from "./filter";
import { afterSql, keysSql, notAfterSql, orderSql, reversed, sortKeys, type OrderBy, type SortKey } from "./order";
import { rowOf, type RecordRow, type SelectedRow } from "./row";

/** What a list is of, apart from where in it the page stands. */
export interface View {
  filter?: FilterInput;
  orderBy: readonly OrderBy[];
  /** a day; null for any time; undefined for the relation's own default */
  validOn?: string | null | undefined;
}

/** Where the page stands: `first` after a cursor, or `last` before one; never both. */
export interface Slice {
  first?: number;
  last?: number;
  after?: string;
  before?: string;
}

export interface PageEdge {
  node: RecordRow;
  /** the columns of the relation's own row */
  edge: Readonly<Record<string, unknown>>;
  position: readonly CursorValue[];
}

export interface Page {
  edges: PageEdge[];
  binding: string;
  /** more rows follow in the direction that the page was read in */
  more: boolean;
}

type Selected = SelectedRow & { parent?: string };

export class PageReader {
  constructor(
    private readonly session: Session,
    private readonly catalogue: Catalogue,
    private readonly context: ReadContext,
  ) {}

  async page(type: RecordType, view: View, slice: Slice): Promise<Page> {
    const list = this.list(type, view);
    const read = this.slice(list.keys, list.binding, slice);
    const rows = await this.session.query<Selected>(
      sql`SELECT ${selectRow(type, "t")}, ${keysSql(list.keys)} FROM ${tableAs(type.table, "t")} WHERE ${list.where} AND ${read.bounds} ORDER BY ${orderSql(read.keys)} LIMIT ${read.limit + 1}`,
    );
    return pageOf(type, rows, list, read);
  }

  async count(type: RecordType, view: View): Promise<number> {
    const { where } = this.list(type, { ...view, orderBy: [] });
    const [row] = await this.session.query<{ count: string }>(
      sql`SELECT count(*) AS count FROM ${tableAs(type.table, "t")} WHERE ${where}`,
    );
    return Number(row?.count);
  }

  /** Whether rows stand on the far side of the cursor that a page was bounded by. */
  async standsBeyond(type: RecordType, view: View, cursor: string, side: "before" | "after"): Promise<boolean> {
    const list = this.list(type, view);
    const nearest = beyondOrAt(list, cursor, side);
    const rows = await this.session.query(
      sql`SELECT true AS found FROM ${tableAs(type.table, "t")} WHERE ${list.where} AND ${nearest}`,
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
  ): Promise<Page[]> {
    const list = this.related(relation, view, from);
    const read = this.slice(list.keys, list.binding, slice);
    const rows = await this.session.query<Selected>(
      sql`SELECT p.id AS parent, x.* FROM unnest(${parents}::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT ${selectRow(relation.to, "t")}, ${keysSql(list.keys)}${list.edgeColumns} FROM ${list.from} WHERE ${list.where} AND ${read.bounds} ORDER BY ${orderSql(read.keys)} LIMIT ${read.limit + 1}) x`,
    );
    const byParent = groupBy(rows, (row) => row.parent);
    return parents.map((parent) => pageOf(relation.to, byParent.get(parent) ?? [], list, read));
  }

  async countsByParent(
    relation: Relation,
    parents: readonly string[],
    view: View,
    from: Join | undefined,
  ): Promise<number[]> {
    const list = this.related(relation, { ...view, orderBy: [] }, from);
    const rows = await this.session.query<{ parent: string; count: string }>(
      sql`SELECT p.id AS parent, x.count FROM unnest(${parents}::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT count(*) AS count FROM ${list.from} WHERE ${list.where}) x`,
    );
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
    const rows = await this.session.query<{ parent: string }>(
      sql`SELECT p.id AS parent FROM unnest(${parents}::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT FROM ${list.from} WHERE ${list.where} AND ${nearest}) x`,
    );
    const found = new Set(rows.map((row) => row.parent));
    return parents.map((parent) => found.has(parent));
  }

  private list(type: RecordType, view: View): List {
    const compiler = new FilterCompiler(this.catalogue, this.context);
    const filter = compiler.compile(type, view.filter, "t");
    const day =
      type.dated !== undefined && typeof view.validOn === "string" ? inForce("t", type.dated, view.validOn) : sql`true`;
    return {
      binding: cursorBinding([type.name, view]),
      keys: sortKeys(type, view.orderBy, "t", "t"),
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
        keys: sortKeys(relation.to, view.orderBy, "t", "t"),
        from: tableAs(relation.to.table, "t"),
        where: sql`${at("t", relation.by)} = p.id AND ${compiler.onDay(relation, view.validOn, "t")} AND ${filter}`,
        edgeColumns: sql``,
      };
    }
    const through = from ?? relation.join;
    return {
      binding,
      // Edges, not nodes, break ties: a record may be joined more than once, at different times.
      keys: sortKeys(relation.to, view.orderBy, "t", "e"),
      from: sql`${tableAs(through.table, "e")} JOIN ${tableAs(relation.to.table, "t")} ON ${at("t", "id")} = ${at("e", through.toColumn)}`,
      where: sql`${at("e", through.fromColumn)} = p.id AND ${compiler.onDay(relation, view.validOn, "e")} AND ${filter}`,
      edgeColumns: edgeColumns(through),
    };
  }

  private slice(keys: readonly SortKey[], binding: string, slice: Slice): SliceSql {
    const backward = slice.last !== undefined;
    const bounds: Sql[] = [sql`true`];
    if (slice.after !== undefined) bounds.push(afterSql(keys, positionOf(slice.after, binding, keys)));
    if (slice.before !== undefined) bounds.push(afterSql(reversed(keys), positionOf(slice.before, binding, keys)));
    return {
      limit: slice.first ?? slice.last ?? 0,
      backward,
      keys: backward ? reversed(keys) : [...keys],
      bounds: join(bounds, " AND "),
    };
  }
}

interface List {
  binding: string;
  keys: SortKey[];
  where: Sql;
}

interface RelatedList extends List {
  from: Sql;
  edgeColumns: Sql;
}

interface SliceSql {
  limit: number;
  backward: boolean;
  keys: SortKey[];
  bounds: Sql;
}

function edgeColumns(through: Join): Sql {
  const columns = Object.keys(through.edge);
  if (columns.length === 0) return sql``;
  return sql`, ${join(
    columns.map((column) => sql`${at("e", column)} AS ${raw(`"edge_${column}"`)}`),
    ", ",
  )}`;
}

function positionOf(cursor: string, binding: string, keys: readonly SortKey[]): CursorValue[] {
  return decodeCursor(
    cursor,
    binding,
    keys.map((key) => key.accepts),
  );
}

// The row that the cursor was made of counts as beyond it: it stands outside the page. The nearest one is looked for,
// because an index has it at hand; of EXISTS the planner would drop the order, and may read all the rows there are.
function beyondOrAt({ keys, binding }: List, cursor: string, side: "before" | "after"): Sql {
  const towardsPage = side === "before" ? keys : reversed(keys);
  const position = positionOf(cursor, binding, keys);
  return sql`${notAfterSql(towardsPage, position)} ORDER BY ${orderSql(reversed(towardsPage))} LIMIT 1`;
}

function pageOf(type: RecordType, rows: Selected[], list: List, read: SliceSql): Page {
  const kept = rows.slice(0, read.limit);
  if (read.backward) kept.reverse();
  return {
    edges: kept.map((row) => ({
      node: rowOf(type, row),
      edge: edgeOf(row),
      position: list.keys.map((_, i) => row[`key_${i}`] as CursorValue),
    })),
    binding: list.binding,
    more: rows.length > read.limit,
  };
}

function edgeOf(row: Selected): Record<string, unknown> {
  const edge: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    if (column.startsWith("edge_")) edge[column.slice("edge_".length)] = value;
  }
  return edge;
}
