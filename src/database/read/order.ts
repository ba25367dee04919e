// Orders as SQL, and the keyset predicate: which rows stand after a position. Positions stay right on null values and
// while rows come and go, because they compare values and never count rows.
import sql, { join, type Sql } from "sql-template-tag";
import type { CursorValue } from "../../kernel/cursors";
import { columnNamed, type RecordType } from "../declare/record-type";
import type { Column } from "../declare/column";
import { at, identifier, literal, sqlType, word } from "../sql";
import { valueOf } from "./columns";
import type { ReadContext } from "./context";

export interface OrderBy {
  /** a column's name, or "distance" */
  field: string;
  direction: "ASC" | "DESC";
  nulls: "FIRST" | "LAST";
  /** the point that distances are from */
  from?: { latitude: number; longitude: number };
}

/** One expression that rows are sorted by. */
export interface SortKey {
  expression: Sql;
  /** what a cursor's value is cast to */
  type: string;
  nullable: boolean;
  direction: "ASC" | "DESC";
  nulls: "FIRST" | "LAST";
  /** whether a value out of a cursor may be compared with it */
  accepts: (value: unknown) => boolean;
}

/**
 * The sort keys of an order over the rows under an alias, the id last, so that no two rows are equal.
 * @param alias the row's, and that of the row whose id breaks ties: the edge's own where a list is joined
 */
export function sortKeys(
  type: RecordType,
  orderBy: readonly OrderBy[],
  [alias, idOf]: readonly [string, string],
  context: ReadContext,
): SortKey[] {
  const keys = orderBy.map((order) =>
    order.field === "distance" ? distanceKey(type, order, alias) : columnKey(type, order, alias, context),
  );
  // In the direction of the key before it, so that an index serves both ways.
  const direction = keys.at(-1)?.direction ?? "ASC";
  return [
    ...keys,
    { expression: at(idOf, "id"), type: "uuid", nullable: false, direction, nulls: "LAST", accepts: isUuid },
  ];
}

function columnKey(type: RecordType, order: OrderBy, alias: string, context: ReadContext): SortKey {
  const column = columnNamed(type, order.field);
  const value = valueOf(type, order.field, alias, context);
  const { codec } = column;
  if (codec.sortsToInfinity && column.nullable) return keyOfUnknown(column, order, value);
  return {
    expression: codec.sorted(value),
    type: codec.sortedType,
    nullable: column.nullable,
    direction: order.direction,
    nulls: order.nulls,
    accepts: (value) => (value === null ? column.nullable : codec.mayBeInCursor(value)),
  };
}

// What is not known comes before or after all values by standing for one: a key that is never null compares with its tie-breaker as one row,
// and an index range can start from it.
function keyOfUnknown({ codec }: Column, order: OrderBy, value: Sql): SortKey {
  const unknown = (order.direction === "ASC") === (order.nulls === "LAST") ? "infinity" : "-infinity";
  return {
    expression: sql`coalesce(${codec.sorted(value)}, ${literal(unknown)}::${sqlType(codec.sortedType)})`,
    type: codec.sortedType,
    nullable: false,
    direction: order.direction,
    nulls: order.nulls,
    accepts: (value) => value === unknown || codec.mayBeInCursor(value),
  };
}

function distanceKey(type: RecordType, order: OrderBy, alias: string): SortKey {
  return {
    expression: distanceKm(type, alias, order.from ?? { latitude: 0, longitude: 0 }),
    type: "float8",
    nullable: true,
    direction: order.direction,
    nulls: order.nulls,
    accepts: (value) => value === null || typeof value === "number",
  };
}

/** Kilometres from a point to a located row, null where the row's place is unknown. */
export function distanceKm(type: RecordType, alias: string, from: { latitude: number; longitude: number }): Sql {
  if (type.located === undefined) throw new Error(`${type.name} has no place`);
  const { latitude, longitude } = type.located;
  return sql`distance_km(${at(alias, latitude)}, ${at(alias, longitude)}, ${from.latitude}::float8, ${from.longitude}::float8)`;
}

export function isUuid(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

/** The same keys read from the far end. */
export function reversed(keys: readonly SortKey[]): SortKey[] {
  return keys.map((key) => ({
    ...key,
    direction: key.direction === "ASC" ? "DESC" : "ASC",
    nulls: key.nulls === "FIRST" ? "LAST" : "FIRST",
  }));
}

export function orderSql(keys: readonly SortKey[]): Sql {
  return join(
    keys.map(
      (key) =>
        // NULLS is said only where there are any: said for nothing, it keeps an index from serving the order.
        sql`${key.expression} ${word(key.direction)}${key.nullable ? sql` ${word(`NULLS ${key.nulls}`)}` : sql``}`,
    ),
    ", ",
  );
}

/** The sort values of a row, to be written into its cursor. */
export function keysSql(keys: readonly SortKey[]): Sql {
  return join(
    keys.map((key, i) => sql`${key.expression} AS ${identifier(`key_${i}`)}`),
    ", ",
  );
}

/** True for rows that stand strictly after the position in the order of the keys. */
export function afterSql(keys: readonly SortKey[], position: readonly CursorValue[]): Sql {
  const values = valuesSql(keys, position);
  if (compareAsRow(keys)) return rowComparison(keys, keys[0]?.direction === "DESC" ? "<" : ">", values);
  const alternatives = keys.map((key, i) => {
    const equal = keys
      .slice(0, i)
      .map((earlier, j) => sql`${earlier.expression} IS NOT DISTINCT FROM ${values[j] as Sql}`);
    return sql`(${join([...equal, beyond(key, position[i] ?? null, values[i] as Sql)], " AND ")})`;
  });
  return sql`(${join(alternatives, " OR ")})`;
}

/** True for rows that stand at the position or before it: all that afterSql leaves. */
export function notAfterSql(keys: readonly SortKey[], position: readonly CursorValue[]): Sql {
  if (!compareAsRow(keys)) return sql`(${afterSql(keys, position)}) IS NOT TRUE`;
  return rowComparison(keys, keys[0]?.direction === "DESC" ? ">=" : "<=", valuesSql(keys, position));
}

// A row comparison wherever it can say the same, because it is what an index range can start from.
function compareAsRow(keys: readonly SortKey[]): boolean {
  return keys.every((key) => !key.nullable && key.direction === keys[0]?.direction);
}

function rowComparison(keys: readonly SortKey[], operator: "<" | "<=" | ">" | ">=", values: readonly Sql[]): Sql {
  const expressions = keys.map((key) => key.expression);
  return sql`(${join(expressions, ", ")}) ${word(operator)} (${join([...values], ", ")})`;
}

function valuesSql(keys: readonly SortKey[], position: readonly CursorValue[]): Sql[] {
  return keys.map((key, i) => sql`${position[i] ?? null}::${sqlType(key.type)}`);
}

function beyond(key: SortKey, value: CursorValue, cast: Sql): Sql {
  if (value === null) return key.nulls === "FIRST" ? sql`${key.expression} IS NOT NULL` : sql`false`;
  const comparison = sql`${key.expression} ${word(key.direction === "ASC" ? ">" : "<")} ${cast}`;
  return key.nullable && key.nulls === "LAST" ? sql`(${comparison} OR ${key.expression} IS NULL)` : comparison;
}
