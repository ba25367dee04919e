// Comparators as SQL. Every value is a parameter with its cast; lists are one array parameter, so that a statement's
// text does not change with its values.
import sql, { empty, join, type Sql } from "sql-template-tag";
import { badInput } from "../../kernel/errors";
import { decodeId } from "../../kernel/ids";
import type { Column } from "../declare/column";
import type { RecordType } from "../declare/record-type";
import { word, type Word } from "../sql";

type Comparator = Readonly<Record<string, unknown>>;

/** The most values that one `in` may list. */
export const VALUES_AT_MOST = 500;

const OPERATORS: Readonly<Record<string, Word>> = {
  ...{ eq: "=", lt: "<", lte: "<=", gt: ">", gte: ">=" },
  ...{ hasAny: "&&", hasAll: "@>" },
} as const;

export function compareColumn(column: Column, comparator: Comparator, value: Sql, count: () => void): Sql[] {
  if (column.list) return compareList(comparator, value, count);
  const { codec } = column;
  const left = codec.compared(value);
  return compare(comparator, count, (operator, given) => {
    switch (operator) {
      case "isNull":
        return sql`${value} ${word(given === true ? "IS NULL" : "IS NOT NULL")}`;
      case "in":
        return sql`${left} = ANY (${codec.givenSeveral(listed(given))})`;
      case "contains":
        return sql`${value} LIKE ${`%${likePattern(given as string)}%`}::text`;
      case "startsWith":
        return sql`${value} LIKE ${`${likePattern(given as string)}%`}::text`;
      case "matches":
        // Text without a letter or a digit folds to nothing, which every text would contain.
        return sql`(fold(${given}::text) <> '' AND fold(${value}) LIKE '%' || fold(${given}::text) || '%')`;
      case "eq":
        return sql`${left} = ${codec.given(given)}`;
      default:
        return sql`${left} ${word(operatorSign(operator))} ${codec.given(given)}${codec.isCollated ? sql` COLLATE "C"` : empty}`;
    }
  });
}

/** A list of words: what it has of others. */
export function compareList(comparator: Comparator, value: Sql, count: () => void): Sql[] {
  return compare(comparator, count, (operator, given) => {
    if (operator === "has") return sql`${value} @> ARRAY[${given}::text]`;
    if (operator === "isEmpty") return sql`${value} ${word(given === true ? "=" : "<>")} '{}'`;
    return sql`${value} ${word(operatorSign(operator))} ${listed(given)}::text[]`;
  });
}

export interface CountComparison {
  /** the comparisons of a number, all of which must hold */
  comparisons: (counted: Sql) => Sql[];
  /** whether they hold of 0 */
  zeroFits: boolean;
}

/** A count of related rows, compared as an integer. */
export function compareCount(comparator: Comparator, count: () => void): CountComparison {
  const given = compare(comparator, count, (operator, value) => [operator, value] as const);
  return {
    comparisons: (counted) =>
      given.map(([operator, value]) => {
        if (operator === "isNull") return value === true ? sql`false` : sql`true`;
        if (operator === "in") return sql`${counted} = ANY (${listed(value)}::int4[])`;
        return sql`${counted} ${word(operatorSign(operator))} ${value}::int4`;
      }),
    zeroFits: given.every(([operator, value]) => ZERO_FITS[operator]?.(value) ?? false),
  };
}

const ZERO_FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  eq: (value) => value === 0,
  lt: (value) => 0 < Number(value),
  lte: (value) => 0 <= Number(value),
  gt: (value) => 0 > Number(value),
  gte: (value) => 0 >= Number(value),
  in: (value) => (value as number[]).includes(0),
  isNull: (value) => value === false,
};

/** An id of the type, compared. Ids of other types are well-formed and simply none of these. */
export function comparedId(type: RecordType, comparator: Comparator, value: Sql): Sql {
  const uuids = (ids: string[]): string[] =>
    ids.map(decodeId).flatMap(({ tag, uuid }) => (tag === type.tag ? [uuid] : []));
  const tests = compare(
    comparator,
    () => undefined,
    (operator, given) =>
      sql`${value} = ANY (${uuids(operator === "eq" ? [given as string] : listed<string>(given))}::uuid[])`,
  );
  return join(tests, " AND ");
}

function compare<Compared>(
  comparator: Comparator,
  count: () => void,
  one: (operator: string, given: unknown) => Compared,
): Compared[] {
  const given = Object.entries(comparator).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw badInput("EMPTY_CONDITION", "a comparator must say at least one comparison");
  return given.map(([operator, value]) => {
    if (value === null) throw badInput("NULL_IN_FILTER", `"${operator}" must not be null: use isNull`);
    count();
    return one(operator, value);
  });
}

function listed<T>(given: unknown): T[] {
  const values = given as T[];
  if (values.length > VALUES_AT_MOST) {
    throw badInput("FILTER_TOO_LARGE", `"in" may list ${VALUES_AT_MOST} values at most, but got ${values.length}`);
  }
  return values;
}

function operatorSign(operator: string): Word {
  const sign = OPERATORS[operator];
  if (sign === undefined) throw new Error(`there is no comparison ${operator}`);
  return sign;
}

// In LIKE, % and _ stand for other text and \ takes that away: a user's own are meant as they are.
function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
