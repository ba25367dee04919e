// What a list takes: its page, its total and what lies beyond its cursors are a statement each, and each looks at all rows that the list
// could have where a filter or an order asks something of them.
import { columnNamed, LIST_LIMIT, shownColumns, type RecordType } from "../../database/declare/record-type";
import { datesOf, type Relation } from "../../database/declare/relation";
import type { Sizes } from "../../database/read/sizes";
import { constantCase } from "../../kernel/names";
import type { Asked, FieldPrice } from "./asked";
import { EMPTY, FilterPrice, lookUpsOf, rowsOfRelation } from "./filter-price";
import type { ListSize } from "./field-cost";
import { pageSizeOf } from "./page-size";
import { RELATION, ROW, STATEMENT, workPrice } from "./units";

const OF_A_PAGE = ["edges", "nodes", "pageInfo"];

/**
 * The price of a list of all records of a type, or of those that a relation leads to.
 * @param shownAs a connection reads what is selected of it; a plain list is read in any case
 */
export function listPrice(list: RecordType | Relation, shownAs: "connection" | "list"): FieldPrice {
  const type = "table" in list ? list : list.to;
  const relation = "table" in list ? undefined : list;
  return ({ args, times, selected, sizes, catalogue }) => {
    const { looked, isView } = rowsLookedAt(sizes, type, relation, times);
    const filter = args.filter ?? undefined;
    const filtered =
      filter === undefined
        ? 0
        : looked * ROW.scanned + new FilterPrice(catalogue, sizes).ofListed(type, filter, looked);
    const dated = relation !== undefined && datesOf(relation) !== undefined ? ROW.dated : 0;
    const found = times * (isView ? RELATION.viewAsked : RELATION.asked) + (isView ? RELATION.viewPlanned : 0);
    const { ordered, perBound } = orderPrice(sizes, type, args.orderBy, filter !== undefined || isView);
    const bounds = ["after", "before"].filter((name) => typeof args[name] === "string").length;
    const isRead = shownAs === "list" || OF_A_PAGE.some((name) => selected.has(name));
    const page = STATEMENT + found + filtered + looked * (ordered + bounds * perBound);
    const total = STATEMENT + found + filtered + looked * (relation === undefined ? ROW.scanned : ROW.found + dated);
    return (
      (isRead ? page : 0) +
      (shownAs === "connection" && selected.has("totalCount") ? total : 0) +
      (selected.has("pageInfo") ? bounds * page : 0)
    );
  };
}

/** How many records a list may have: as many as its page, or a plain list, may hold, and as there are. */
export function listSize(list: RecordType | Relation, shownAs: "connection" | "list"): ListSize {
  return ({ args, sizes }) => {
    const there = "table" in list ? (sizes[list.table] ?? EMPTY).rows : rowsOfRelation(sizes, list, 1).looked;
    return Math.max(1, Math.min(shownAs === "list" ? LIST_LIMIT : pageSizeOf(args), there));
  };
}

function rowsLookedAt(
  sizes: Sizes,
  type: RecordType,
  relation: Relation | undefined,
  times: number,
): { looked: number; isView: boolean } {
  if (relation !== undefined) return rowsOfRelation(sizes, relation, times);
  return { looked: (sizes[type.table] ?? EMPTY).rows, isView: false };
}

/** For each row that is looked at: what it takes to sort it, and to compare it with a cursor. An index gives the usual order. */
function orderPrice(
  sizes: Sizes,
  type: RecordType,
  orderBy: unknown,
  isSorted: boolean,
): { ordered: number; perBound: number } {
  const keys = (Array.isArray(orderBy) ? orderBy : [orderBy]).flatMap((key: unknown) =>
    typeof key === "object" && key !== null && "field" in key ? [String(key.field)] : [],
  );
  const prices = keys.map((key) => keyPrice(sizes, type, key));
  const all = prices.reduce((sum, { price }) => sum + price, 0);
  const byIndex = prices.length <= 1 && prices.every(({ hasIndex }) => hasIndex);
  if (byIndex && !isSorted) return { ordered: 0, perBound: 0 };
  return { ordered: all + ROW.scanned + ROW.sorted, perBound: all };
}

function keyPrice(sizes: Sizes, type: RecordType, field: string): { price: number; hasIndex: boolean } {
  if (field === "DISTANCE") return { price: ROW.distance, hasIndex: false };
  const name = Object.keys(shownColumns(type)).find((column) => constantCase(column) === field);
  if (name === undefined) return { price: 0, hasIndex: true };
  const bytes = (sizes[type.table] ?? EMPTY).bytes[name] ?? 0;
  const own = workPrice(columnNamed(type, name).codec.sortWork, bytes);
  // Every type has an index in its usual order, and in few others.
  return { price: own + lookUpsOf(type, name) * ROW.found, hasIndex: type.defaultOrder[0] === name };
}

/** The price of a field that loads what belongs to its record: one statement for all records that are asked. */
export function loadedPrice(perRecord = 0): FieldPrice {
  return ({ times }: Asked) => STATEMENT + times * perRecord;
}
