// What of a record only the Secretariat writes, whoever else may write the rest, by its declaration. See docs/decisions/0018.
import type { Official } from "./column";
import { referenceField, type RecordType } from "./record-type";

/** How official a stored column or a reference of the type is. */
export function officialOf(type: RecordType, column: string): Official {
  return type.columns[column]?.official ?? type.references[column]?.official ?? false;
}

/** Whether names in other languages are official: they are where the name itself is. */
export function areNamesOfficial(type: RecordType): boolean {
  return type.named !== undefined && officialOf(type, type.named) === true;
}

/** The field that callers know a column by: that of a reference, or the place that two columns make. */
export function fieldOfColumn(type: RecordType, column: string): string {
  const { located } = type;
  if (column === located?.latitude || column === located?.longitude) return "location";
  return type.references[column] === undefined ? column : referenceField(column);
}

type Values = Readonly<Record<string, unknown>>;

/**
 * The first official column that a write changes; undefined where it changes none.
 * @param stands the row as it is; for a new one, what it has where nothing is said
 * @param values what is written, lists as they will be
 */
export function officialChange(type: RecordType, stands: Values, values: Values): string | undefined {
  return Object.keys(values).find((column) => {
    const [before, after] = [stands[column] ?? null, values[column] ?? null];
    const official = officialOf(type, column);
    if (official === false || isSameValue(before, after)) return false;
    return official === true || before !== null;
  });
}

/** The official columns that say something of a record: neither null, nor what is not true, nor an empty list. */
export function officialSaid(type: RecordType, row: Values): string[] {
  return Object.keys({ ...type.columns, ...type.references }).filter((column) => {
    const value = row[column] ?? false;
    return officialOf(type, column) === true && value !== false && !isSameValue(value, []);
  });
}

function isSameValue(one: unknown, other: unknown): boolean {
  return one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other));
}
