// How files name records: by one value, such as a slug, or by several where a type's key has several.
import sql, { join, type Sql } from "sql-template-tag";
import { snakeCase } from "../../kernel/names";
import type { Catalogue } from "../declare/catalogue";
import type { Column } from "../declare/column";
import type { CellSource } from "../declare/dataset-file";
import { columnNamed, type RecordType } from "../declare/record-type";
import { at, columnIdentifier, identifier, number, sqlType, tableAs } from "../sql";

/** The single column that references to a type go by in files. @throws for a type that has several */
export function singleKey(type: RecordType): string {
  const [key, ...more] = keyColumns(type);
  if (key === undefined || more.length > 0) throw new Error(`references to ${type.name} need a single key`);
  return key;
}

/** The columns and references that say which record of a type is meant. */
function keyColumns({ dataset }: RecordType): readonly string[] {
  return dataset?.referredBy === undefined ? (dataset?.key ?? []) : [dataset.referredBy];
}

/** The values that a file names a record of the type by: a reference in the key takes the values of its own target. */
export function keyValues(type: RecordType): readonly Column[] {
  return keyColumns(type).flatMap((column) => {
    const reference = type.references[column];
    return reference === undefined ? [columnNamed(type, column)] : keyValues(reference.to());
  });
}

/** The type whose slug or code each value of the key is. */
export function keyTypes(type: RecordType): readonly RecordType[] {
  return keyColumns(type).flatMap((column) => {
    const reference = type.references[column];
    return reference === undefined ? [type] : keyTypes(reference.to());
  });
}

/** Where a type's own file has these values. */
export function keySources(type: RecordType): readonly CellSource[] {
  return keyColumns(type).flatMap((column) => type.dataset?.columns[column] ?? []);
}

/** The values of a key as one text, for look-ups and for messages. */
export function keyText(values: readonly string[]): string {
  return values.join(" ");
}

/** The key of a row as `keyText` writes it; null where a part of it is unknown, which no file can name. */
export function keyTextOf(type: RecordType, row: string): Sql {
  const values = keyColumns(type).map((column) => {
    const value = at(row, column);
    const reference = type.references[column];
    if (reference === undefined) return sql`${value}::text`;
    const target = `${row}_${snakeCase(column)}`;
    return sql`(SELECT ${keyTextOf(reference.to(), target)} FROM ${tableAs(reference.to().table, target)} WHERE ${at(target, "id")} = ${value})`;
  });
  return join(values, " || ' ' || ");
}

/** What holds a key in a row of values: the value itself, or a list of texts where there are several. */
export function keyType(type: RecordType): string {
  const [value, ...more] = keyValues(type);
  return value === undefined || more.length > 0 ? "text[]" : value.codec.sqlType;
}

/** A column of the record that a key names. @param key a value of `keyType` */
export function byKey(type: RecordType, key: Sql, wanted: string): Sql {
  const values = keyValues(type);
  if (values.length === 1) return recordWhere(type, [key], wanted);
  return recordWhere(
    type,
    values.map((value, i) => sql`(${key})[${number(i + 1)}]::${sqlType(value.codec.sqlType)}`),
    wanted,
  );
}

function recordWhere(type: RecordType, values: readonly Sql[], wanted: string): Sql {
  const left = [...values];
  const tests = keyColumns(type).map((column) => {
    const target = type.references[column]?.to();
    const taken = left.splice(0, target === undefined ? 1 : keyValues(target).length);
    const value = target === undefined ? join(taken, "") : recordWhere(target, taken, "id");
    return sql`r.${columnIdentifier(column)} = ${value}`;
  });
  return sql`(SELECT r.${columnIdentifier(wanted)} FROM ${identifier(type.table)} r WHERE ${join(tests, " AND ")})`;
}

/** The types whose records are named in files: by references, in lists of links, and as the owners of names. */
export function typesNamedInFiles({ records }: Catalogue): ReadonlySet<RecordType> {
  return new Set(
    records.flatMap((type) => [
      ...(type.nameFile === undefined ? [] : [type]),
      ...Object.keys(type.dataset?.columns ?? {}).flatMap((column) => type.references[column]?.to() ?? []),
      ...(type.dataset?.links ?? []).map((link) => link.to()),
    ]),
  );
}
