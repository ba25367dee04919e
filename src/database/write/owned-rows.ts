// What belongs to a record and stands in tables of its own: names, external ids, sources, and links to other records. Each
// is a list, that a write sets, adds to, or takes from. A change of them is a change of the record.
import sql, { join, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import { refusal } from "../../kernel/user-errors";
import type { Session } from "../database";
import { at, identifier, sqlType } from "../sql";

/** What a write makes of a list: the whole of it, or what comes to it or goes from it. */
export interface ListChange<Item> {
  kind: "set" | "add" | "remove";
  items: readonly Item[];
}

interface OwnedTable {
  table: string;
  /** the columns that say which row is meant, with their types */
  key: Readonly<Record<string, string>>;
  /** what else a row holds, with its types */
  rest: Readonly<Record<string, string>>;
  /** how many a record has at most: they are shown whole, with their record */
  atMost: number;
}

const OWNED_ROWS_AT_MOST = 200;
const LINKS_AT_MOST = 1_000;

/** The lists that any record may have, by the fields that show them. */
export const OWNED_TABLES = {
  names: { table: "record_name", key: { language: "text", name: "text" }, rest: {}, atMost: OWNED_ROWS_AT_MOST },
  externalIds: { table: "external_id", key: { scheme: "text", value: "text" }, rest: {}, atMost: OWNED_ROWS_AT_MOST },
  sources: {
    table: "record_source",
    key: { title: "text" },
    rest: { url: "text", retrieved_at: "date", license: "text" },
    atMost: OWNED_ROWS_AT_MOST,
  },
} as const satisfies Record<string, OwnedTable>;

export type OwnedList = keyof typeof OWNED_TABLES;
export type OwnedRow = Readonly<Record<string, string | null | undefined>>;

/** @throws Refused where the record would have too many */
export function changeOwnedRows(
  session: Session,
  recordId: string,
  name: OwnedList,
  change: ListChange<OwnedRow>,
): Promise<void> {
  return changeRows(session, recordId, OWNED_TABLES[name], change, name);
}

/** @throws Refused where the record has too many of any */
export async function refuseTooManyOwnedRows(session: Session, recordId: string, path: string): Promise<void> {
  for (const owned of Object.values(OWNED_TABLES)) await refuseTooMany(session, recordId, owned, path);
}

/**
 * The records that a record is linked to, by their UUIDs.
 * @param linkColumn the column of the link that names them
 * @throws Refused where the record would have too many
 */
export function changeLinks(
  session: Session,
  recordId: string,
  table: string,
  linkColumn: string,
  change: ListChange<string>,
): Promise<void> {
  const column = snakeCase(linkColumn);
  const links = { table, key: { [column]: "uuid" }, rest: {}, atMost: LINKS_AT_MOST };
  const items = change.items.map((id) => ({ [column]: id }));
  return changeRows(session, recordId, links, { kind: change.kind, items });
}

/** What a change really takes from a record's list and brings to it. One that changes goes as it was, and comes as it will be. */
export interface OwnedRowMoves {
  goes: OwnedRow[];
  comes: OwnedRow[];
}

/** @param recordId undefined for a record that is not made yet */
export async function movesOfOwnedRows(
  session: Session,
  recordId: string | undefined,
  name: OwnedList,
  { kind, items }: ListChange<OwnedRow>,
): Promise<OwnedRowMoves> {
  const owned: OwnedTable = OWNED_TABLES[name];
  const given = givenRows(owned, items);
  const stored = sql`(SELECT * FROM ${identifier(owned.table)} WHERE record_id = ${recordId ?? null}::uuid) stored`;
  const isGiven = sql`EXISTS (SELECT FROM ${given} WHERE ${isSame(owned.key)})`;
  const isGivenOtherwise = sql`EXISTS (SELECT FROM ${given} WHERE ${isSame(owned.key)} AND NOT (${isSame(owned.rest)}))`;
  const goes = {
    set: sql`NOT ${isGiven} OR ${isGivenOtherwise}`,
    add: isGivenOtherwise,
    remove: isGiven,
  }[kind];
  const comes =
    kind === "remove"
      ? sql`false`
      : sql`NOT EXISTS (
    SELECT FROM ${stored} WHERE ${isSame({ ...owned.key, ...owned.rest })})`;
  const rows = await session.query<{ goes: boolean; row: OwnedRow }>(sql`
    SELECT true AS goes, to_jsonb(stored) - 'id' - 'record_id' AS row FROM ${stored} WHERE ${goes}
    UNION ALL SELECT false, to_jsonb(given) FROM ${given} WHERE ${comes}`);
  return {
    goes: rows.filter(({ goes }) => goes).map((found) => found.row),
    comes: rows.filter(({ goes }) => !goes).map((found) => found.row),
  };
}

async function changeRows(
  session: Session,
  recordId: string,
  owned: OwnedTable,
  { kind, items }: ListChange<OwnedRow>,
  ...path: string[]
): Promise<void> {
  const table = identifier(owned.table);
  const given = givenRows(owned, items);
  const isGiven = sql`EXISTS (SELECT FROM ${given} WHERE ${isSame(owned.key)})`;
  if (kind !== "add") {
    const goes = kind === "remove" ? isGiven : sql`NOT ${isGiven}`;
    await session.query(sql`DELETE FROM ${table} stored WHERE stored.record_id = ${recordId}::uuid AND ${goes}`);
  }
  if (kind === "remove") return;
  const keys = Object.keys(owned.key);
  const rest = Object.keys(owned.rest);
  await session.query(sql`
    INSERT INTO ${table} AS stored (record_id, ${identifiers([...keys, ...rest])})
    SELECT DISTINCT ON (${identifiers(keys, "given")}) ${recordId}::uuid, ${identifiers([...keys, ...rest], "given")} FROM ${given}
    ${onConflict(recordId, owned, keys, rest)}`);
  // A list that is set is as long as it is given.
  if (kind === "add" || items.length > owned.atMost) await refuseTooMany(session, recordId, owned, ...path);
}

async function refuseTooMany(
  session: Session,
  recordId: string,
  { table, atMost }: OwnedTable,
  ...path: string[]
): Promise<void> {
  const [stands] = await session.query<{ many: boolean }>(
    sql`SELECT count(*) > ${atMost}::int4 AS many FROM ${identifier(table)} WHERE record_id = ${recordId}::uuid`,
  );
  if (stands?.many) throw refusal("INVALID", `a record has ${atMost} of these at most`, ...path);
}

// An external id that another record has is left to the constraint: it is refused, not passed over.
function onConflict(recordId: string, { table }: OwnedTable, keys: readonly string[], rest: readonly string[]): Sql {
  if (table === OWNED_TABLES.externalIds.table) {
    return sql`WHERE NOT EXISTS (SELECT FROM external_id own
      WHERE own.scheme = given.scheme AND own.value = given.value AND own.record_id = ${recordId}::uuid)`;
  }
  const target = sql`ON CONFLICT (record_id, ${identifiers(keys)})`;
  if (rest.length === 0) return sql`${target} DO NOTHING`;
  return sql`${target} DO UPDATE SET ${join(
    rest.map((column) => sql`${identifier(column)} = excluded.${identifier(column)}`),
    ", ",
  )} WHERE (${identifiers(rest, "stored")}) IS DISTINCT FROM (${identifiers(rest, "excluded")})`;
}

/** What is given, as rows under the alias `given`. */
function givenRows({ key, rest }: OwnedTable, items: readonly OwnedRow[]): Sql {
  const columns = Object.entries({ ...key, ...rest }).map(
    ([column, type]) => sql`${identifier(column)} ${sqlType(type)}`,
  );
  return sql`jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS given(${join(columns, ", ")})`;
}

/** True where `given` and `stored` have the same in all of the columns. */
function isSame(columns: Readonly<Record<string, string>>): Sql {
  const same = Object.keys(columns).map(
    (column) => sql`given.${identifier(column)} IS NOT DISTINCT FROM stored.${identifier(column)}`,
  );
  return join([sql`true`, ...same], " AND ");
}

function identifiers(names: readonly string[], alias?: string): Sql {
  return join(
    names.map((name) => (alias === undefined ? identifier(name) : at(alias, name))),
    ", ",
  );
}
