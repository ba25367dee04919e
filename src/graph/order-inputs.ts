// The order input of a record type, made from its declaration, and points on earth, which orders and filters ask from.
import { Field, Float, InputType, type ClassType } from "type-graphql";
import { shownColumns, type RecordType } from "../database/declare/record-type";
import { refuseImpossiblePoint } from "../database/read/given-values";
import type { OrderBy } from "../database/read/order";
import { badInput } from "../kernel/errors";
import { constantCase } from "../kernel/names";
import { addInput } from "./declare-field";
import { enumOf, NullsOrder, OrderDirection } from "./enums";

const DISTANCE = "distance";
/** Sort keys at most in one order. */
const ORDERS_AT_MOST = 5;

@InputType("GeoPointInput", { description: "A point on earth." })
export class GeoPointInput {
  @Field(() => Float, { description: "Degrees north, -90 to 90, WGS 84." })
  latitude!: number;

  @Field(() => Float, { description: "Degrees east, -180 to 180, WGS 84." })
  longitude!: number;
}

const orders = new Map<RecordType, ClassType>();

/** The order input of a type, or undefined for one that nothing orders. */
export function orderOf(type: RecordType): ClassType | undefined {
  const fields = orderFields(type);
  if (Object.keys(fields).length === 0) return undefined;
  const known = orders.get(type);
  if (known !== undefined) return known;
  const Fields = enumOf({
    name: `${type.name}OrderField`,
    description: `What a list of ${type.plural} can be ordered by.`,
    values: fields,
  });
  class Order {}
  orders.set(type, Order);
  InputType(`${type.name}Order`, { description: `One sort key of a list of ${type.plural}.` })(Order);
  addInput(Order, { name: "field", type: () => Fields, description: "What to order by.", required: true });
  addInput(Order, { name: "direction", type: () => OrderDirection, description: "Which way.", defaultValue: "ASC" });
  addInput(Order, {
    name: "nulls",
    type: () => NullsOrder,
    description: "Where rows without a value stand.",
    defaultValue: "LAST",
  });
  if (type.located !== undefined) {
    addInput(Order, {
      name: "from",
      type: () => GeoPointInput,
      description: "For DISTANCE, and needed there: the point that distances are from.",
    });
  }
  return Order;
}

function orderFields(type: RecordType): Record<string, string> {
  const fields = Object.entries(shownColumns(type))
    .filter(([, column]) => column.ordered)
    .map(([name, column]) => [constantCase(name), column.description]);
  if (type.located !== undefined) fields.push(["DISTANCE", "The distance from a point, along the great circle."]);
  return Object.fromEntries(fields) as Record<string, string>;
}

export interface OrderInput {
  field: string;
  direction: "ASC" | "DESC" | null;
  nulls: "FIRST" | "LAST" | null;
  from?: GeoPointInput | null;
}

/** The sort keys that a request asks for, or else the type's own, or else none: as recorded. */
export function orderByOf(
  type: RecordType,
  given: readonly OrderInput[] | null | undefined,
  byDefault: readonly string[],
): OrderBy[] {
  if (given === undefined || given === null || given.length === 0) {
    return byDefault.map((field) => ({ field, direction: "ASC", nulls: "LAST" }));
  }
  if (given.length > ORDERS_AT_MOST) {
    throw badInput("ORDER_TOO_LONG", `a list may be ordered by ${ORDERS_AT_MOST} keys at most`);
  }
  return given.map(({ field, from, ...way }) => {
    const direction = way.direction ?? "ASC";
    const nulls = way.nulls ?? "LAST";
    if (field !== "DISTANCE") {
      const column = Object.keys(shownColumns(type)).find((name) => constantCase(name) === field);
      if (column === undefined) throw new Error(`${type.name} has no order ${field}`);
      return { field: column, direction, nulls };
    }
    if (from === undefined || from === null) throw badInput("NO_POINT", 'an order by DISTANCE needs "from"');
    refuseImpossiblePoint(from);
    return { field: DISTANCE, direction, nulls, from: { latitude: from.latitude, longitude: from.longitude } };
  });
}
