// The arguments that every list has beside its page: filter, order and day. The same for root lists and for relations.
import type { FilterTypes } from "../database/declare/catalogue";
import type { RecordType } from "../database/declare/record-type";
import type { View } from "../database/read/page";
import type { ArgDeclaration } from "./declare-field";
import { DAY_DESCRIPTIONS } from "./filter-inputs";
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

export function listArguments(type: RecordType, kind: ListKind, inputs: FilterTypes): ArgDeclaration[] {
  const filter = inputs.filterOf(type);
  const order = orderOf(type);
  const args: ArgDeclaration[] = [{ name: "filter", type: () => filter, description: "Only those that fulfil this." }];
  if (order !== undefined) {
    args.push({ name: "orderBy", type: () => [order], description: ORDER_DESCRIPTIONS[kind.order] });
  }
  if (kind.day !== undefined) {
    args.push({ name: "validOn", type: () => DateScalar, description: DAY_DESCRIPTIONS[kind.day] });
  }
  return args;
}

export function viewOf(type: RecordType, kind: ListKind, args: Readonly<Record<string, unknown>>): View {
  const filter = (args.filter ?? undefined) as View["filter"];
  return {
    ...(filter === undefined ? {} : { filter }),
    // An order by a column of a joined record would read all of a parent's rows for each page: only where it is asked for.
    orderBy: orderByOf(type, args.orderBy as OrderInput[] | undefined, kind.order === "usual" ? type.defaultOrder : []),
    validOn: args.validOn as string | null | undefined,
  };
}
