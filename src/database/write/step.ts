// A verb that does nothing but lead a record from one state of its life to the next.
import type { Outcome } from "../../kernel/life";
import { allowed } from "../../kernel/user-errors";
import { recordsById } from "../read/records";
import type { RecordRow } from "../read/row";
import type { RecordType } from "../declare/record-type";
import type { Deed, Verb } from "./deed";
import { updateRecord, type Values } from "./write-record";

export interface Step extends Pick<Verb, "name" | "on" | "description"> {
  /** the column that holds the state */
  column: string;
  /** where the record is led, or why not */
  next: (target: RecordRow, deed: Deed) => Outcome<string> | Promise<Outcome<string>>;
  /** what is written with the state */
  also?: (deed: Deed) => Values;
}

export function step({ name, on, description, column, next, also }: Step): Verb {
  return {
    name,
    on,
    description,
    act: async (deed, target) => {
      const state = allowed(await next(target, deed));
      await updateRecord(deed.session, on, target.id, { [column]: state, ...also?.(deed) });
      return target.id;
    },
  };
}

/** Makes the steps of one life: each by its mutation's name and the event that it is. */
export function stepsOf<Event>(
  on: RecordType,
  column: string,
  next: (target: RecordRow, event: Event, deed: Deed) => Outcome<string>,
): (name: string, event: Event, description: string, also?: (deed: Deed) => Values) => Verb {
  return (name, event, description, also) =>
    step({
      name,
      on,
      column,
      description,
      next: (target, deed) => next(target, event, deed),
      ...(also === undefined ? {} : { also }),
    });
}

/** The record that a column of another names. @throws where there is none: the column must hold one, and the caller see it */
export async function recordNamed(deed: Deed, type: RecordType, id: unknown): Promise<RecordRow> {
  const [row] = await recordsById(deed.session, deed.read, type, [id as string]);
  if (row === undefined) throw new Error(`the ${type.name} ${String(id)} is not there`);
  return row;
}
