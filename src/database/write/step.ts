// A verb that does nothing but lead a record from one state of its life to the next.
import type { Outcome } from "../../kernel/life";
import { allowed } from "../../kernel/user-errors";
import { recordsById } from "../read/records";
import type { RowOf } from "../read/row";
import type { RecordType } from "../declare/record-type";
import type { Right } from "../declare/rights";
import { verbOn, type Deed, type Verb } from "./deed";
import { updateRecord, type ValuesOf } from "./write-record";

/** The columns of a model that hold a word of a list. */
type StateColumn<Model> = {
  [Field in keyof Model]: Model[Field] extends string ? (string extends Model[Field] ? never : Field) : never;
}[keyof Model] &
  string;

export interface Step<Model> extends Pick<Verb, "name" | "may" | "description"> {
  on: RecordType<Model>;
  /** the column that holds the state */
  column: StateColumn<Model>;
  /** where the record is led, or why not */
  next: (target: RowOf<Model>, deed: Deed) => Outcome<string> | Promise<Outcome<string>>;
  /** what is written with the state */
  also?: (deed: Deed) => ValuesOf<Model>;
}

export function step<Model extends { id: string }>({
  name,
  on,
  may,
  description,
  column,
  next,
  also,
}: Step<Model>): Verb {
  return verbOn(on)({
    name,
    may,
    description,
    act: async (deed, target) => {
      const state = allowed(await next(target, deed));
      const { id } = target;
      await updateRecord<unknown>(deed.session, on, id, { [column]: state, ...also?.(deed) });
      return id;
    },
  });
}

/** Makes the steps of one life: each by its mutation's name, the event that it is, and who may. */
export function stepsOf<Model extends { id: string }, Event>(
  on: RecordType<Model>,
  column: StateColumn<Model>,
  next: (target: RowOf<Model>, event: Event, deed: Deed) => Outcome<string>,
): (name: string, event: Event, may: Right, description: string, also?: (deed: Deed) => ValuesOf<Model>) => Verb {
  return (name, event, may, description, also) =>
    step({
      name,
      may,
      on,
      column,
      description,
      next: (target, deed) => next(target, event, deed),
      ...(also === undefined ? {} : { also }),
    });
}

/** The record that a column of another names. @throws where there is none: the column must hold one, and the caller see it */
export async function recordNamed<Model>(deed: Deed, type: RecordType<Model>, id: string): Promise<RowOf<Model>> {
  const [row] = await recordsById(deed.session, deed.read, type, [id]);
  if (row === undefined) throw new Error(`the ${type.name} ${id} is not there`);
  return row;
}
