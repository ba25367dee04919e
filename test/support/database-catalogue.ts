// What a database says of itself, from PostgreSQL's own catalogue.
import sql from "sql-template-tag";
import type { Session } from "../../src/database/database";

export interface StoredColumn {
  type: string;
  nullable: boolean;
  primaryKey: boolean;
  byDefault: string | null;
}

/** Columns by table, both by name. */
export async function readTables(session: Session): Promise<Map<string, Map<string, StoredColumn>>> {
  const rows = await session.query<StoredColumn & { table: string; column: string }>(sql`
    SELECT c.relname AS table, a.attname AS column, t.typname AS type, NOT a.attnotnull AS nullable,
      EXISTS (SELECT FROM pg_constraint p WHERE p.conrelid = c.oid AND p.contype = 'p' AND p.conkey = ARRAY[a.attnum]) AS "primaryKey",
      pg_get_expr(d.adbin, d.adrelid) AS "byDefault"
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`);
  const tables = new Map<string, Map<string, StoredColumn>>();
  for (const { table, column, ...stored } of rows) {
    tables.set(table, (tables.get(table) ?? new Map<string, StoredColumn>()).set(column, stored));
  }
  return tables;
}

/** The words of an enum in their order. */
export async function wordsOf(session: Session, type: string): Promise<string[]> {
  const rows = await session.query<{ word: string }>(
    sql`SELECT enumlabel AS word FROM pg_enum WHERE enumtypid = ${type}::regtype ORDER BY enumsortorder`,
  );
  return rows.map((row) => row.word);
}

export interface StoredIndex {
  unique: boolean;
  partial: boolean;
  /** two nulls count as equal */
  nullsEqual: boolean;
  trigrams: boolean;
  /** columns and expressions, in order */
  keys: string[];
}

export async function indexesOf(session: Session, table: string): Promise<StoredIndex[]> {
  return session.query<StoredIndex>(sql`
    SELECT i.indisunique AS unique, i.indpred IS NOT NULL AS partial, i.indnullsnotdistinct AS "nullsEqual",
      pg_get_indexdef(i.indexrelid) LIKE '%gin_trgm_ops%' AS trigrams,
      (SELECT jsonb_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k) FROM generate_series(1, i.indnkeyatts) k) AS keys
    FROM pg_index i WHERE i.indrelid = ${table}::regclass AND i.indisvalid`);
}

export interface StoredTrigger {
  calls: string;
  /** when, on what, and for each what, in one fixed order */
  on: string;
  enabled: boolean;
  arguments: string[];
}

export async function triggersOf(session: Session, table: string): Promise<Record<string, StoredTrigger>> {
  // tgtype is a set of bits (PostgreSQL, src/include/catalog/pg_trigger.h); arguments end with a zero byte each.
  const rows = await session.query<StoredTrigger & { name: string; packed: string }>(sql`
    SELECT tgname AS name, tgfoid::regproc::text AS calls, tgenabled = 'O' AS enabled, encode(tgargs, 'hex') AS packed,
      concat_ws(' ',
        CASE WHEN tgtype & 2 <> 0 THEN 'BEFORE' ELSE 'AFTER' END,
        CASE WHEN tgtype & 4 <> 0 THEN 'INSERT' END, CASE WHEN tgtype & 8 <> 0 THEN 'DELETE' END,
        CASE WHEN tgtype & 16 <> 0 THEN 'UPDATE' END, CASE WHEN tgtype & 32 <> 0 THEN 'TRUNCATE' END,
        CASE WHEN tgtype & 1 <> 0 THEN 'ROW' ELSE 'STATEMENT' END) AS on
    FROM pg_trigger WHERE tgrelid = ${table}::regclass AND NOT tgisinternal`);
  return Object.fromEntries(
    rows.map(({ name, packed, ...trigger }) => [
      name,
      { ...trigger, arguments: Buffer.from(packed, "hex").toString("utf8").split("\0").slice(0, -1) },
    ]),
  );
}
