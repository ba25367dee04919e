// A record type, declared once: from this come its lists, filters, orders, loaders, look-ups, search and load.
import type { Sql } from "sql-template-tag";
import { lowerFirst, snakeCase } from "../../kernel/names";
import type { Column, ColumnOf, Official } from "./column";
import type { DatasetFile, NameFile } from "./dataset-file";
import type { Audience, RecordRights } from "./rights";

/** A column that names another record: `countryId` shows as the field `country`. */
export interface Reference {
  /** a function, because two types may refer to each other */
  to: () => RecordType;
  /** where it may lead to records of other types too; files of the dataset name those of `to` alone */
  anyOf?: RecordUnion;
  description: string;
  nullable: boolean;
  /** the record is a part of what this names, and is deleted with it */
  goesAlong?: boolean;
  /** only a command of the record's lifecycle sets it: the inputs that create and update a record leave it out */
  lifecycle?: true;
  official?: Official;
}

/** What a column or a reference is a copy of, in the record that a reference leads to. */
export interface CopyOf {
  /** the reference: "reportId" */
  of: string;
  /** the column or reference of the record that it leads to: "status" */
  column: string;
}

/** Several types that one reference may lead to. */
export interface RecordUnion {
  name: string;
  description: string;
  members: () => readonly RecordType[];
}

/** The field of a union's filter that asks of one of its members: `City` is `city`. */
export function memberField(type: RecordType): string {
  return lowerFirst(type.name);
}

/** The two columns that say from when to when a row was true. */
export interface Dated {
  since: string;
  until: string;
}

/** A stored column of the row at hand: `row("cityId")`. */
export type RowColumn<Field extends string = string> = (column: Field) => Sql;

/** A value that no column holds: computed on read, shown, filtered and ordered as a column is. */
export interface Derived<Field extends string = string> {
  column: Column;
  /** how many rows of other tables it takes to know it of a row, for the cost of a query */
  lookUps: number;
  /** @param today the day that the question is asked on, as a date. Only what everybody may see may go into it */
  from: (row: RowColumn<Field>, today: Sql) => Sql;
}

/** Somebody who is something to a row, such as the lead of a project. */
export interface Party<Field extends string = string> {
  inWords: string;
  /** a query for their ids */
  ids: (row: RowColumn<Field>) => Sql;
}

export interface SearchedColumn {
  column: string;
  /** what a hit in this column is called in the answer */
  reason: "NAME" | "ACRONYM";
}

/** A row of a model as it is read: days and instants are text. */
export type Stored<Model> = { readonly [Field in keyof Model]: StoredValue<Model[Field]> };
export type StoredValue<Value> = Value extends Date ? string : Value;

/** @typeParam Model the row type that Prisma generates from the model */
export interface RecordType<Model = unknown> {
  /** of the compiler alone: a type's rows are of its model */
  readonly rows?: Stored<Model>;
  /** the name in the graph: `City` */
  name: string;
  /** the plural root field: `cities` */
  plural: string;
  table: string;
  /** the first part of its ids: `city` */
  tag: string;
  description: string;
  columns: Readonly<Record<string, Column>>;
  derived: Readonly<Record<string, Derived>>;
  references: Readonly<Record<string, Reference>>;
  /** columns and references that nobody gives: they are the same as in a record referred to, and change with it */
  copied: Readonly<Record<string, CopyOf>>;
  /** who may write a row: the Secretariat, the record itself (a city, a network), or the one that a reference names */
  authority: string;
  may: RecordRights;
  /** left out, everybody sees all rows */
  audience?: Audience;
  /** who else is something to a row that a right may be for, by its name in the right */
  parties?: Readonly<Record<string, Party>>;
  /** two records of it may turn out to be one: then one is merged into the other, and what led to it leads there */
  mergeable?: true;
  /** the columns that lists are ordered by when nothing is asked for; the id breaks ties */
  defaultOrder: readonly string[];
  dated?: Dated;
  /** the two columns of a place on earth, which is official where they are: gives the filter `near` and the order `DISTANCE` */
  located?: { latitude: string; longitude: string };
  /**
   * the column that is kept in other languages too: its field takes a language, and `names` has them all. Where it is official,
   * they all are: a record is found by any of them
   */
  named: string | undefined;
  search: readonly SearchedColumn[];
  /** how the root fields ask for one and for many; a list has no pages and holds at most LIST_LIMIT */
  roots: { one?: "ref" | "code"; many: "connection" | "list" };
  dataset?: DatasetFile<RecordType>;
  nameFile?: NameFile;
}

/** The most that an unpaged list of records holds. */
export const LIST_LIMIT = 300;

type FieldOf<Model> = Extract<keyof Model, string>;
type ReferenceOf<Model> = Extract<keyof Model, `${string}Id`>;
type ColumnNameOf<Model> = Exclude<FieldOf<Model>, "id" | ReferenceOf<Model>>;

/** What a declaration must say, checked against the row type that Prisma generates from the model. */
type Declaration<Model> = Omit<
  RecordType<Model>,
  | "rows"
  | "table"
  | "tag"
  | "columns"
  | "derived"
  | "references"
  | "copied"
  | "audience"
  | "parties"
  | "named"
  | "search"
  | "defaultOrder"
  | "dated"
  | "located"
> & {
  columns: { readonly [Field in ColumnNameOf<Model>]: ColumnOf<Model[Field]> };
  references: {
    readonly [Field in ReferenceOf<Model>]: Reference & { nullable: null extends Model[Field] ? true : false };
  };
  derived?: Readonly<Record<string, Derived<FieldOf<Model>>>>;
  copied?: Readonly<Partial<Record<Exclude<FieldOf<Model>, "id">, CopyOf & { of: ReferenceOf<Model> }>>>;
  audience?: Audience<FieldOf<Model>>;
  parties?: Readonly<Record<string, Party<FieldOf<Model>>>>;
  defaultOrder: readonly FieldOf<Model>[];
  dated?: { since: ColumnNameOf<Model>; until: ColumnNameOf<Model> };
  located?: { latitude: ColumnNameOf<Model>; longitude: ColumnNameOf<Model> };
  named?: ColumnNameOf<Model>;
  search?: readonly (SearchedColumn & { column: ColumnNameOf<Model> })[];
};

/**
 * `recordType<City>()({ … })`: every column of the model is declared, with its type, and null where the model has it; or it does not compile.
 */
export function recordType<Model>(): (declaration: Declaration<Model>) => RecordType<Model> {
  return (declaration) => {
    const table = snakeCase(declaration.name);
    return {
      named: undefined,
      search: [],
      derived: {},
      copied: {},
      ...declaration,
      columns: declaration.columns,
      references: declaration.references,
      table,
      tag: table.replaceAll("_", "-"),
    };
  };
}

/** The field that a reference column shows as: `countryId` is `country`. */
export function referenceField(column: string): string {
  return column.replace(/Id$/, "");
}

/** All that a record shows by a value of its own: stored columns and derived ones. */
export function shownColumns(type: RecordType): Readonly<Record<string, Column>> {
  const derived = Object.entries(type.derived).map(([name, { column }]) => [name, column] as const);
  return { ...type.columns, ...Object.fromEntries(derived) };
}

/** A declared column of the type. @throws for a name that the declaration does not have: a mistake in the code */
export function columnNamed(type: RecordType, column: string): Column {
  const found = type.columns[column] ?? type.derived[column]?.column;
  if (found === undefined) throw new Error(`${type.name} declares no column ${column}`);
  return found;
}
