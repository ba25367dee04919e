// Counts of records by what they have in common: the rows of a list, with its filter and its rights, put into groups.
import sql, { join, type Sql } from "sql-template-tag";
import type { Session } from "../database";
import type { Catalogue } from "../declare/catalogue";
import type { RecordType } from "../declare/record-type";
import { at, identifier } from "../sql";
import { rowsAs } from "./columns";
import type { ReadContext } from "./context";
import { FilterCompiler, type FilterInput } from "./filter";

/** The most groups that one answer has, that of the rest included. */
export const GROUPS_AT_MOST = 1_000;

/** What rows are grouped by. */
export type GroupKey =
  /** an expression over the row under the alias: its one value as text, or null where it has none */
  | { value: (alias: string) => Sql }
  /** a query for rows' ids and their values as text, any number for each: read once as a whole, not once for each row */
  | { values: Sql };

export interface Grouping {
  type: RecordType;
  filter: FilterInput | undefined;
  keys: readonly GroupKey[];
  /** true: a row counts once in the group of each of its values; false: once, in that of exactly its values */
  each: boolean;
}

export interface CountedGroup {
  /** for each key its values, each once, in the order of code points; none where the rows have none */
  values: string[][];
  count: number;
}

export interface CountedGroups {
  /** the largest first; equal ones by their values */
  groups: CountedGroup[];
  /** the sum of the groups that there was no room for; 0 where all are there */
  rest: number;
}

/**
 * All groups, or the largest of them where there are more than GROUPS_AT_MOST: then one place is left for the rest.
 * Where rows do not count for each value, all counts with the rest are the list's total. One statement.
 */
export async function groupedCounts(
  session: Session,
  catalogue: Catalogue,
  context: ReadContext,
  grouping: Grouping,
): Promise<CountedGroups> {
  const rows = await session.query<{ count: string; total: string; [key: `k${number}`]: string[] }>(
    groupedSql(catalogue, context, grouping),
  );
  const names = grouping.keys.map((_, i) => `k${i}` as const);
  const groups = rows.map((row) => ({ values: names.map((name) => row[name] ?? []), count: Number(row.count) }));
  if (groups.length <= GROUPS_AT_MOST) return { groups, rest: 0 };
  const kept = groups.slice(0, GROUPS_AT_MOST - 1);
  const total = Number(rows[0]?.total);
  return { groups: kept, rest: total - kept.reduce((sum, group) => sum + group.count, 0) };
}

function groupedSql(catalogue: Catalogue, context: ReadContext, { type, filter, keys, each }: Grouping): Sql {
  const where = new FilterCompiler(catalogue, context).compile(type, filter, "t");
  const expressions = keys.map((key, i) => sql`${listOfValues(key, i)} AS ${identifier(`k${i}`)}`);
  const columns = keys.map((_, i) => (each ? at(`v${i}`, "list") : at("x", `k${i}`)));
  const named = columns.map((column, i) => sql`${column} AS ${identifier(`k${i}`)}`);
  const order = columns.map((column) => sql`${column} COLLATE "C"`);
  return sql`SELECT ${join(named, ", ")}, count(*) AS count, sum(count(*)) OVER () AS total
    FROM (
      SELECT ${join(expressions, ", ")} FROM ${rowsAs(type, "t", context)}${join(keys.map(valuesOfRows), " ", " ")} WHERE ${where}
    ) x${each ? join(keys.map(oneByOne), " ", " ") : sql``}
    GROUP BY ${join(columns, ", ")} ORDER BY count(*) DESC, ${join(order, ", ")} LIMIT ${GROUPS_AT_MOST + 1}`;
}

function listOfValues(key: GroupKey, i: number): Sql {
  return "value" in key
    ? sql`array_remove(ARRAY[(${key.value("t")})::text], NULL)`
    : sql`coalesce(${at(`g${i}`, "list")}, '{}')`;
}

function valuesOfRows(key: GroupKey, i: number): Sql {
  if ("value" in key) return sql``;
  return sql`LEFT JOIN (
    SELECT p.id, array_agg(DISTINCT (p.value COLLATE "C") ORDER BY (p.value COLLATE "C")) AS list
    FROM (${key.values}) p(id, value) WHERE p.value IS NOT NULL GROUP BY p.id
  ) ${identifier(`g${i}`)} ON ${at(`g${i}`, "id")} = t.id`;
}

// A list for each value alone; a row without a value stays, with its empty list.
function oneByOne(_key: GroupKey, i: number): Sql {
  const [list, one] = [at("x", `k${i}`), identifier(`v${i}`)];
  return sql`CROSS JOIN LATERAL (
    SELECT ARRAY[value] AS list FROM unnest(${list}) value UNION ALL SELECT ${list} WHERE ${list} = '{}'
  ) ${one}`;
}
