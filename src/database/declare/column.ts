// The columns of a record type: what a value is, how it is described to API users, and what may be done with it.
import type { Codec, Enumeration } from "./codec";
import {
  BOOLEAN,
  COUNTRY_CODE,
  DATE,
  DATE_TIME,
  DECIMAL,
  INTEGER,
  NAME,
  PARTIAL_DATE,
  severalOf,
  SLUG,
  TEXT,
  WEB_ADDRESS,
  wordOf,
} from "./codecs";

/**
 * Whether the Secretariat alone writes a value of records that others may write too: always, or from the first time that it is
 * said. See docs/decisions/0018.
 */
export type Official = boolean | "onceSaid";

export interface Column {
  codec: Codec;
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
  /** only a command of its lifecycle sets it: the inputs that create and update a record leave it out */
  lifecycle: boolean;
  official: Official;
}

/**
 * A column with the type that its values have in the model, as Prisma says it (a Date for days and instants). The compiler holds a
 * declaration against the model by it; a function both takes and gives the type, so that neither a narrower nor a wider one will do.
 */
export interface ColumnOf<Value> extends Column {
  readonly holds?: (value: Value) => Value;
}

type ColumnOptions = Partial<Pick<Column, "unique" | "ordered" | "hidden" | "confidential" | "lifecycle" | "official">>;

type OrNull<Value, Nullable extends boolean> = Nullable extends true ? Value | null : Value;

type Declare<Value> = <const Nullable extends boolean = false>(
  description: string,
  options?: ColumnOptions & { nullable?: Nullable },
) => ColumnOf<OrNull<Value, Nullable>>;

function columnOf<Value>(codec: Codec, ofKind: ColumnOptions = {}): Declare<Value> {
  return (description, options = {}) => ({
    codec,
    description,
    nullable: false,
    unique: false,
    ordered: false,
    list: false,
    hidden: false,
    confidential: false,
    lifecycle: false,
    official: false,
    ...ofKind,
    ...options,
  });
}

/** Free text, compared exactly or folded. */
export const text = columnOf<string>(TEXT);
/** What a record is called: text that orders by its folded form. */
export const name = columnOf<string>(NAME);
/** A URL-safe, stable, unique word. It is chosen once: links, files and other systems know the record by it. */
export const slug = columnOf<string>(SLUG, { official: "onceSaid" });
/** ISO 3166-1 alpha-2. */
export const countryCode = columnOf<string>(COUNTRY_CODE);
/** An absolute http(s) URL. */
export const url = columnOf<string>(WEB_ADDRESS);
/** A 32-bit integer. */
export const integer = columnOf<number>(INTEGER);
/** A double precision number. */
export const decimal = columnOf<number>(DECIMAL);
export const boolean = columnOf<boolean>(BOOLEAN);
/** A year, a month or a day; compares by its first day. */
export const partialDate = columnOf<string>(PARTIAL_DATE);
/** A day, known to the day. */
export const date = columnOf<Date>(DATE);
/** An instant, to the millisecond. */
export const dateTime = columnOf<Date>(DATE_TIME);

export function enumeration<Word extends string>(
  enumName: string,
  description: string,
  values: Readonly<Record<Word, string>>,
): Enumeration<Word> {
  return { name: enumName, description, values };
}

/** One word of a closed list. */
export function oneOf<Word extends string, const Nullable extends boolean = false>(
  list: Enumeration<Word>,
  description: string,
  options?: ColumnOptions & { nullable?: Nullable },
): ColumnOf<OrNull<Word, Nullable>> {
  return { ...columnOf<Word>(wordOf(list))(description, options), enumeration: list };
}

/** Any number of values of a text or enum column, stored as text: `listOf(text("The themes."))`. */
export function listOf(column: Column): ColumnOf<string[]> {
  return { ...column, list: true, codec: severalOf(column.codec) };
}
