// How conditions of a filter are put together.
// A negation is carried down to the conditions that it ends at, by De Morgan's laws: a whole tree under one NOT is
// something that the planner can only try row by row, while NOT EXISTS is a join to it.
import sql, { join, raw, type Sql } from "sql-template-tag";

/** Where in a filter a condition stands. */
export interface Place {
  /** the row that it is asked of */
  alias: string;
  depth: number;
  /** relations gone through */
  hops: number;
  /** under an odd number of `not` */
  negated: boolean;
}

export function allOf({ negated }: Place, parts: readonly Sql[]): Sql {
  return parts.length === 0 ? raw(String(!negated)) : sql`(${join([...parts], negated ? " OR " : " AND ")})`;
}

export function anyOf({ negated }: Place, parts: readonly Sql[]): Sql {
  return parts.length === 0 ? raw(String(negated)) : sql`(${join([...parts], negated ? " AND " : " OR ")})`;
}

/** A condition that is true or false of every row. */
export function certain(negated: boolean, condition: Sql): Sql {
  return negated ? sql`NOT (${condition})` : sql`(${condition})`;
}

/** A condition that a row with an unknown value neither fulfils nor fails; such a row is found by the negation. */
export function uncertain(negated: boolean, condition: Sql): Sql {
  return negated ? sql`(${condition}) IS NOT TRUE` : sql`(${condition})`;
}
