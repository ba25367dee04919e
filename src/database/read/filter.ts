// The one filter language as SQL: and/or/not over comparators, references, relations by some/none/count, validOn, near.
// A filter arrives shaped by the generated input types (graph/filter-inputs.ts); what types cannot say is checked here.
import sql, { join, raw, type Sql } from "sql-template-tag";
import { badInput } from "../../kernel/errors";
import { isDate } from "../../kernel/dates";
import { decodeId } from "../../kernel/ids";
import type { Catalogue } from "../declare/catalogue";
import { columnNamed, referenceField, type RecordType } from "../declare/record-type";
import { datesOf, type Relation } from "../declare/relation";
import { at, inForce, tableAs } from "./columns";
import { compareColumn, compareCount, comparedId } from "./comparison";
import type { ReadContext } from "./context";
import { distanceKm } from "./order";

export type FilterInput = Readonly<Record<string, unknown>>;

/** The most conditions that one filter may hold: each comparison, relation, `near` or day is one. */
export const CONDITIONS_AT_MOST = 40;
const DEPTH_AT_MOST = 20;
/** Filters in a filter, conditions or not: empty ones cost as well, and a request has room for tens of thousands. */
const PARTS_AT_MOST = 400;

export class FilterCompiler {
  private conditions = 0;
  private parts = 0;
  private aliases = 0;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly context: ReadContext,
  ) {}

  nextAlias(prefix: string): string {
    this.aliases += 1;
    return `${prefix}${this.aliases}`;
  }

  /** A condition on the row under the alias; `true` for an empty filter. */
  compile(type: RecordType, filter: FilterInput | undefined, alias: string, depth = 0): Sql {
    if (filter === undefined) return sql`true`;
    if (depth > DEPTH_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `a filter may be nested ${DEPTH_AT_MOST} deep at most`);
    }
    this.parts += 1;
    if (this.parts > PARTS_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `a filter may be made of ${PARTS_AT_MOST} filters at most`);
    }
    const parts = Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        if (value === null) throw nullInFilter(name);
        return this.condition(type, name, value, alias, depth);
      });
    return parts.length === 0 ? sql`true` : sql`(${join(parts, " AND ")})`;
  }

  private condition(type: RecordType, name: string, value: unknown, alias: string, depth: number): Sql {
    switch (name) {
      case "and":
        return this.all(type, value as FilterInput[], alias, depth, " AND ", "true");
      case "or":
        return this.all(type, value as FilterInput[], alias, depth, " OR ", "false");
      case "not":
        // A comparison with null is neither true nor false; its negation is to find the row.
        return sql`(${this.compile(type, value as FilterInput, alias, depth + 1)}) IS NOT TRUE`;
      case "id":
        this.count();
        return comparedId(type, value as FilterInput, at(alias, "id"));
      case "validOn":
        this.count();
        return inForce(alias, type.dated ?? { since: "since", until: "until" }, this.day(value));
      case "near":
        return this.near(type, value as { latitude: number; longitude: number; withinKm: number }, alias);
    }
    const dayCondition = this.catalogue.conditionsOn(type).find((condition) => condition.name === name);
    if (dayCondition !== undefined) {
      this.count();
      return dayCondition.holds(alias, this.day(value));
    }
    if (Object.hasOwn(type.columns, name)) {
      return join(
        compareColumn(columnNamed(type, name), value as FilterInput, at(alias, name), () => this.count()),
        " AND ",
      );
    }
    const relation = this.catalogue.relationsFrom(type).find((candidate) => candidate.name === name);
    if (relation !== undefined) return this.related(relation, value as FilterInput, alias, depth);
    return this.referred(type, name, value as FilterInput, alias, depth);
  }

  private all(
    type: RecordType,
    filters: FilterInput[],
    alias: string,
    depth: number,
    word: string,
    empty: string,
  ): Sql {
    if (filters.length === 0) return raw(empty);
    return sql`(${join(
      filters.map((filter) => this.compile(type, filter, alias, depth + 1)),
      word,
    )})`;
  }

  private referred(type: RecordType, field: string, filter: FilterInput, alias: string, depth: number): Sql {
    const [column, reference] =
      Object.entries(type.references).find(([candidate]) => referenceField(candidate) === field) ?? [];
    if (column === undefined || reference === undefined) throw new Error(`${type.name} has no condition ${field}`);
    this.count();
    const { isNull, ...rest } = filter;
    if (isNull === null) throw nullInFilter("isNull");
    if (isNull !== undefined) {
      const test = sql`${at(alias, column)} ${raw(isNull === true ? "IS NULL" : "IS NOT NULL")}`;
      return Object.keys(rest).length === 0
        ? test
        : sql`(${test} AND ${this.referred(type, field, rest, alias, depth)})`;
    }
    const target = reference.to();
    const inner = this.nextAlias("r");
    return sql`EXISTS (SELECT FROM ${tableAs(target.table, inner)} WHERE ${at(inner, "id")} = ${at(alias, column)} AND ${this.compile(target, rest, inner, depth + 1)})`;
  }

  private related(relation: Relation, filter: FilterInput, alias: string, depth: number): Sql {
    const { validOn, some, none, count } = filter;
    const tests: Sql[] = [];
    const rows = (of: FilterInput | undefined): Sql => this.rowsOf(relation, of, validOn, alias, depth);
    for (const [name, value] of Object.entries({ some, none, count })) {
      if (value === null) throw nullInFilter(name);
    }
    if (some !== undefined) {
      this.count();
      tests.push(sql`EXISTS (SELECT ${rows(some as FilterInput)})`);
    }
    if (none !== undefined) {
      this.count();
      tests.push(sql`NOT EXISTS (SELECT ${rows(none as FilterInput)})`);
    }
    if (count !== undefined) {
      tests.push(...compareCount(count as FilterInput, sql`(SELECT count(*) ${rows(undefined)})`, () => this.count()));
    }
    if (tests.length === 0) {
      throw badInput("EMPTY_CONDITION", `"${relation.name}" must say some, none or count`);
    }
    return sql`(${join(tests, " AND ")})`;
  }

  private rowsOf(
    relation: Relation,
    filter: FilterInput | undefined,
    validOn: unknown,
    alias: string,
    depth: number,
  ): Sql {
    const target = this.nextAlias("t");
    const condition = this.compile(relation.to, filter, target, depth + 1);
    if (relation.kind === "children") {
      const inForceThen = this.onDay(relation, validOn, target);
      return sql`FROM ${tableAs(relation.to.table, target)} WHERE ${at(target, relation.by)} = ${at(alias, "id")} AND ${inForceThen} AND ${condition}`;
    }
    const edge = this.nextAlias("e");
    const { join: through } = relation;
    return sql`FROM ${tableAs(through.table, edge)} JOIN ${tableAs(relation.to.table, target)} ON ${at(target, "id")} = ${at(edge, through.toColumn)} WHERE ${at(edge, through.fromColumn)} = ${at(alias, "id")} AND ${this.onDay(relation, validOn, edge)} AND ${condition}`;
  }

  /** The days of a relation's rows: the day asked for, today where a joined one is silent, any where it says null. */
  onDay(relation: Relation, validOn: unknown, alias: string): Sql {
    const dates = datesOf(relation);
    if (dates === undefined || validOn === null) return sql`true`;
    if (validOn === undefined)
      return relation.kind === "joined" ? inForce(alias, dates, this.context.today) : sql`true`;
    return inForce(alias, dates, this.day(validOn));
  }

  private near(type: RecordType, near: { latitude: number; longitude: number; withinKm: number }, alias: string): Sql {
    this.count();
    if (!(near.withinKm >= 0)) throw badInput("BAD_DISTANCE", "withinKm must be 0 or more kilometres");
    refuseImpossiblePoint(near);
    return sql`${distanceKm(type, alias, near)} <= ${near.withinKm}::float8`;
  }

  private day(value: unknown): string {
    if (!isDate(value)) throw badInput("BAD_DATE", "a day must be a full date such as 2018-06-12");
    return value;
  }

  private count(): void {
    this.conditions += 1;
    if (this.conditions > CONDITIONS_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `a filter may hold ${CONDITIONS_AT_MOST} conditions at most`);
    }
  }
}

function nullInFilter(name: string): Error {
  return badInput("NULL_IN_FILTER", `"${name}" must not be null: leave it out, or use isNull`);
}

export function refuseImpossiblePoint(point: { latitude: number; longitude: number }): void {
  if (Math.abs(point.latitude) > 90 || Math.abs(point.longitude) > 180) {
    throw badInput("BAD_POINT", "latitude must be -90 to 90 and longitude -180 to 180 degrees (WGS 84)");
  }
}

/** The UUID that a global id of this type holds. @throws BAD_USER_INPUT with reason WRONG_ID_TYPE for another type's id */
export function uuidOf(type: RecordType, id: string): string {
  const { tag, uuid } = decodeId(id);
  if (tag !== type.tag) throw badInput("WRONG_ID_TYPE", `an id of a ${type.name} is needed, but got "${id}"`);
  return uuid;
}
