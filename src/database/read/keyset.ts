// The mechanics of keyset pages, whatever the rows are: bounds from cursors, one row more than asked for to know whether
// more follow, and what lies beyond a cursor.
import sql, { join, type Sql } from "sql-template-tag";
import { decodeCursor, type CursorValue } from "../../kernel/cursors";
import { afterSql, notAfterSql, orderSql, reversed, type SortKey } from "./order";

/** Where the page stands: `first` after a cursor, or `last` before one; never both. */
export interface Slice {
  first?: number;
  last?: number;
  after?: string;
  before?: string;
}

export interface PageEdge<Node> {
  node: Node;
  /** the columns of the joining row, where there is one */
  edge: Readonly<Record<string, unknown>>;
  position: readonly CursorValue[];
}

export interface Page<Node> {
  edges: PageEdge<Node>[];
  binding: string;
  /** more rows follow in the direction that the page was read in */
  more: boolean;
}

/** What is listed, in which order. */
export interface List {
  binding: string;
  keys: SortKey[];
  where: Sql;
}

/** A slice of a list as SQL: its rows are read by these keys and turned round afterwards where it is read backward. */
export interface SliceSql {
  limit: number;
  backward: boolean;
  keys: SortKey[];
  bounds: Sql;
}

export function sliceSql({ keys, binding }: List, slice: Slice): SliceSql {
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

function positionOf(cursor: string, binding: string, keys: readonly SortKey[]): CursorValue[] {
  return decodeCursor(
    cursor,
    binding,
    keys.map((key) => key.accepts),
  );
}

// The row that the cursor was made of counts as beyond it: it stands outside the page. The nearest one is looked for,
// because an index has it at hand; of EXISTS the planner would drop the order, and may read all the rows there are.
export function beyondOrAt({ keys, binding }: List, cursor: string, side: "before" | "after"): Sql {
  const towardsPage = side === "before" ? keys : reversed(keys);
  const position = positionOf(cursor, binding, keys);
  return sql`${notAfterSql(towardsPage, position)} ORDER BY ${orderSql(reversed(towardsPage))} LIMIT 1`;
}

/** @param selected the rows that the slice's statement gave, one more than the page holds where there are more */
export function pageOf<Row extends Readonly<Record<string, unknown>>, Node>(
  selected: readonly Row[],
  list: List,
  slice: SliceSql,
  edgeOf: (row: Row) => Omit<PageEdge<Node>, "position">,
): Page<Node> {
  const kept = selected.slice(0, slice.limit);
  if (slice.backward) kept.reverse();
  return {
    edges: kept.map((row) => ({
      ...edgeOf(row),
      position: list.keys.map((_, i) => row[`key_${i}`] as CursorValue),
    })),
    binding: list.binding,
    more: selected.length > slice.limit,
  };
}
