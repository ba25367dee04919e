// The comparators of the filter language, one input type for each type of value. All comparisons that one comparator
// gives must hold.
import { Float, ID, InputType, Int, type ClassType } from "type-graphql";
import type { ColumnKind } from "../database/declare/codec";
import type { Column } from "../database/declare/column";
import { VALUES_AT_MOST } from "../database/read/comparison";
import { addInput, type GraphType } from "./declare-field";
import { enumOf } from "./enums";
import { CountryCodeScalar, DateScalar, DateTimeScalar, PartialDateScalar, UrlScalar } from "./scalars";

const MEANINGS = {
  eq: "Equal to this.",
  in: `Equal to one of these, ${VALUES_AT_MOST} at most.`,
  lt: "Less than this.",
  lte: "This or less.",
  gt: "Greater than this.",
  gte: "This or greater.",
  contains: "Contains this text, letter for letter.",
  startsWith: "Begins with this text, letter for letter.",
  matches: "Contains this text, case, accents and punctuation aside: `krakow` finds Kraków.",
  isNull: "True: not known. False: known.",
} as const;

type Comparison = keyof typeof MEANINGS;

const EQUALITY: readonly Comparison[] = ["eq", "in", "isNull"];
const ORDER: readonly Comparison[] = ["eq", "in", "lt", "lte", "gt", "gte", "isNull"];
const TEXT: readonly Comparison[] = [...ORDER, "contains", "startsWith", "matches"];

const made = new Map<string, ClassType>();

function comparator(
  name: string,
  description: string,
  value: () => GraphType,
  comparisons: readonly Comparison[],
): ClassType {
  const known = made.get(name);
  if (known !== undefined) return known;
  class Comparator {}
  InputType(name, { description: `${description} Every comparison that is given must hold.` })(Comparator);
  for (const comparison of comparisons) {
    const type = comparison === "isNull" ? () => Boolean : comparison === "in" ? (): [GraphType] => [value()] : value;
    addInput(Comparator, { name: comparison, type, description: MEANINGS[comparison] });
  }
  made.set(name, Comparator);
  return Comparator;
}

function listComparator(name: string, description: string, value: () => GraphType): ClassType {
  const known = made.get(name);
  if (known !== undefined) return known;
  class ListComparator {}
  made.set(name, ListComparator);
  InputType(name, { description: `${description} Every comparison that is given must hold.` })(ListComparator);
  addInput(ListComparator, { name: "has", type: value, description: "This is one of them." });
  addInput(ListComparator, {
    name: "hasAny",
    type: () => [value()],
    description: "At least one of these is one of them.",
  });
  addInput(ListComparator, { name: "hasAll", type: () => [value()], description: "All of these are among them." });
  addInput(ListComparator, {
    name: "isEmpty",
    type: () => Boolean,
    description: "True: there are none. False: there are some.",
  });
  return ListComparator;
}

export const IntComparator = comparator("IntComparator", "Compares a whole number.", () => Int, ORDER);

export const IdComparator = comparator("IdComparator", "Compares an id.", () => ID, ["eq", "in"]);

/** What a kind of column is in the graph. */
interface GraphKind {
  type: GraphType;
  comparator: () => ClassType;
}

const stringComparator = (): ClassType =>
  comparator("StringComparator", "Compares text; the order is that of Unicode code points.", () => String, TEXT);
const ofText: GraphKind = { type: String, comparator: stringComparator };

// A kind that lacks a part does not compile; what an enum is depends on its words.
const KINDS: Readonly<Record<Exclude<ColumnKind, "enum">, GraphKind>> = {
  text: ofText,
  name: ofText,
  slug: ofText,
  url: { type: UrlScalar, comparator: stringComparator },
  countryCode: {
    type: CountryCodeScalar,
    comparator: () =>
      comparator("CountryCodeComparator", "Compares a country code.", () => CountryCodeScalar, EQUALITY),
  },
  integer: { type: Int, comparator: () => IntComparator },
  decimal: { type: Float, comparator: () => comparator("FloatComparator", "Compares a number.", () => Float, ORDER) },
  boolean: {
    type: Boolean,
    comparator: () => comparator("BooleanComparator", "Compares true and false.", () => Boolean, ["eq", "isNull"]),
  },
  partialDate: {
    type: PartialDateScalar,
    comparator: () =>
      comparator(
        "PartialDateComparator",
        "Compares a date that may be known in part, by its first day: 2016 is 2016-01-01.",
        () => PartialDateScalar,
        ORDER,
      ),
  },
  date: {
    type: DateScalar,
    comparator: () => comparator("DateComparator", "Compares a day.", () => DateScalar, ORDER),
  },
  dateTime: {
    type: DateTimeScalar,
    comparator: () => comparator("DateTimeComparator", "Compares an instant.", () => DateTimeScalar, ORDER),
  },
};

function kindOf({ codec: { kind }, enumeration }: Column): GraphKind {
  if (kind !== "enum") return KINDS[kind];
  if (enumeration === undefined) throw new Error("an enum column must say which enum");
  const words = enumOf(enumeration);
  const { name } = enumeration;
  return {
    type: words,
    comparator: () => comparator(`${name}Comparator`, `Compares a ${name}.`, () => words, EQUALITY),
  };
}

/** The type of a column in the graph. */
export function graphTypeOf(column: Column): GraphType | [GraphType] {
  return column.list ? [itemTypeOf(column)] : itemTypeOf(column);
}

/** The type of each value of a list, or of the one value that a column holds. */
export function itemTypeOf(column: Column): GraphType {
  return kindOf(column).type;
}

export function comparatorOf(column: Column): ClassType {
  if (!column.list) return kindOf(column).comparator();
  const words = column.enumeration?.name ?? "String";
  return listComparator(`${words}ListComparator`, `Compares a list of ${words}.`, () => itemTypeOf(column));
}
