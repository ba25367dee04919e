// The codecs, one for each kind of column: how PostgreSQL stores, sorts, compares and prints its values, and which values may be written, stand
// in a cursor, or be read from a cell. A kind that lacks a part does not compile.
import sql from "sql-template-tag";
import { isDate, isInstant, isPartialDate } from "../../kernel/dates";
import { isSlug, snakeCase } from "../../kernel/names";
import { holdsLoneSurrogate, holdsNullCharacter } from "../../kernel/text";
import { mustBe, noProblem, plain, plainByText, type Codec, type ColumnKind, type Enumeration } from "./codec";

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
