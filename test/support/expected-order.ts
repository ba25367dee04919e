// The rows of a declared list in their order, by one plain statement that knows nothing of pages or cursors.
import sql, { join, raw, type Sql } from "sql-template-tag";
import type { Session } from "../../src/database/database";
import type { Catalogue } from "../../src/database/declare/catalogue";
import { shownColumns, type RecordType } from "../../src/database/declare/record-type";
import type { Relation } from "../../src/database/declare/relation";
import { decodeId, encodeId } from "../../src/kernel/ids";
import { constantCase, snakeCase } from "../../src/kernel/names";
import type { PagedList } from "./read-all-pages";

export interface OrderInput {
  field: string;
  direction: "ASC" | "DESC";
  nulls: "FIRST" | "LAST";
  from?: { latitude: number; longitude: number };
}

/** The ids of the walk's rows, or undefined for a list that no declaration makes. */
export async function expectedIds(
  session: Session,
  catalogue: Catalogue,
  { connection, parent, orderBy }: PagedList,
  today: string,
): Promise<string[] | undefined> {
  const { parentType, field } = connection;
  const type = parentType === undefined ? catalogue.records.find((record) => record.plural === field) : undefined;
  const relation = catalogue.relations.find((one) => one.from.name === parentType && one.name === field);
  const to = type ?? relation?.to;
  if (to === undefined) return undefined;
  const from = relation === undefined ? raw(`"${to.table}" t`) : relatedRows(relation, parent ?? "", today);
  const order = orderOf(to, orderBy as OrderInput[] | undefined, relation, today);
  const rows = await session.query<{ id: string }>(sql`SELECT t.id FROM ${from} ORDER BY ${order}`);
  return rows.map((row) => encodeId(to.tag, row.id));
}

function relatedRows(relation: Relation, parent: string, today: string): Sql {
  const { uuid } = decodeId(parent);
  if (relation.kind === "children") {
    return sql`${raw(`"${relation.to.table}"`)} t WHERE t.${column(relation.by)} = ${uuid}::uuid`;
  }
  const { table, fromColumn, toColumn, dated } = relation.join;
  const inForce =
    dated === undefined ? sql`true` : sql`in_force(e.${column(dated.since)}, e.${column(dated.until)}, ${today}::date)`;
  return sql`${raw(`"${table}"`)} e JOIN ${raw(`"${relation.to.table}"`)} t ON t.id = e.${column(toColumn)}
    WHERE e.${column(fromColumn)} = ${uuid}::uuid AND ${inForce}`;
}

function orderOf(
  type: RecordType,
  orderBy: readonly OrderInput[] | undefined,
  relation: Relation | undefined,
  today: string,
): Sql {
  const joined = relation?.kind === "joined";
  const usual = joined ? [] : type.defaultOrder;
  const given =
    orderBy ?? usual.map((name): OrderInput => ({ field: constantCase(name), direction: "ASC", nulls: "LAST" }));
  const keys = given.map(({ field, direction, nulls, from }) => {
    const value = field === "DISTANCE" ? distance(type, from) : comparedColumn(type, field, today);
    return sql`${value} ${raw(direction)} NULLS ${raw(nulls)}`;
  });
  const tie = raw(`${joined ? "e" : "t"}.id ${given.at(-1)?.direction ?? "ASC"}`);
  return join([...keys, tie], ", ");
}

function comparedColumn(type: RecordType, field: string, today: string): Sql {
  const [name, declared] = Object.entries(shownColumns(type)).find(([key]) => constantCase(key) === field) ?? [];
  if (name === undefined || declared === undefined) throw new Error(`${type.name} has no column ${field}`);
  const derived = type.derived[name];
  const value =
    derived === undefined
      ? sql`t.${column(name)}`
      : sql`(${derived.from((own) => sql`t.${column(own)}`, sql`${today}::date`)})`;
  switch (declared.codec.kind) {
    case "name":
      return sql`fold(${value}) COLLATE "C"`;
    case "partialDate":
      return sql`first_day(${value})`;
    case "text":
    case "slug":
    case "countryCode":
    case "url":
      return sql`${value} COLLATE "C"`;
    default:
      return value;
  }
}

function distance(type: RecordType, from: OrderInput["from"]): Sql {
  if (type.located === undefined || from === undefined) throw new Error(`${type.name} has no distances`);
  return sql`distance_km(t.${column(type.located.latitude)}, t.${column(type.located.longitude)}, ${from.latitude}::float8, ${from.longitude}::float8)`;
}

function column(name: string): Sql {
  return raw(`"${snakeCase(name)}"`);
}
