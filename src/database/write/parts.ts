// What belongs to a record and stands in tables of its own: names, external ids, sources, and links to other records. Each
// is a list, that a write sets, adds to, or takes from. A change of them is a change of the record.
import sql, { join, raw, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import { refusal } from "../../kernel/user-errors";
import type { Session } from "../database";

/** What a write makes of a list: the whole of it, or what comes to it or goes from it. */
export interface ListChange<Item> {
  kind: "set" | "add" | "remove";
  items: readonly Item[];
}

interface PartTable {
  table: string;
  /** the columns that say which part is meant, with their types */
  key: Readonly<Record<string, string>>;
  /** what else a part holds, with its types */
  rest: Readonly<Record<string, string>>;
}

/** The parts that any record may have, by the fields that show them. */
export const PARTS = {
  names: { table: "record_name", key: { language: "text", name: "text" }, rest: {} },
  externalIds: { table: "external_id", key: { scheme: "text", value: "text" }, rest: {} },
  sources: {
    table: "record_source",
    key: { title: "text" },
    rest: { url: "text", retrieved_at: "date", license: "text" },
  },
} as const satisfies Record<string, PartTable>;

export type PartName = keyof typeof PARTS;
export type Part = Readonly<Record<string, string | null | undefined>>;

export function changeParts(
  session: Session,
  recordId: string,
  name: PartName,
  change: ListChange<Part>,
): Promise<void> {
  return changeRows(session, recordId, PARTS[name], change);
}

/** The records that a record is linked to, by their UUIDs. @param linkColumn the column of the link that names them */
export function changeLinks(
  session: Session,
  recordId: string,
  table: string,
  linkColumn: string,
  change: ListChange<string>,
): Promise<void> {
  const column = snakeCase(linkColumn);
  return changeRows(
    session,
    recordId,
    { table, key: { [column]: "uuid" }, rest: {} },
    { kind: change.kind, items: change.items.map((id) => ({ [column]: id })) },
  );
}

async function changeRows(
  session: Session,
  recordId: string,
  part: PartTable,
  { kind, items }: ListChange<Part>,
): Promise<void> {
  const table = raw(`"${part.table}"`);
  const given = sql`jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS given(${columnsOf({ ...part.key, ...part.rest })})`;
  const isGiven = sql`EXISTS (SELECT FROM ${given} WHERE ${join(
    Object.keys(part.key).map((column) => sql`given.${name(column)} IS NOT DISTINCT FROM stored.${name(column)}`),
    " AND ",
  )})`;
  if (kind !== "add") {
    const goes = kind === "remove" ? isGiven : sql`NOT ${isGiven}`;
    await session.query(sql`DELETE FROM ${table} stored WHERE stored.record_id = ${recordId}::uuid AND ${goes}`);
  }
  if (kind === "remove") return;
  const keys = Object.keys(part.key);
  const rest = Object.keys(part.rest);
  await session.query(sql`
    INSERT INTO ${table} AS stored (record_id, ${names([...keys, ...rest])})
    SELECT DISTINCT ON (${names(keys, "given")}) ${recordId}::uuid, ${names([...keys, ...rest], "given")} FROM ${given}
    ${onConflict(recordId, part, keys, rest)}`);
  if (kind === "add") await refuseTooMany(session, recordId, table);
}

/** They are shown whole, with their record. */
const PARTS_AT_MOST = 1_000;

async function refuseTooMany(session: Session, recordId: string, table: Sql): Promise<void> {
  const [stands] = await session.query<{ many: boolean }>(
    sql`SELECT count(*) > ${PARTS_AT_MOST}::int4 AS many FROM ${table} WHERE record_id = ${recordId}::uuid`,
  );
  if (stands?.many) throw refusal("INVALID", `a record has ${PARTS_AT_MOST} of these at most`);
}

// An external id that another record has is left to the constraint: it is refused, not passed over.
function onConflict(recordId: string, { table }: PartTable, keys: readonly string[], rest: readonly string[]): Sql {
  if (table === PARTS.externalIds.table) {
    return sql`WHERE NOT EXISTS (SELECT FROM external_id own
      WHERE own.scheme = given.scheme AND own.value = given.value AND own.record_id = ${recordId}::uuid)`;
  }
  const target = sql`ON CONFLICT (record_id, ${names(keys)})`;
  if (rest.length === 0) return sql`${target} DO NOTHING`;
  return sql`${target} DO UPDATE SET ${join(
    rest.map((column) => sql`${name(column)} = excluded.${name(column)}`),
    ", ",
  )} WHERE (${names(rest, "stored")}) IS DISTINCT FROM (${names(rest, "excluded")})`;
}

function name(column: string): Sql {
  return raw(`"${column}"`);
}

function names(columns: readonly string[], alias?: string): Sql {
  return join(
    columns.map((column) => (alias === undefined ? name(column) : sql`${raw(alias)}.${name(column)}`)),
    ", ",
  );
}

function columnsOf(types: Readonly<Record<string, string>>): Sql {
  return join(
    Object.entries(types).map(([column, type]) => raw(`"${column}" ${type}`)),
    ", ",
  );
}
