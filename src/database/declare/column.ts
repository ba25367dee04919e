// The columns of a record type: what a value is, how it is described to API users, and what may be done with it.
import { snakeCase } from "../../kernel/names";

export type ColumnKind =
  | "text"
  | "name"
  | "slug"
  | "countryCode"
  | "url"
  | "integer"
  | "decimal"
  | "boolean"
  | "partialDate"
  | "date"
  | "dateTime"
  | "enum";

/** A closed list of words, stored as a PostgreSQL enum. */
export interface Enumeration {
  /** the name in the graph; the database type is its snake_case */
  name: string;
  description: string;
  /** each value with its description, in the order in which they sort */
  values: Readonly<Record<string, string>>;
}

/**
 * Whether the Secretariat alone writes a value of records that others may write too: always, or from the first time that it is
 * said. See docs/decisions/0018.
 */
export type Official = boolean | "onceSaid";

export interface Column {
  kind: ColumnKind;
  description: string;
  nullable: boolean;
  enumeration?: Enumeration;
  /** the column alone identifies a record */
  unique: boolean;
  /** lists may be ordered by it */
  ordered: boolean;
  /** holds any number of such values, in their order; never null, but it may be empty */
  list: boolean;
  /** the graph shows it through a hand-written field instead of a plain one */
  hidden: boolean;
  /** only callers with a key see it: to others it is null, in filters and orders too */
  confidential: boolean;
  /** only a verb of its life sets it: the inputs that create and update a record leave it out */
  life: boolean;
  official: Official;
}

type ColumnOptions = Partial<
  Pick<Column, "nullable" | "unique" | "ordered" | "hidden" | "confidential" | "life" | "official">
>;

function columnOf(
  kind: ColumnKind,
  ofKind: ColumnOptions = {},
): (description: string, options?: ColumnOptions) => Column {
  return (description, options = {}) => ({
    kind,
    description,
    nullable: false,
    unique: false,
    ordered: false,
    list: false,
    hidden: false,
    confidential: false,
    life: false,
    official: false,
    ...ofKind,
    ...options,
  });
}

/** Free text, compared exactly or folded. */
export const text = columnOf("text");
/** What a record is called: text that orders by its folded form. */
export const name = columnOf("name");
/** A URL-safe, stable, unique word. It is chosen once: links, files and other systems know the record by it. */
export const slug = columnOf("slug", { official: "onceSaid" });
/** ISO 3166-1 alpha-2. */
export const countryCode = columnOf("countryCode");
/** An absolute http(s) URL. */
export const url = columnOf("url");
/** A 32-bit integer. */
export const integer = columnOf("integer");
/** A double precision number. */
export const decimal = columnOf("decimal");
export const boolean = columnOf("boolean");
/** A year, a month or a day; compares by its first day. */
export const partialDate = columnOf("partialDate");
/** A day, known to the day. */
export const date = columnOf("date");
/** An instant, to the millisecond. */
export const dateTime = columnOf("dateTime");

export function enumeration(
  enumName: string,
  description: string,
  values: Readonly<Record<string, string>>,
): Enumeration {
  return { name: enumName, description, values };
}

/** One word of a closed list. */
export function oneOf(list: Enumeration, description: string, options: ColumnOptions = {}): Column {
  return { ...columnOf("enum")(description, options), enumeration: list };
}

/** Any number of values of a text or enum column: `listOf(text("The themes."))`. */
export function listOf(column: Column): Column {
  return { ...column, list: true };
}

/** The type that a parameter for this column is cast to. */
export function databaseType(column: Column): string {
  // Words of an enum too: PostgreSQL gives arrays of its own enums a type that drivers do not know by number.
  if (column.list) return "text[]";
  switch (column.kind) {
    case "integer":
      return "int4";
    case "decimal":
      return "float8";
    case "boolean":
      return "bool";
    case "date":
      return "date";
    case "dateTime":
      return "timestamptz";
    case "enum":
      return column.enumeration === undefined ? "text" : snakeCase(column.enumeration.name);
    default:
      return "text";
  }
}
