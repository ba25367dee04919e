// What depends on the kind of a column's values, in one codec for each kind: how PostgreSQL stores, sorts, compares and prints them, and which
// values may be written, stand in a cursor, or be read from a cell. A kind that lacks a part does not compile.
import sql, { type Sql } from "sql-template-tag";
import { isDate, isInstant, isPartialDate } from "../../kernel/dates";
import { isSlug, snakeCase } from "../../kernel/names";
import { sqlType } from "../sql";
import { holdsLoneSurrogate, holdsNullCharacter } from "../../kernel/text";

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
const noProblem = (): undefined => undefined;

/** The id of a record as JSON, as encodeId has it. @param uuid SQL of a UUID */
export function idAsJson(tag: string, uuid: Sql): Sql {
  return sql`to_json(${`${tag}_`}::text || rtrim(translate(encode(uuid_send(${uuid}), 'base64'), '+/', '-_'), '='))`;
}

function mustBe(what: string, text: string): ReadCell {
  return { problem: `must be ${what}, but is "${text.slice(0, 60)}"` };
}

/** What is common to values that are stored in the form in which they sort and compare. */
function plain(type: string): Omit<Codec, "kind" | "mayBeInCursor" | "readCell"> {
  return {
    sqlType: type,
    sorted: same,
    sortedType: type,
    sortsToInfinity: false,
    sortWork: "none",
    compared: same,
    compareWork: "none",
    isFreeText: false,
    given: (value) => sql`${value}::${sqlType(type)}`,
    givenSeveral: (values) => sql`${values}::${sqlType(type)}[]`,
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
function plainByText(type: string): ReturnType<typeof plain> {
  return { ...plain(type), givenSeveral: (values) => sql`${values}::text[]::${sqlType(type)}[]` };
}

/** Text of some form, by code point. @param problem what is wrong with a text that is written; `cell` with one in a file */
function textOf(
  kind: ColumnKind,
  problem: (text: string) => string | undefined,
  cell?: (text: string) => string | undefined,
): Codec {
  return {
    ...plain("text"),
    kind,
    sorted: (value) => sql`${value} COLLATE "C"`,
    isFreeText: true,
    isCollated: true,
    mayBeInCursor: isStorableText,
    readCell: (text) => {
      const expected = cell?.(text);
      return expected === undefined ? { value: text } : mustBe(expected, text);
    },
    problemOf: (value) => problem(value as string),
  };
}

function isStorableText(value: unknown): boolean {
  return typeof value === "string" && !holdsNullCharacter(value) && !holdsLoneSurrogate(value);
}

/** The most characters that a text may have. */
const NAME_LENGTH = 300;
const TEXT_LENGTH = 20_000;
const URL_LENGTH = 2_000;

function lengthProblem(text: string, atMost: number): string | undefined {
  return text.length > atMost ? `must be ${atMost} characters long at most` : undefined;
}

function wordsProblem(atMost: number): (text: string) => string | undefined {
  return (text) => (text.trim() === "" ? "must not be blank" : lengthProblem(text, atMost));
}

export const TEXT = textOf("text", wordsProblem(TEXT_LENGTH));

export const NAME: Codec = {
  ...textOf("name", wordsProblem(NAME_LENGTH)),
  // By its letters, whatever their case and accents.
  sorted: (value) => sql`fold(${value}) COLLATE "C"`,
  sortWork: "fold",
};

const SLUG_FORM = "lower-case letters and digits, joined by hyphens";

export const SLUG = textOf(
  "slug",
  (text) => (isSlug(text) ? undefined : `must be ${SLUG_FORM}, 100 at most`),
  (text) => (isSlug(text) ? undefined : SLUG_FORM),
);

export const COUNTRY_CODE: Codec = {
  ...textOf("countryCode", noProblem, (text) => (/^[A-Z]{2}$/.test(text) ? undefined : "two upper-case letters")),
  isFreeText: false,
};

export const WEB_ADDRESS = textOf(
  "url",
  (text) => lengthProblem(text, URL_LENGTH),
  (text) => (URL.canParse(text) && /^https?:/.test(text) ? undefined : "an http or https URL"),
);

const MAX_INTEGER = 2 ** 31 - 1;

export const INTEGER: Codec = {
  ...plain("int4"),
  kind: "integer",
  mayBeInCursor: (value) => typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= MAX_INTEGER,
  readCell: (text) =>
    /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= MAX_INTEGER
      ? { value: Number(text) }
      : mustBe("a whole number", text),
};

export const DECIMAL: Codec = {
  ...plain("float8"),
  kind: "decimal",
  mayBeInCursor: (value) => typeof value === "number",
  readCell: (text) =>
    /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? { value: Number(text) } : mustBe("a number", text),
};

export const BOOLEAN: Codec = {
  ...plain("bool"),
  kind: "boolean",
  mayBeInCursor: (value) => typeof value === "boolean",
  readCell: (text) =>
    text === "true" || text === "false" ? { value: text === "true" } : mustBe("true or false", text),
  unsaid: false,
};

/** Sorts and compares by its first day; one that is not known sorts as if it were at one end of time. */
export const PARTIAL_DATE: Codec = {
  ...plain("text"),
  kind: "partialDate",
  sorted: (value) => sql`first_day(${value})`,
  sortedType: "date",
  sortsToInfinity: true,
  sortWork: "firstDay",
  compared: (value) => sql`first_day(${value})`,
  compareWork: "firstDay",
  given: (value) => sql`first_day(${value}::text)`,
  givenSeveral: (values) => sql`(SELECT first_day(v) FROM unnest(${values}::text[]) v)`,
  mayBeInCursor: isDate,
  readCell: (text) =>
    isPartialDate(text) ? { value: text } : mustBe("a year, month or day that exists, such as 2016-09", text),
};

export const DATE: Codec = {
  ...plainByText("date"),
  kind: "date",
  mayBeInCursor: isDate,
  readCell: (text) => (isDate(text) ? { value: text } : mustBe("a day that exists, such as 2016-09-14", text)),
};

export const DATE_TIME: Codec = {
  ...plainByText("timestamptz"),
  kind: "dateTime",
  json: (value) => sql`to_json(to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`,
  mayBeInCursor: isInstant,
  readCell: (text) =>
    isInstant(text) ? { value: text } : mustBe("an instant with its offset, such as 2016-09-14T09:30:00Z", text),
};

export function wordOf(list: Enumeration): Codec {
  const isWord = (value: unknown): boolean => typeof value === "string" && Object.hasOwn(list.values, value);
  return {
    ...plainByText(snakeCase(list.name)),
    kind: "enum",
    mayBeInCursor: isWord,
    readCell: (text) =>
      isWord(text) ? { value: text } : mustBe(`one of ${Object.keys(list.values).join(", ")}`, text),
  };
}

/** The most values that a list may have. */
export const ITEMS_AT_MOST = 100;

/** Several values in their order. Words of an enum too are stored as text: drivers know its arrays by no number. */
export function severalOf(item: Codec): Codec {
  // The words of a list are short, and found by their index.
  const { readCell, problemOf } = item.kind === "text" ? NAME : item;
  return {
    ...plain("text[]"),
    kind: item.kind,
    mayBeInCursor: () => false,
    readCell: (text) => {
      const values = new Set<string>();
      for (const part of text.split(";").map((word) => word.trim())) {
        if (part === "") continue;
        const read = readCell(part);
        if ("problem" in read) return read;
        values.add(String(read.value));
      }
      return { value: [...values] };
    },
    problemOf: (value) => {
      const items = value as unknown[];
      return items.length > ITEMS_AT_MOST
        ? `must hold ${ITEMS_AT_MOST} values at most`
        : items.map(problemOf).find((problem) => problem !== undefined);
    },
    unsaid: [],
  };
}
