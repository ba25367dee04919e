// Who sees the rows of a type, as its declaration says it, and what follows from that: the predicate of queries, and the function by which the
// log keeps the audience of each change.
import sql, { join, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import type { Viewer } from "../../kernel/viewer";
import { literal } from "../sql";
import type { RecordType, RowColumn } from "./record-type";
import type { Audience } from "./rights";

/** True for rows that the caller may see, of a caller that is not the Secretariat. */
export function isVisible({ only, where }: Audience, row: RowColumn, viewer: Viewer): Sql {
  const own = only.map((column) => (viewer.scope === null ? sql`false` : sql`${row(column)} = ${viewer.scope}::uuid`));
  if (where === undefined) return sql`(${join(own, " OR ")})`;
  // A literal, so that an index on the rows that everybody sees serves.
  const everybody =
    "is" in where
      ? sql`${row(where.column)} <> ${literal(where.is)}`
      : sql`${row(where.column)} = ${literal(where.isNot)}`;
  return sql`(${join([everybody, ...own], " OR ")})`;
}

/**
 * The body of the function record_audience(record_type, row_now) that the migrations make: who sees a row, as ids that spaces set apart, or
 * PUBLIC. `npm run check:database` compares it with the one that is there.
 */
export function audienceFunction(types: readonly RecordType[]): string {
  const cases = types.flatMap(({ name, audience }) => (audience === undefined ? [] : [caseOf(name, audience)]));
  return [
    "",
    "  SELECT CASE",
    ...["WHEN row_now IS NULL THEN NULL", ...cases, "ELSE 'PUBLIC'"].map((line) => `    ${line}`),
    "  END",
    "",
  ].join("\n");
}

/** The statement with which a migration makes that function anew. */
export function audienceStatement(types: readonly RecordType[]): string {
  const head = "CREATE OR REPLACE FUNCTION record_audience(record_type text, row_now jsonb) RETURNS text";
  return `${head} LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$${audienceFunction(types)}$$;\n`;
}

function caseOf(name: string, { only, where }: Audience): string {
  const value = (column: string): string => `row_now ->> '${snakeCase(column)}'`;
  const ids = only.map(value);
  const which =
    where === undefined
      ? ""
      : ` AND ${value(where.column)} ${"is" in where ? `= '${where.is}'` : `<> '${where.isNot}'`}`;
  return `WHEN record_type = '${name}'${which} THEN ${ids.length === 1 ? ids.join("") : `concat_ws(' ', ${ids.join(", ")})`}`;
}
