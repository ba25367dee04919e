// The vocabulary of what statistics group by: a dimension is declared once, and counts, labels and the enum come from it.
import sql, { type Sql } from "sql-template-tag";
import type { Enumeration } from "../database/declare/codec";
import type { Catalogue } from "../database/declare/catalogue";
import type { RecordType, RowColumn } from "../database/declare/record-type";
import { rowsAs } from "../database/read/columns";
import type { ReadContext } from "../database/read/context";
import { edgesAs } from "../database/read/edges";
import { upperFirst } from "../kernel/names";
import type { PerRow } from "./prices";

export interface Dimension {
  /** the word of the enum, such as CREATIVE_FIELD */
  name: string;
  description: string;
  /** what its values take, for each row of these tables, for the cost of a query */
  read: PerRow;
  /** where its values come from: one of the row itself, or those that a query finds for the ids of rows, as text */
  from: { value: (row: RowColumn) => Sql } | { values: (from: Sources) => Sql };
  labels: Labels;
  /** what people read where a record has no value */
  without: string;
  /** several values of a record stand in the order of numbers, not of code points */
  numeric?: true;
}

/** How a value is called: as a record is that has it in a unique column, by a word for each, or as it is. */
export type Labels =
  { of: RecordType; by: string; called: string } | { words: Readonly<Record<string, string>> } | "asItIs";

/** Where the SQL of a dimension takes its tables from, so that it counts nothing that the caller may not see. */
export class Sources {
  constructor(
    private readonly catalogue: Catalogue,
    readonly read: ReadContext,
    /** the day on which dated rows are taken */
    readonly day: string,
  ) {}

  get dayAsDate(): Sql {
    return sql`${this.day}::date`;
  }

  rows(type: RecordType, alias: string): Sql {
    return rowsAs(type, alias, this.read);
  }

  edges(table: string, alias: string): Sql {
    return edgesAs(this.catalogue, table, alias, this.read);
  }
}

const SMALL_WORDS = new Set(["and", "or", "of", "the", "in", "to"]);

/** The words of an enum for people to read: UP_TO_DATE is "Up to date". */
export function inSentences({ values }: Enumeration): Readonly<Record<string, string>> {
  return labelled(values, (words) => upperFirst(words.join(" ")));
}

/** The words of an enum that are proper names: ASIA_AND_THE_PACIFIC is "Asia and the Pacific". */
export function inTitles({ values }: Enumeration): Readonly<Record<string, string>> {
  return labelled(values, (words) => words.map((word) => (SMALL_WORDS.has(word) ? word : upperFirst(word))).join(" "));
}

function labelled(
  values: Readonly<Record<string, string>>,
  write: (words: string[]) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(values).map((value) => [value, write(value.toLowerCase().split("_"))]));
}
