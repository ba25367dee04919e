// How an update changes a list: the whole of it, or what comes to it, or what goes from it.
import type { ClassType } from "type-graphql";
import type { ListChange } from "../../database/write/owned-rows";
import { ITEMS_AT_MOST } from "../../database/declare/codecs";
import { refusal } from "../../kernel/user-errors";
import { addInput, OneOfInput, type GraphType } from "../declare-field";

const changes = new Map<string, ClassType>();

/** @param items what the items are called, such as AreaOfAction: the input is AreaOfActionListChange */
export function listChangeOf(items: string, item: GraphType): ClassType {
  const known = changes.get(items);
  if (known !== undefined) return known;
  class Change {}
  changes.set(items, Change);
  OneOfInput(
    `${items}ListChange`,
    "What becomes of a list: exactly one of a new list, what comes to it, or what goes from it.",
  )(Change);
  addInput(Change, { name: "set", type: () => [item], description: "The list is these; empty clears it." });
  addInput(Change, { name: "add", type: () => [item], description: "These are in it too." });
  addInput(Change, { name: "remove", type: () => [item], description: "These are in it no longer." });
  return Change;
}

/** A change, and where in the input its items stand. */
export interface GivenChange<Item> extends ListChange<Item> {
  at: string[];
}

/** From an update's `{ set | add | remove }`, or from the plain list of a create input. Null is a list that is cleared. */
export function readListChange<Item>(given: unknown, name: string): GivenChange<Item> {
  const change = toChange<Item>(given);
  const at = [name, ...(given === null || Array.isArray(given) ? [] : [change.kind])];
  if (change.items.length > ITEMS_AT_MOST) {
    throw refusal("INVALID", `${name} takes ${ITEMS_AT_MOST} items at most, but got ${change.items.length}`, ...at);
  }
  return { ...change, at };
}

function toChange<Item>(given: unknown): ListChange<Item> {
  if (given === null) return { kind: "set", items: [] };
  if (Array.isArray(given)) return { kind: "set", items: given as Item[] };
  const { set, add, remove } = given as { set?: Item[] | null; add?: Item[] | null; remove?: Item[] | null };
  if (add) return { kind: "add", items: add };
  if (remove) return { kind: "remove", items: remove };
  return { kind: "set", items: set ?? [] };
}
