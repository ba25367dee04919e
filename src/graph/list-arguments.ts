// The arguments that every list has beside its page: filter, order and day. The same for root lists and for relations.
import { ArgsType, type ClassType } from "type-graphql";
import type { RecordType } from "../database/declare/record-type";
import type { FilterInput } from "../database/read/filter";
import type { View } from "../database/read/page";
import type { PageArgs } from "./connection";
import { addInput } from "./declare-field";
import { DAY_DESCRIPTIONS, filterOf } from "./filter-inputs";
import { orderByOf, orderOf, type OrderInput } from "./order-inputs";
import { DateScalar } from "./scalars";

/** What differs between lists of one type. */
export interface ListKind {
  /** the order where none is given: the type's usual one, or that in which the joining rows were recorded */
  order: "usual" | "recorded";
  /** what a missing validOn means; undefined where nothing is dated */
  day: "today" | "anyTime" | undefined;
}

const ORDER_DESCRIPTIONS = {
  usual: "The order, by one key after the other; left out, the usual one.",
  recorded: "The order, by one key after the other; left out, as they were recorded.",
};

/** What is given of them. */
export interface ListArgs {
  filter?: FilterInput | null;
  orderBy?: OrderInput[] | null;
  validOn?: string | null;
}

/** The class of the arguments of a list. @param more those of its pages, where it has pages */
export function listArgs(type: RecordType, kind: ListKind): ClassType<ListArgs>;
export function listArgs(type: RecordType, kind: ListKind, more: typeof PageArgs): ClassType<ListArgs & PageArgs>;
export function listArgs(type: RecordType, kind: ListKind, more?: typeof PageArgs): ClassType<ListArgs> {
  const List = more === undefined ? class {} : class extends more {};
  ArgsType()(List);
  addInput(List, { name: "filter", type: () => filterOf(type), description: "Only those that fulfil this." });
  const order = orderOf(type);
  if (order !== undefined) {
    addInput(List, { name: "orderBy", type: () => [order], description: ORDER_DESCRIPTIONS[kind.order] });
  }
  if (kind.day !== undefined) {
    addInput(List, { name: "validOn", type: () => DateScalar, description: DAY_DESCRIPTIONS[kind.day] });
  }
  return List;
}

export function viewOf(type: RecordType, kind: ListKind, { filter, orderBy, validOn }: ListArgs): View {
  return {
    ...(filter ? { filter } : {}),
    // An order by a column of a joined record would read all of a parent's rows for each page: only where it is asked for.
    orderBy: orderByOf(type, orderBy, kind.order === "usual" ? type.defaultOrder : []),
    validOn,
  };
}
