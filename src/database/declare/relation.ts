// Relations to many records. Each is declared in the later room of its two nouns, so the earlier one never learns of it.
import type { Role } from "../../kernel/viewer";
import type { RecordRow } from "../read/row";
import type { Column } from "./column";
import type { Dated, RecordType } from "./record-type";

interface RelationBase {
  from: RecordType;
  /** the field on `from`, and the name of the condition in its filter */
  name: string;
  to: RecordType;
  description: string;
  /** pages; for few rows a plain list of at most LIST_LIMIT; one record, where the database sees to it that it is one */
  shownAs: "connection" | "list" | "one" | "filterOnly";
  /** how many rows a list usually has, for the cost of a query */
  usually?: number;
  /** the roles that the field is shown to at all; it is null for others */
  shownTo?: readonly Role[];
}

/** The children of a record: rows of `to` whose reference column `by` names it. */
export interface ChildRelation extends RelationBase {
  kind: "children";
  by: string;
}

/** Records joined through rows of their own, which are the edges and may carry columns and dates. */
export interface JoinedRelation extends RelationBase {
  kind: "joined";
  join: Join;
  /**
   * The rows that the pages of one parent are read from, where `join` is a view over several tables: each parent's
   * rows stand in one of them, and only that one can give them in the order of its index.
   */
  joinOf?: (parent: RecordRow) => Join;
}

export interface Join {
  /** a table or view with a column `id` that an index orders within each parent */
  table: string;
  fromColumn: string;
  toColumn: string;
  /** columns that the edge shows */
  edge: Readonly<Record<string, Column>>;
  dated?: Dated;
  /** true for a view, whose rows no index finds: see related-rows.ts */
  isView?: true;
  /** what a missing day means: today, unless the relation is as much about the past */
  dayByDefault?: "anyTime";
}

export type Relation = ChildRelation | JoinedRelation;

export function children(relation: Omit<ChildRelation, "kind">): Relation {
  return { kind: "children", ...relation };
}

export function joined(relation: Omit<JoinedRelation, "kind">): Relation {
  return { kind: "joined", ...relation };
}

/** What a missing validOn means for a relation; undefined where nothing is dated. */
export function dayByDefault(relation: Relation): "today" | "anyTime" | undefined {
  if (datesOf(relation) === undefined) return undefined;
  return relation.kind === "joined" ? (relation.join.dayByDefault ?? "today") : "anyTime";
}

/** The dates of a relation's rows: the edge's own, or the child's. */
export function datesOf(relation: Relation): Dated | undefined {
  return relation.kind === "joined" ? relation.join.dated : relation.to.dated;
}
