// How large the tables are, as plain data: how many rows, how long their texts, and how many rows belong to one record. What a request
// may cost is told from these, so they are counted, not guessed: statistics of the planner are missing until somebody gathers them.
import sql, { join, type Sql } from "sql-template-tag";
import type { Session } from "../database";
import type { Catalogue } from "../declare/catalogue";
import { columnIdentifier, identifier } from "../sql";

export interface TableSize {
  rows: number;
  /** how many bytes the values of a column of text have, on average */
  bytes: Readonly<Record<string, number>>;
  /** the most rows that name one record in a column */
  most: Readonly<Record<string, number>>;
}

/** By the names of tables and views; those of columns are the ones of the declarations. */
export type Sizes = Readonly<Record<string, TableSize>>;

/** Tables that no declaration of a record names. */
const BESIDE_RECORDS = ["record_name"];

/** One statement for each table, each a pass over it. */
export async function readSizes(session: Session, catalogue: Catalogue): Promise<Sizes> {
  const sizes: Record<string, TableSize> = {};
  for (const [table, { texts, keys }] of columnsOf(catalogue)) {
    const [row] = await session.query<{ rows: string } & Record<string, string | null>>(sizeSql(table, texts, keys));
    const numbers = (columns: readonly string[], prefix: string): Record<string, number> =>
      Object.fromEntries(columns.map((column, i) => [column, Number(row?.[`${prefix}${i}`] ?? 0)]));
    sizes[table] = { rows: Number(row?.rows), bytes: numbers(texts, "bytes"), most: numbers(keys, "most") };
  }
  return sizes;
}

function sizeSql(table: string, texts: readonly string[], keys: readonly string[]): Sql {
  const from = identifier(table);
  const counted = [
    sql`count(*) AS rows`,
    ...texts.map((text, i) => sql`avg(octet_length(${columnIdentifier(text)})) AS ${identifier(`bytes${i}`)}`),
    ...keys.map(
      (key, i) =>
        sql`(SELECT max(n) FROM (SELECT count(*) AS n FROM ${from} WHERE ${columnIdentifier(key)} IS NOT NULL GROUP BY ${columnIdentifier(key)}) g) AS ${identifier(`most${i}`)}`,
    ),
  ];
  return sql`SELECT ${join(counted, ", ")} FROM ${from}`;
}

interface Columns {
  texts: string[];
  keys: string[];
}

function columnsOf(catalogue: Catalogue): Map<string, Columns> {
  const tables = new Map<string, Columns>(BESIDE_RECORDS.map((table) => [table, { texts: [], keys: [] }]));
  for (const type of catalogue.records) {
    const texts = Object.entries(type.columns).filter(([, column]) => column.codec.isFreeText);
    tables.set(type.table, { texts: texts.map(([name]) => name), keys: [] });
  }
  for (const relation of catalogue.relations) {
    const [table, key] =
      relation.kind === "children" ? [relation.to.table, relation.by] : [relation.join.table, relation.join.fromColumn];
    const columns = tables.get(table) ?? { texts: [], keys: [] };
    tables.set(table, columns);
    if (!columns.keys.includes(key)) columns.keys.push(key);
  }
  return tables;
}
