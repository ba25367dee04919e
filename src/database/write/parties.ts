// Who holds a right over a record: its authority, and what else its declaration calls a party to it.
import sql, { join, type Sql } from "sql-template-tag";
import { camelCase } from "../../kernel/names";
import type { Session } from "../database";
import type { RecordType, RowColumn } from "../declare/record-type";
import { at, sqlType, tableAs } from "../sql";
import type { Values } from "./write-record";

/** The reference column that names the authority of a type's records; undefined for the Secretariat's and for "self". */
export function authorityColumn(type: RecordType): string | undefined {
  return type.authority === "secretariat" || type.authority === "self" ? undefined : camelCase(type.authority);
}

/** The UUIDs of those who are one of these to the record. */
export async function partiesTo(
  session: Session,
  type: RecordType,
  id: string,
  holders: readonly string[],
): Promise<Set<string>> {
  const arms = holders.flatMap((holder) => partySql(type, holder, (column) => at("t", column)) ?? []);
  if (arms.length === 0) return new Set();
  const rows = await session.query<{ party: string | null }>(sql`
    SELECT party FROM ${tableAs(type.table, "t")} CROSS JOIN LATERAL (${join(arms, " UNION ALL ")}) AS x(party)
    WHERE t.id = ${id}::uuid AND party IS NOT NULL`);
  return new Set(rows.flatMap((row) => row.party ?? []));
}

/** The same, of a row as it is going to be written. @param row every value of it; without an id where it is new */
export async function partiesToRow(
  session: Session,
  type: RecordType,
  row: Values,
  holders: readonly string[],
): Promise<Set<string>> {
  const arms = holders.flatMap((holder) => partySql(type, holder, (column) => valueIn(type, row, column)) ?? []);
  if (arms.length === 0) return new Set();
  const rows = await session.query<{ party: string | null }>(
    sql`SELECT party FROM (${join(arms, " UNION ALL ")}) AS x(party) WHERE party IS NOT NULL`,
  );
  return new Set(rows.flatMap((found) => found.party ?? []));
}

function valueIn(type: RecordType, row: Values, column: string): Sql {
  const declared = type.columns[column];
  return sql`${row[column] ?? null}::${sqlType(declared === undefined ? "uuid" : declared.codec.sqlType)}`;
}

function partySql(type: RecordType, holder: string, row: RowColumn): Sql | undefined {
  if (holder !== "AUTHORITY") return type.parties?.[holder]?.ids(row);
  if (type.authority === "self") return sql`SELECT ${row("id")}`;
  const column = authorityColumn(type);
  return column === undefined ? undefined : sql`SELECT ${row(column)}`;
}
