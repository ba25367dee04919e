// What a codec is: all that depends on the kind of a column's values. And what most kinds have in common.
import sql, { type Sql } from "sql-template-tag";
import { sqlType } from "../sql";

/** A closed list of words, stored as a PostgreSQL enum. */
export interface Enumeration<Word extends string = string> {
  /** the name in the graph; the database type is its snake_case */
  name: string;
  description: string;
  /** each value with its description, in the order in which they sort */
  values: Readonly<Record<Word, string>>;
}

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

export type CellValue = string | number | boolean | string[] | null;
export type ReadCell = { value: CellValue } | { problem: string };

/** What the database does to each value before it can sort or compare it. */
export type Work = "none" | "fold" | "firstDay";

export interface Codec {
  readonly kind: ColumnKind;
  /** the PostgreSQL type of a stored value, which parameters are cast to */
  readonly sqlType: string;
  /** The form in which values sort. */
  readonly sorted: (value: Sql) => Sql;
  /** the PostgreSQL type of that form */
  readonly sortedType: string;
  /** Whether `infinity` and `-infinity` are values of that form: then one of them stands for a value that is not known. */
  readonly sortsToInfinity: boolean;
  readonly sortWork: Work;
  /** The form in which filters compare a stored value. */
  readonly compared: (value: Sql) => Sql;
  readonly compareWork: Work;
  /** text of any length, which reading through takes its time */
  readonly isFreeText: boolean;
  /** A value that a filter gives, in the same form. */
  readonly given: (value: unknown) => Sql;
  /** Several of them, as what stands in `= ANY (…)`. */
  readonly givenSeveral: (values: readonly unknown[]) => Sql;
  /** whether `<` and `>` must be told to go by code point, as for text */
  readonly isCollated: boolean;
  /** A stored value as JSON, equal to what the API shows for it. */
  readonly json: (value: Sql) => Sql;
  /** Whether a value out of a cursor may be compared with the sorted form. */
  readonly mayBeInCursor: (value: unknown) => boolean;
  /** What the text of a cell stands for; it is not empty and holds no null character. */
  readonly readCell: (text: string) => ReadCell;
  /** What is wrong with a value that its GraphQL type lets through; undefined where nothing is. */
  readonly problemOf: (value: unknown) => string | undefined;
  /** what a column that is never null holds where nothing is said; undefined where something must be */
  readonly unsaid: false | readonly never[] | undefined;
}

const same = (value: Sql): Sql => value;
const asJson = (value: Sql): Sql => sql`to_json(${value})`;
export const noProblem = (): undefined => undefined;

/** The id of a record as JSON, as encodeId has it. @param uuid SQL of a UUID */
export function idAsJson(tag: string, uuid: Sql): Sql {
  return sql`to_json(${`${tag}_`}::text || rtrim(translate(encode(uuid_send(${uuid}), 'base64'), '+/', '-_'), '='))`;
}

export function mustBe(what: string, text: string): ReadCell {
  return { problem: `must be ${what}, but is "${text.slice(0, 60)}"` };
}

/** What is common to values that are stored in the form in which they sort and compare. */
export function plain(type: string): Omit<Codec, "kind" | "mayBeInCursor" | "readCell"> {
  const cast = sqlType(type);
  return {
    sqlType: type,
    sorted: same,
    sortedType: type,
    sortsToInfinity: false,
    sortWork: "none",
    compared: same,
    compareWork: "none",
    isFreeText: false,
    given: (value) => sql`${value}::${cast}`,
    givenSeveral: (values) => sql`${values}::${cast}[]`,
    isCollated: false,
    json: asJson,
    problemOf: noProblem,
    unsaid: undefined,
  };
}

/**
 * The same for types whose arrays drivers write differently, or not at all, and which go as text therefore: PGlite learns the array types
 * of a database when it opens it, and knows none of the enums that a migration made since.
 */
export function plainByText(type: string): ReturnType<typeof plain> {
  const cast = sqlType(type);
  return { ...plain(type), givenSeveral: (values) => sql`${values}::text[]::${cast}[]` };
}
