// The columns that a type's filter knows, each with how its value is read from a row of the API, and a plain copy of
// what every comparison means.
import { catalogue } from "../../src/catalogue";
import type { Column } from "../../src/database/declare/column";
import { shownColumns, type RecordType } from "../../src/database/declare/record-type";
import { schemaOf } from "../../src/graph/schema";
import { isObjectType } from "graphql";
import { allRows, type Row } from "./all-rows";
import type { TestApi } from "./api";

type Single = string | number | boolean | null;
type Value = Single | readonly string[];

/** All that lists can be compared by, and nothing else can. */
export const LIST_COMPARISONS: readonly string[] = ["has", "hasAny", "hasAll", "isEmpty"];

export interface FilterableColumn {
  name: string;
  column: Column;
  /** what to select to see it */
  selection: string;
  of: (row: Row) => Value;
}

export function filterableColumns(type: RecordType): FilterableColumn[] {
  const object = schemaOf(catalogue).getType(type.name);
  if (!isObjectType(object)) throw new Error(`the schema has no object type ${type.name}`);
  return Object.entries(shownColumns(type)).map(([name, column]) => {
    if (object.getFields()[name] !== undefined) {
      return { name, column, selection: name, of: (row) => row[name] as Value };
    }
    if (type.located?.latitude === name || type.located?.longitude === name) {
      const part = type.located.latitude === name ? "latitude" : "longitude";
      return { name, column, selection: `location { ${part} }`, of: (row) => row.location?.[part] ?? null };
    }
    throw new Error(`${type.name}.${name} can be filtered by and is not shown: say here how a test sees it`);
  });
}

/** All rows of a type in its usual order, with all columns that can be filtered by. */
export async function rowsOf(api: TestApi, type: RecordType, selection = ""): Promise<Row[]> {
  const columns = filterableColumns(type).map((column) => column.selection);
  const selected = [...columns, selection].join(" ");
  if (type.roots.many === "connection") return allRows(api, type.plural, "", selected);
  return (await api.untypedData(`{ list: ${type.plural} { id ${selected} } }`)).list as Row[];
}

/** The comparisons of a column, each true or false for the value of a row; false for one that is not known. */
export function holds(column: Column, comparison: string, given: unknown, value: Value): boolean {
  if (column.list) return listHolds(comparison, given, value as readonly string[]);
  if (comparison === "isNull") return given === (value === null);
  if (value === null) return false;
  if (comparison === "in") return (given as Value[]).some((one) => holds(column, "eq", one, value));
  if (comparison === "contains") return (value as string).includes(given as string);
  if (comparison === "startsWith") return (value as string).startsWith(given as string);
  const difference = compareValues(column, value as Single, given as Single);
  switch (comparison) {
    case "eq":
      return difference === 0;
    case "lt":
      return difference < 0;
    case "lte":
      return difference <= 0;
    case "gt":
      return difference > 0;
    case "gte":
      return difference >= 0;
    default:
      throw new Error(`say here what ${comparison} means`);
  }
}

function listHolds(comparison: string, given: unknown, list: readonly string[]): boolean {
  switch (comparison) {
    case "has":
      return list.includes(given as string);
    case "hasAny":
      return (given as string[]).some((one) => list.includes(one));
    case "hasAll":
      return (given as string[]).every((one) => list.includes(one));
    case "isEmpty":
      return given === (list.length === 0);
    default:
      throw new Error(`lists cannot be compared by ${comparison}`);
  }
}

// Text by code points, which is the order of UTF-8 bytes; partial dates by their first day.
function compareValues({ codec: { kind } }: Column, a: Single, b: Single): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const text = (value: Single): string =>
    kind === "partialDate" ? `${String(value)}-01-01`.slice(0, 10) : String(value);
  return Buffer.compare(Buffer.from(text(a)), Buffer.from(text(b)));
}
