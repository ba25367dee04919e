// Parts of SQL that no parameter can stand for: names, types, words and signs. They come from declarations and from this program, never from a
// request; what has not their form is refused all the same. No other file makes SQL out of text.
import { raw, type Sql } from "sql-template-tag";
import { snakeCase } from "../kernel/names";

/** The name of a table, a column or an alias, quoted. @throws for what is none: a mistake in the code */
export function identifier(name: string): Sql {
  return raw(`"${named(name)}"`);
}

/** The same of a column by its name in the code. */
export function columnIdentifier(name: string): Sql {
  return identifier(snakeCase(name));
}

/** A column of a table, or of a row, under an alias: `at("c1", "countryId")` is c1."country_id". */
export function at(alias: string, column: string): Sql {
  return raw(`${named(alias)}."${named(snakeCase(column))}"`);
}

export function tableAs(table: string, alias: string): Sql {
  return raw(`"${named(table)}" ${named(alias)}`);
}

/** A type, or an array of one: int4, text[]. */
export function sqlType(type: string): Sql {
  if (!TYPE.test(type)) throw new Error(`no type of SQL is called ${type}`);
  return raw(type);
}

/** A word as a literal: where a parameter would keep the planner from an index on rows that have it. */
export function literal(text: string): Sql {
  if (!LITERAL.test(text)) throw new Error(`${text} is no word`);
  return raw(`'${text}'`);
}

/** A whole number, such as the place of an item in an array. */
export function number(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number`);
  return raw(String(value));
}

const WORDS = [
  ...["ASC", "DESC", "NULLS FIRST", "NULLS LAST", "IS NULL", "IS NOT NULL", "true", "false"],
  ...["=", "<>", "<", "<=", ">", ">=", "&&", "@>"],
] as const;

/** A word or a sign of SQL. */
export type Word = (typeof WORDS)[number];

export function word(text: Word): Sql {
  if (!WORDS.includes(text)) throw new Error("SQL has no such word here");
  return raw(text);
}

export function truth(value: boolean): Sql {
  return word(value ? "true" : "false");
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LITERAL = /^-?[A-Za-z_]+$/;
const TYPE = /^[a-z_][a-z0-9_]*(\[\])?$/;

function named(name: string): string {
  if (!NAME.test(name)) throw new Error(`no name of SQL is ${name}`);
  return name;
}
