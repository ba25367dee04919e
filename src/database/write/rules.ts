// What must hold when a record is written, beside what the database holds by constraints.
import type { RecordType, Stored } from "../declare/record-type";
import type { RowOf } from "../read/row";
import type { WriteContext } from "./write-context";
import type { Values, ValuesOf } from "./write-record";

type NullableOf<Model> = { [Field in keyof Model]: null extends Model[Field] ? Field : never }[keyof Model];

/** The whole row as it will be. Of a new one, what may be null may be missing. */
export type WholeOf<Model> = unknown extends Model
  ? Values
  : Omit<Stored<Model>, "id" | NullableOf<Model>> & Partial<Pick<Stored<Model>, NullableOf<Model>>>;

/** What a write is about to make of a record: before is missing for a new one, after for one that goes. */
export interface Change<Model = unknown> {
  before?: RowOf<Model>;
  after?: WholeOf<Model>;
  /** the values that are written */
  values: ValuesOf<Model>;
}

export interface WriteRules<Model = unknown> {
  on: RecordType<Model>;
  /** the values that a new record begins with and that no input gives */
  begin?: (write: WriteContext, values: ValuesOf<Model>) => ValuesOf<Model>;
  /** what else must hold before it is written. @throws Refused */
  check?: (write: WriteContext, change: Change<Model>) => void | Promise<void>;
  /** what comes with a new record */
  created?: (write: WriteContext, id: string) => Promise<void>;
}

/** Rules for the records of one type, whose rows they get: `rulesOn(practice)({ … })`. */
export function rulesOn<Model>(on: RecordType<Model>): (rules: Omit<WriteRules<Model>, "on">) => WriteRules {
  // The machinery gives them rows of this type alone.
  return (rules) => ({ on, ...rules }) as unknown as WriteRules;
}
