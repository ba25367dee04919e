// What src/ declares and what the migrations made are one: every table, column, word, key, trigger and search index.
import "reflect-metadata";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import type { ColumnKind } from "../../src/database/declare/codec";
import type { Column } from "../../src/database/declare/column";
import type { RecordType } from "../../src/database/declare/record-type";
import { snakeCase } from "../../src/kernel/names";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { indexesOf, readTables, triggersOf, wordsOf, type StoredColumn } from "../support/database-catalogue";

let backend: TestDatabase;
let tables: Map<string, Map<string, StoredColumn>>;
beforeAll(async () => {
  backend = await openTestDatabase();
  tables = await readTables(backend.database);
});
afterAll(() => backend.close());

/** What stands beside the records, for all of them; and Prisma's own history. */
const UNDECLARED_TABLES = [
  "_prisma_migrations",
  "api_key",
  "change_log",
  "external_id",
  "former_slug",
  "idempotent_write",
  "record",
  "record_name",
  "record_source",
  "revision_counter",
];
/** Rows that only link a record to others are parts of the record that they name first. */
const LINK_TABLES = Object.fromEntries(
  catalogue.relations.flatMap((relation) =>
    relation.kind === "joined" && relation.join.fromColumn === "recordId" ? [[relation.join.table, relation.name]] : [],
  ),
);
const PART_TABLES: Readonly<Record<string, string>> = {
  record_name: "names",
  external_id: "externalIds",
  record_source: "sources",
  ...LINK_TABLES,
};

const STORED_AS: Readonly<Record<Exclude<ColumnKind, "enum">, string>> = {
  text: "text",
  name: "text",
  slug: "text",
  countryCode: "text",
  url: "text",
  partialDate: "text",
  date: "date",
  dateTime: "timestamptz",
  integer: "int4",
  decimal: "float8",
  boolean: "bool",
};

const records = catalogue.records.map((type): [string, RecordType] => [type.name, type]);
const columns = catalogue.records.flatMap((type) =>
  Object.entries(type.columns).map(([name, column]): [string, RecordType, string, Column] => [
    `${type.name}.${name}`,
    type,
    snakeCase(name),
    column,
  ]),
);
const references = catalogue.records.flatMap((type) =>
  Object.entries(type.references).map(([name, reference]): [string, RecordType, string, typeof reference] => [
    `${type.name}.${name}`,
    type,
    snakeCase(name),
    reference,
  ]),
);
const columnsThat = (test: (column: Column) => boolean): typeof columns =>
  columns.filter(([, , , column]) => test(column));

it("has no table that is neither declared nor listed", () => {
  expect([...tables.keys()].sort()).toEqual(
    [...UNDECLARED_TABLES, ...Object.keys(LINK_TABLES), ...catalogue.records.map(({ table }) => table)].sort(),
  );
});

it.each(records)("stores %s with the declared columns and no others", (_name, type) => {
  const declared = ["id", ...Object.keys(type.columns), ...Object.keys(type.references)].map(snakeCase);
  expect([...(tables.get(type.table)?.keys() ?? [])].sort()).toEqual(declared.sort());
  expect(tables.get(type.table)?.get("id")).toEqual({
    type: "uuid",
    nullable: false,
    primaryKey: true,
    byDefault: "new_record_id()",
  });
});

it.each(columns)("stores %s with its type and nullability", (_name, type, column, declared) => {
  const { codec, enumeration, nullable, list } = declared;
  // PostgreSQL's own name for text[].
  const storedAs = list ? "_text" : codec.kind === "enum" ? snakeCase(enumeration?.name ?? "") : STORED_AS[codec.kind];
  expect(tables.get(type.table)?.get(column)).toMatchObject({ type: storedAs, nullable });
});

it.each(columnsThat(({ unique }) => unique))("keeps %s unique", async (_name, type, column) => {
  expect(
    (await indexesOf(backend.database, type.table)).filter((index) => index.unique).map((index) => index.keys),
  ).toContainEqual([column]);
});

it.each(columnsThat(({ codec }) => codec.kind === "slug"))("keeps %s a slug", async (_name, type, column) => {
  expect(await checksOf(type.table)).toContainEqual(`CHECK (is_slug(${column}))`);
});

it.each(columnsThat(({ codec }) => codec.kind === "partialDate"))(
  "keeps %s a partial date",
  async (_name, type, column) => {
    expect(await checksOf(type.table)).toContainEqual(`CHECK (is_partial_date(${column}))`);
  },
);

it.each(records.filter(([, type]) => type.dated !== undefined))(
  "lets no %s end before it begins",
  async (_name, type) => {
    const [since, until] = [snakeCase(type.dated?.since ?? ""), snakeCase(type.dated?.until ?? "")];
    expect(await checksOf(type.table)).toContainEqual(`CHECK ((first_day(${until}) >= first_day(${since})))`);
  },
);

async function checksOf(table: string): Promise<string[]> {
  const rows = await backend.database.query<{ definition: string }>(sql`
    SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE conrelid = ${table}::regclass AND contype = 'c' AND convalidated`);
  return rows.map((row) => row.definition);
}

const enumerations = new Map(
  columns.flatMap(([, , , { enumeration, list }]) =>
    enumeration === undefined || list ? [] : [[enumeration.name, enumeration]],
  ),
);

it.each(columnsThat(({ list, enumeration }) => list && enumeration !== undefined))(
  "keeps %s among the declared words",
  async (_name, type, column, { enumeration }) => {
    const words = Object.keys(enumeration?.values ?? {}).map((word) => `'${word}'::text`);
    expect(await checksOf(type.table)).toContainEqual(`CHECK ((${column} <@ ARRAY[${words.join(", ")}]))`);
  },
);

it.each([...enumerations.values()].map((list) => [list.name, list] as const))(
  "stores the words of %s in the declared order",
  async (name, list) => {
    expect(await wordsOf(backend.database, snakeCase(name))).toEqual(Object.keys(list.values));
  },
);

it.each(references)("refers by %s to a record that is there", async (_name, type, column, reference) => {
  expect(tables.get(type.table)?.get(column)).toMatchObject({ type: "uuid", nullable: reference.nullable });
  const foreignKeys = await backend.database.query(sql`
    SELECT confrelid::regclass::text AS target, confdeltype::text AS "onDelete" FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ${type.table}::regclass
      AND conkey = ARRAY[(SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = ${column})]`);
  // A reference to records of several types leads to their heads.
  const target = reference.anyOf === undefined ? reference.to().table : "record";
  expect(foreignKeys).toEqual([{ target, onDelete: "r" }]);
});

it.each(references)("finds the rows that %s refers by in an index", async (_name, type, column) => {
  const first = (await indexesOf(backend.database, type.table))
    .filter((index) => !index.partial)
    .map((index) => index.keys[0]);
  expect(first).toContain(column);
});

it.each(records.filter(([, type]) => type.dataset !== undefined))(
  "keeps the dataset's key of %s unique",
  async (_name, type) => {
    const key = (type.dataset?.key ?? []).map(snakeCase);
    const nullable = key.some((column) => tables.get(type.table)?.get(column)?.nullable);
    const fitting = (await indexesOf(backend.database, type.table)).filter(
      (index) => index.unique && !index.partial && (index.nullsEqual || !nullable) && index.keys.join() === key.join(),
    );
    expect(fitting).toHaveLength(1);
  },
);

it.each(records)("logs %s under its name and authority", async (_name, type) => {
  const authority = Object.hasOwn(type.references, type.authority) ? snakeCase(type.authority) : type.authority;
  expect(["secretariat", "self", ...Object.keys(type.references).map(snakeCase)]).toContain(authority);
  expect(await triggersOf(backend.database, type.table)).toMatchObject({
    write_lock: { calls: "take_write_lock", on: "BEFORE INSERT DELETE UPDATE STATEMENT", enabled: true },
    no_truncate: { calls: "refuse_truncate", on: "BEFORE TRUNCATE STATEMENT", enabled: true },
    log_insert: {
      calls: "log_record_changes",
      on: "AFTER INSERT STATEMENT",
      arguments: [type.name, authority],
      enabled: true,
    },
    log_update: {
      calls: "log_record_changes",
      on: "AFTER UPDATE STATEMENT",
      arguments: [type.name, authority],
      enabled: true,
    },
    log_delete: {
      calls: "log_record_changes",
      on: "AFTER DELETE STATEMENT",
      arguments: [type.name, authority],
      enabled: true,
    },
  });
});

it.each(Object.entries(PART_TABLES))("logs %s as the owner's %s", async (table, field) => {
  expect(await triggersOf(backend.database, table)).toMatchObject({
    write_lock: { calls: "take_write_lock", on: "BEFORE INSERT DELETE UPDATE STATEMENT", enabled: true },
    no_truncate: { calls: "refuse_truncate", on: "BEFORE TRUNCATE STATEMENT", enabled: true },
    log_insert: { calls: "log_part_changes", on: "AFTER INSERT STATEMENT", arguments: [field], enabled: true },
    log_update: { calls: "log_part_changes", on: "AFTER UPDATE STATEMENT", arguments: [field], enabled: true },
    log_delete: { calls: "log_part_changes", on: "AFTER DELETE STATEMENT", arguments: [field], enabled: true },
  });
});

const searched = [
  ...catalogue.records.flatMap((type) => type.search.map(({ column }) => [type.table, snakeCase(column)] as const)),
  ["record_name", "name"] as const,
];

it.each(searched)("finds near spellings in %s.%s by an index of trigrams", async (table, column) => {
  const indexes = await indexesOf(backend.database, table);
  expect(indexes.filter((index) => index.trigrams).map((index) => index.keys)).toContainEqual([`fold(${column})`]);
});

it("joins by tables and columns that are there", async () => {
  const views = await backend.database.query<{ table: string; column: string }>(sql`
    SELECT c.relname AS table, a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0`);
  const there = new Set(views.map(({ table, column }) => `${table}.${column}`));
  const wanted = catalogue.relations.flatMap((relation) => {
    if (relation.kind === "children") return [`${relation.to.table}.${snakeCase(relation.by)}`];
    const { table, fromColumn, toColumn, edge, dated } = relation.join;
    return ["id", fromColumn, toColumn, ...Object.keys(edge), ...Object.values(dated ?? {})].map(
      (column) => `${table}.${snakeCase(column as string)}`,
    );
  });
  expect(wanted.filter((name) => !there.has(name))).toEqual([]);
});
