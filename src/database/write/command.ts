// What a domain does to its records that is more than to create, change or delete: declared beside the noun.
import type { Column, ColumnOf } from "../declare/column";
import type { RecordType, Reference, StoredValue } from "../declare/record-type";
import type { Right } from "../declare/rights";
import type { RecordRow, RowOf } from "../read/row";
import type { WriteContext } from "./write-context";
import type { Values } from "./write-record";

/** What a command takes beside the record that it is done to, declared as columns and references are. */
export interface CommandInputs {
  columns?: Readonly<Record<string, Column>>;
  references?: Readonly<Record<string, Reference>>;
}

type InputValue<Input> =
  Input extends ColumnOf<infer Value> ? StoredValue<Value> : Input extends { nullable: false } ? string : string | null;

/** The values of inputs by their names: null where left out, references as UUIDs. */
export type GivenOf<Inputs extends CommandInputs> = {
  readonly [Name in keyof Inputs["columns"]]: InputValue<Inputs["columns"][Name]>;
} & { readonly [Name in keyof Inputs["references"]]: InputValue<Inputs["references"][Name]> };

export interface Command {
  /** the mutation: `submitApplication` */
  name: string;
  /** the type of the record that it is done to, and whose holders hold the right */
  on: RecordType;
  may: Right;
  /** the type of the record that it answers with; that it is done to, where not given */
  gives?: RecordType;
  description: string;
  takes?: CommandInputs;
  /**
   * @param target the record as it stands
   * @returns the UUID of the record that it answers with
   * @throws Refused
   */
  act: (write: WriteContext, target: RecordRow, given: Values) => Promise<string>;
}

interface CommandOn<Model, Inputs extends CommandInputs> extends Pick<
  Command,
  "name" | "may" | "gives" | "description"
> {
  takes?: Inputs;
  act: (write: WriteContext, target: RowOf<Model>, given: GivenOf<Inputs>) => Promise<string>;
}

/** A command that is done to records of one type, whose row it gets: `commandOn(city)({ … })`. */
export function commandOn<Model>(
  on: RecordType<Model>,
): <const Inputs extends CommandInputs>(command: CommandOn<Model, Inputs>) => Command {
  // The machinery gives it a row of this type, and the inputs that it takes.
  return (command) => ({ on, ...command }) as unknown as Command;
}
