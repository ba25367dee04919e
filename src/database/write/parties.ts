// Who holds a right over a record: its authority, and what else its declaration calls a party to it.
import sql, { join, type Sql } from "sql-template-tag";
import { camelCase } from "../../kernel/names";
import type { Session } from "../database";
import type { RecordType } from "../declare/record-type";
import { at, tableAs } from "../read/columns";
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
  const arms = holders.flatMap((holder) => partySql(type, holder) ?? []);
  if (arms.length === 0) return new Set();
  const rows = await session.query<{ party: string | null }>(sql`
    SELECT party FROM ${tableAs(type.table, "t")} CROSS JOIN LATERAL (${join(arms, " UNION ALL ")}) AS x(party)
    WHERE t.id = ${id}::uuid AND party IS NOT NULL`);
  return new Set(rows.flatMap((row) => row.party ?? []));
}

function partySql(type: RecordType, holder: string): Sql | undefined {
  if (holder !== "AUTHORITY") return type.parties?.[holder]?.((column) => at("t", column));
  if (type.authority === "self") return sql`SELECT t.id`;
  const column = authorityColumn(type);
  return column === undefined ? undefined : sql`SELECT ${at("t", column)}`;
}

/** Those who will have authority over a record that is written like this. */
export function partiesToNew(type: RecordType, values: Values, holders: readonly string[]): Set<string> {
  const column = authorityColumn(type);
  const party = holders.includes("AUTHORITY") && column !== undefined ? values[column] : undefined;
  return new Set(typeof party === "string" ? [party] : []);
}
