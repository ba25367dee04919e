// Columns as SQL: how a row is selected, compared and ordered. Identifiers come from declarations only, never from a request.
import sql, { join, raw, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import type { Column } from "../declare/column";
import type { RecordType } from "../declare/record-type";

/** A row of a table under an alias: `at("c1", "countryId")` is c1."country_id". */
export function at(alias: string, column: string): Sql {
  return raw(`${alias}."${snakeCase(column)}"`);
}

export function tableAs(table: string, alias: string): Sql {
  return raw(`"${table}" ${alias}`);
}

/** Every stored column of a record under its name in the code. */
export function selectRow(type: RecordType, alias: string): Sql {
  const names = ["id", ...Object.keys(type.columns), ...Object.keys(type.references)];
  return join(
    names.map((column) => raw(`${alias}."${snakeCase(column)}" AS "${column}"`)),
    ", ",
  );
}

/** The form in which a column compares and orders: names folded, text by code point, partial dates by their first day. */
export function comparable(column: Column, value: Sql): Sql {
  switch (column.kind) {
    case "name":
      return sql`fold(${value}) COLLATE "C"`;
    case "partialDate":
      return sql`first_day(${value})`;
    case "integer":
    case "decimal":
    case "boolean":
    case "enum":
      return value;
    default:
      return sql`${value} COLLATE "C"`;
  }
}

/** A dated row in force on the day; see in_force() in the first migration. */
export function inForce(alias: string, dated: { since: string; until: string }, day: string): Sql {
  return sql`in_force(${at(alias, dated.since)}, ${at(alias, dated.until)}, ${day}::date)`;
}
