// Columns as SQL: how a row is selected, compared and ordered, and what of it the caller may see. Every statement takes its
// tables and its values from here. Identifiers come from declarations only, never from a request.
import sql, { join, type Sql } from "sql-template-tag";
import { columnNamed, type RecordType } from "../declare/record-type";
import { isVisible } from "../declare/visibility";
import { at, identifier, sqlType, tableAs } from "../sql";
import type { ReadContext } from "./context";

/** Whether there may be rows of the type that the caller does not see. */
export function isRestricted(
  type: RecordType,
  { viewer }: ReadContext,
): type is RecordType & Required<Pick<RecordType, "audience">> {
  return type.audience !== undefined && viewer.role !== "SECRETARIAT";
}

/** The rows of a type that the caller may see, under the alias. */
export function rowsAs(type: RecordType, alias: string, context: ReadContext): Sql {
  if (!isRestricted(type, context)) return tableAs(type.table, alias);
  // A subquery as plain as this one is taken apart by the planner, and its condition joins the others.
  const visible = isVisible(type.audience, (column) => at("v", column), context.viewer);
  return sql`(SELECT * FROM ${tableAs(type.table, "v")} WHERE ${visible}) ${identifier(alias)}`;
}

/** A stored or derived value of a row, as the caller may see it. */
export function valueOf(type: RecordType, name: string, alias: string, context: ReadContext): Sql {
  const derived = type.derived[name];
  if (derived !== undefined) {
    return sql`(${derived.from((column) => at(alias, column), sql`${context.today}::date`)})`;
  }
  const column = columnNamed(type, name);
  const isHidden = column.confidential && context.viewer.role === "ANONYMOUS";
  return isHidden ? sql`NULL::${sqlType(column.codec.sqlType)}` : at(alias, name);
}

/** Every stored column of a record under its name in the code. */
export function selectRow(type: RecordType, alias: string, context: ReadContext): Sql {
  const named = (value: Sql, name: string): Sql => sql`${value} AS ${identifier(name)}`;
  return join(
    [
      named(at(alias, "id"), "id"),
      ...Object.keys(type.columns).map((name) => named(valueOf(type, name, alias, context), name)),
      ...Object.keys(type.references).map((name) => named(at(alias, name), name)),
    ],
    ", ",
  );
}

/** A dated row in force on the day; see in_force() in the first migration. */
export function inForce(alias: string, dated: { since: string; until: string }, day: string): Sql {
  return sql`in_force(${at(alias, dated.since)}, ${at(alias, dated.until)}, ${day}::date)`;
}
