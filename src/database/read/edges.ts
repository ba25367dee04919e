// The rows that join two records. Where they are records themselves, only those count that the caller may see.
import sql, { join, type Sql } from "sql-template-tag";
import type { Catalogue } from "../declare/catalogue";
import type { Join } from "../declare/relation";
import { at, identifier, tableAs } from "../sql";
import { rowsAs } from "./columns";
import type { ReadContext } from "./context";

export function edgesAs(catalogue: Catalogue, table: string, alias: string, context: ReadContext): Sql {
  const type = catalogue.findByTable(table);
  return type === undefined ? tableAs(table, alias) : rowsAs(type, alias, context);
}

/** The columns of the joining row that the edge shows, after those of the record. */
export function edgeColumns(through: Join): Sql {
  const columns = Object.keys(through.edge);
  if (columns.length === 0) return sql``;
  return sql`, ${join(
    columns.map((column) => sql`${at("e", column)} AS ${identifier(`edge_${column}`)}`),
    ", ",
  )}`;
}

export function edgeOf(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const edge: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    if (column.startsWith("edge_")) edge[column.slice("edge_".length)] = value;
  }
  return edge;
}
