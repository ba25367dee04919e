// A stored record as it is read: its columns under their names, and its type for interfaces and unions.
import type { RecordType, Stored } from "../declare/record-type";

/** A row of any type, for what works on all of them. */
export interface RecordRow {
  readonly __typename: string;
  readonly id: string;
  readonly [column: string]: unknown;
}

/** A row of the given model; of any where the model is not known. */
export type RowOf<Model> = unknown extends Model ? RecordRow : Stored<Model> & { readonly __typename: string };

export type SelectedRow = Readonly<Record<string, unknown>> & { id: string };

export function rowOf<Model>(type: RecordType<Model>, selected: SelectedRow): RowOf<Model> {
  const row: Record<string, unknown> = { __typename: type.name, id: selected.id };
  for (const column of Object.keys(type.columns)) row[column] = selected[column];
  for (const column of Object.keys(type.references)) row[column] = selected[column];
  // The declaration has the columns of its model, which the compiler saw to.
  return row as unknown as RowOf<Model>;
}
