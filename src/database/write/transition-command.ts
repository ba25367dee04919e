// A command that does nothing but lead a record from one state of its lifecycle to the next.
import type { Outcome } from "../../kernel/lifecycle";
import { allowed } from "../../kernel/user-errors";
import { recordsById } from "../read/records";
import type { RowOf } from "../read/row";
import type { RecordType } from "../declare/record-type";
import type { Right } from "../declare/rights";
import { type Command, commandOn } from "./command";
import type { WriteContext } from "./write-context";
import { updateRecord, type ValuesOf } from "./write-record";

/** The columns of a model that hold a word of a list. */
type StateColumn<Model> = {
  [Field in keyof Model]: Model[Field] extends string ? (string extends Model[Field] ? never : Field) : never;
}[keyof Model] &
  string;

export interface TransitionCommand<Model> extends Pick<Command, "name" | "may" | "description"> {
  on: RecordType<Model>;
  /** the column that holds the state */
  column: StateColumn<Model>;
  /** where the record is led, or why not */
  next: (target: RowOf<Model>, write: WriteContext) => Outcome<string> | Promise<Outcome<string>>;
  /** what is written with the state */
  also?: (write: WriteContext) => ValuesOf<Model>;
}

export function transition<Model extends { id: string }>({
  name,
  on,
  may,
  description,
  column,
  next,
  also,
}: TransitionCommand<Model>): Command {
  return commandOn(on)({
    name,
    may,
    description,
    act: async (write, target) => {
      const state = allowed(await next(target, write));
      const { id } = target;
      await updateRecord<unknown>(write.session, on, id, { [column]: state, ...also?.(write) });
      return id;
    },
  });
}

/** Makes the transitions of one lifecycle: each by its mutation's name, the event that it is, and who may. */
export function transitionsOf<Model extends { id: string }, Event>(
  on: RecordType<Model>,
  column: StateColumn<Model>,
  next: (target: RowOf<Model>, event: Event, write: WriteContext) => Outcome<string>,
): (
  name: string,
  event: Event,
  may: Right,
  description: string,
  also?: (write: WriteContext) => ValuesOf<Model>,
) => Command {
  return (name, event, may, description, also) =>
    transition({
      name,
      may,
      on,
      column,
      description,
      next: (target, write) => next(target, event, write),
      ...(also === undefined ? {} : { also }),
    });
}

/** The record that a column of another names. @throws where there is none: the column must hold one, and the caller see it */
export async function recordNamed<Model>(
  write: WriteContext,
  type: RecordType<Model>,
  id: string,
): Promise<RowOf<Model>> {
  const [row] = await recordsById(write.session, write.read, type, [id]);
  if (row === undefined) throw new Error(`the ${type.name} ${id} is not there`);
  return row;
}
