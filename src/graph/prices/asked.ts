// What a field's price is told from, as plain data: nothing is read to know what something takes.
import type { Catalogue } from "../../database/declare/catalogue";
import type { Sizes } from "../../database/read/sizes";

export interface Asked {
  /** the arguments as they stand in the operation, with the values of its variables; whether they are right is not known yet */
  args: Readonly<Record<string, unknown>>;
  /** how many objects the field is asked of */
  times: number;
  /** the names of the fields that are selected of what it answers */
  selected: ReadonlySet<string>;
  sizes: Sizes;
  catalogue: Catalogue;
}

/** What a field takes for all objects that it is asked of, beside the answer itself; see units.ts for the unit. */
export type FieldPrice = (asked: Asked) => number;
