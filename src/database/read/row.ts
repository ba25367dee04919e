// A stored record as the resolvers see it: its columns under their names, and its type for interfaces and unions.
import type { RecordType } from "../declare/record-type";

export interface RecordRow {
  readonly __typename: string;
  readonly id: string;
  readonly [column: string]: unknown;
}

/** The row of a given model, for hand-written fields. */
export type RowOf<Model> = Model & { readonly __typename: string };

export type SelectedRow = Readonly<Record<string, unknown>> & { id: string };

export function rowOf(type: RecordType, selected: SelectedRow): RecordRow {
  const row: Record<string, unknown> = { __typename: type.name, id: selected.id };
  for (const column of Object.keys(type.columns)) row[column] = selected[column];
  for (const column of Object.keys(type.references)) row[column] = selected[column];
  return row as unknown as RecordRow;
}
