// One write in its transaction, as the rules and verbs of the rooms see it: who writes, what day it is, and the session that
// everything is read and written by. Rules say what may be written beside what the database holds by constraints; verbs are what
// a domain does that is more than to create, change or delete.
import type { Column, ColumnOf } from "../declare/column";
import type { RecordType, Reference, Stored, StoredValue } from "../declare/record-type";
import type { Right } from "../declare/rights";
import type { Session } from "../database";
import type { ReadContext } from "../read/context";
import type { RecordRow, RowOf } from "../read/row";
import type { Values, ValuesOf } from "./write-record";

export interface Deed {
  readonly session: Session;
  readonly read: ReadContext;
  /** the instant that the request was made at, in UTC */
  readonly now: string;
}

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
  begin?: (deed: Deed, values: ValuesOf<Model>) => ValuesOf<Model>;
  /** what else must hold before it is written. @throws Refused */
  check?: (deed: Deed, change: Change<Model>) => void | Promise<void>;
  /** what comes with a new record */
  created?: (deed: Deed, id: string) => Promise<void>;
}

/** Rules for the records of one type, whose rows they get: `rulesOn(practice)({ … })`. */
export function rulesOn<Model>(on: RecordType<Model>): (rules: Omit<WriteRules<Model>, "on">) => WriteRules {
  // The machinery gives them rows of this type alone.
  return (rules) => ({ on, ...rules }) as unknown as WriteRules;
}

/** What a verb takes beside the record that it is done to, declared as columns and references are. */
export interface VerbInputs {
  columns?: Readonly<Record<string, Column>>;
  references?: Readonly<Record<string, Reference>>;
}

type InputValue<Input> =
  Input extends ColumnOf<infer Value> ? StoredValue<Value> : Input extends { nullable: false } ? string : string | null;

/** The values of inputs by their names: null where left out, references as UUIDs. */
export type GivenOf<Inputs extends VerbInputs> = {
  readonly [Name in keyof Inputs["columns"]]: InputValue<Inputs["columns"][Name]>;
} & { readonly [Name in keyof Inputs["references"]]: InputValue<Inputs["references"][Name]> };

export interface Verb {
  /** the mutation: `submitApplication` */
  name: string;
  /** the type of the record that it is done to, and whose holders hold the right */
  on: RecordType;
  may: Right;
  /** the type of the record that it answers with; that it is done to, where not given */
  gives?: RecordType;
  description: string;
  takes?: VerbInputs;
  /**
   * @param target the record as it stands
   * @returns the UUID of the record that it answers with
   * @throws Refused
   */
  act: (deed: Deed, target: RecordRow, given: Values) => Promise<string>;
}

interface VerbOn<Model, Inputs extends VerbInputs> extends Pick<Verb, "name" | "may" | "gives" | "description"> {
  takes?: Inputs;
  act: (deed: Deed, target: RowOf<Model>, given: GivenOf<Inputs>) => Promise<string>;
}

/** A verb that is done to records of one type, whose row it gets: `verbOn(city)({ … })`. */
export function verbOn<Model>(
  on: RecordType<Model>,
): <const Inputs extends VerbInputs>(verb: VerbOn<Model, Inputs>) => Verb {
  // The machinery gives it a row of this type, and the inputs that it takes.
  return (verb) => ({ on, ...verb }) as unknown as Verb;
}
