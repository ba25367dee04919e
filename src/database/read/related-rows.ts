// What a filter asks of related records, as SQL that no plan makes slow.
//
// Left to itself PostgreSQL may try every pair of rows: EXISTS within OR is asked row by row, and a join of views that it takes for small is
// read through once for each row. So each relation is a question that is answered by itself. Of the rows that are listed it is asked
// by an index, row by row or for all at once, as the planner likes: both are one walk. Of related records it is the set of ids
// that fulfil it, which depends on no other row and is made once for a statement, however many rows look into it. IS TRUE keeps the
// planner from making joins out of either, and DISTINCT keeps a set as small as the records are many: the planner hashes a set only if it
// believes that it fits into work_mem × hash_mem_multiplier, 40 bytes for each row, and else reads all of it for each row that looks into it.
import sql, { join, type Sql } from "sql-template-tag";
import type { Place } from "./filter-logic";

/** The rows of a relation that count: those of one record are the ones whose key is its id. */
export interface RelatedRows {
  from: Sql;
  /** the column that names the record whose rows they are */
  key: Sql;
  where: Sql;
}

/** Whether the record has such rows, at least one. */
export function hasSome({ each }: Place, record: Sql, { from, key, where }: RelatedRows, negated: boolean): Sql {
  return each
    ? alone(sql`EXISTS (SELECT FROM ${from} WHERE ${key} = ${record} AND ${where})`, negated)
    : isOneOf(record, sql`SELECT DISTINCT ${key} FROM ${from} WHERE ${where}`, negated);
}

/**
 * Whether the record has as many such rows as the comparisons say.
 * @param comparisons of a number, all of which must hold
 * @param zeroFits whether they hold of 0: then it is looked for among those that have rows and do not fit
 */
export function hasCount(
  { each, negated }: Place,
  record: Sql,
  { from, key, where }: RelatedRows,
  comparisons: (counted: Sql) => Sql[],
  zeroFits: boolean,
): Sql {
  if (each) {
    const all = join(comparisons(sql`(SELECT count(*) FROM ${from} WHERE ${key} = ${record} AND ${where})`), " AND ");
    return alone(sql`(${all})`, negated);
  }
  const fits = sql`(${join(comparisons(sql`count(*)`), " AND ")})`;
  const having = zeroFits ? sql`NOT ${fits}` : fits;
  return isOneOf(
    record,
    sql`SELECT ${key} FROM ${from} WHERE ${where} GROUP BY ${key} HAVING ${having}`,
    negated !== zeroFits,
  );
}

/** Whether the id, which may be null, is one of a set that is made once. */
export function isOneOf(id: Sql, ids: Sql, negated: boolean): Sql {
  return alone(sql`(${id} IN (${ids}))`, negated);
}

/**
 * Whether a reference leads to one of the rows. The planner may make a join of it: by the primary key of the one side or the index of
 * the other, which every reference has.
 */
export function leadsTo(id: Sql, ids: Sql, negated: boolean): Sql {
  return negated ? isOneOf(id, ids, true) : sql`(${id} IN (${ids}))`;
}

function alone(condition: Sql, negated: boolean): Sql {
  return negated ? sql`(${condition} IS NOT TRUE)` : sql`(${condition} IS TRUE)`;
}
