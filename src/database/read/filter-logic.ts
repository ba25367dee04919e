// How conditions of a filter are put together.
// A negation is carried down to the conditions that it ends at, by De Morgan's laws: each of these knows what it means of a row with an
// unknown value, which a whole tree under one NOT does not.
import sql, { join, type Sql } from "sql-template-tag";
import { truth } from "../sql";

/** Where in a filter a condition stands. */
export interface Place {
  /** the row that it is asked of */
  alias: string;
  depth: number;
  /** relations gone through */
  hops: number;
  /** under an odd number of `not` */
  negated: boolean;
  /** asked of the rows that are listed, each by itself; else of all rows of a table, to know which ones fulfil it */
  each: boolean;
}

export function allOf({ negated }: Place, conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? truth(!negated) : sql`(${join([...conditions], negated ? " OR " : " AND ")})`;
}

export function anyOf({ negated }: Place, conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? truth(negated) : sql`(${join([...conditions], negated ? " AND " : " OR ")})`;
}

/** A condition that is true or false of every row. */
export function certain(negated: boolean, condition: Sql): Sql {
  return negated ? sql`NOT (${condition})` : sql`(${condition})`;
}

/** A condition that a row with an unknown value neither fulfils nor fails; such a row is found by the negation. */
export function uncertain(negated: boolean, condition: Sql): Sql {
  return negated ? sql`(${condition}) IS NOT TRUE` : sql`(${condition})`;
}
