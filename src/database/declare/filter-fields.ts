// The fields that the filter of a record type has: the inputs of the graph, the SQL and the price of a filter are made from this one list.
import type { Sql } from "sql-template-tag";
import type { Column } from "./column";
import { referenceField, shownColumns, type Dated, type RecordType, type Reference } from "./record-type";
import type { Relation } from "./relation";

/** A condition of its own: on a day, such as being a member then (`memberOn: "2018-12-31"`), or within a number of days. */
export interface Condition {
  on: RecordType;
  name: string;
  description: string;
  takes: "day" | "days";
  /** how many rows of other tables it takes to know it of a row, for the cost of a query */
  lookUps: number;
  /**
   * True for the row under the alias, and never unknown.
   * @param given the day as a date, or the number of days from today as an int4
   * @param today the day that the question is asked on, as a date
   */
  holds: (alias: string, given: Sql, today: Sql) => Sql;
}

/** What a field of a filter asks of a row. */
export type FilterField =
  | { kind: "and" | "or" | "not" | "id" | "near" }
  | { kind: "validOn"; dates: Dated }
  | { kind: "condition"; condition: Condition }
  | { kind: "column"; column: Column }
  | { kind: "reference"; column: string; reference: Reference }
  | { kind: "relation"; relation: Relation };

export type FilterFields = ReadonlyMap<string, FilterField>;

/**
 * The fields of the filter of a type, by their names.
 * @throws where two things that are declared of the type have one name: a mistake in the code, which shows at the start
 */
export function filterFields(
  type: RecordType,
  conditions: readonly Condition[],
  relations: readonly Relation[],
): FilterFields {
  const fields = new Map<string, FilterField>();
  const add = (name: string, field: FilterField): void => {
    if (fields.has(name)) throw new Error(`the filter of ${type.name} has two fields called ${name}`);
    fields.set(name, field);
  };
  for (const kind of ["and", "or", "not", "id"] as const) add(kind, { kind });
  if (type.dated !== undefined) add("validOn", { kind: "validOn", dates: type.dated });
  if (type.located !== undefined) add("near", { kind: "near" });
  for (const condition of conditions) add(condition.name, { kind: "condition", condition });
  for (const [name, column] of Object.entries(shownColumns(type))) add(name, { kind: "column", column });
  for (const [column, reference] of Object.entries(type.references)) {
    add(referenceField(column), { kind: "reference", column, reference });
  }
  for (const relation of relations) add(relation.name, { kind: "relation", relation });
  return fields;
}
