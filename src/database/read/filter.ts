// The one filter language as SQL: and/or/not over comparators, references, relations by some/none/count, validOn, near.
// A filter arrives shaped by the generated input types (graph/filter-inputs.ts); what types cannot say is checked here.
import sql, { join, raw, type Sql } from "sql-template-tag";
import { badInput } from "../../kernel/errors";
import type { Catalogue } from "../declare/catalogue";
import {
  columnNamed,
  memberField,
  referenceField,
  shownColumns,
  type RecordType,
  type RecordUnion,
  type Reference,
} from "../declare/record-type";
import { datesOf, dayByDefault, type Relation } from "../declare/relation";
import { at, inForce, isRestricted, rowsAs, valueOf } from "./columns";
import { edgesAs } from "./edges";
import { compareColumn, compareCount, comparedId } from "./comparison";
import type { ReadContext } from "./context";
import { allOf, anyOf, certain, uncertain, type Place } from "./filter-logic";
import { dayGiven, daysGiven, nullInFilter, refuseImpossiblePoint } from "./given-values";
import { distanceKm } from "./order";

export type FilterInput = Readonly<Record<string, unknown>>;

/** The most conditions that one filter may hold: each comparison, relation, `near` or day is one. */
export const CONDITIONS_AT_MOST = 40;
const DEPTH_AT_MOST = 20;
/** Filters in a filter, conditions or not: empty ones cost as well, and a request has room for tens of thousands. */
const PARTS_AT_MOST = 400;

/** How many relations deep a filter may ask: each is a join over what the one before it left. */
const HOPS_AT_MOST = 4;

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
  compile(type: RecordType, filter: FilterInput | undefined, alias: string): Sql {
    return this.compileAt({ alias, depth: 0, hops: 0, negated: false }, type, filter);
  }

  private compileAt(place: Place, type: RecordType, filter: FilterInput | undefined): Sql {
    if (filter === undefined) return raw(String(!place.negated));
    if (place.depth > DEPTH_AT_MOST) {
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
        return this.condition(place, type, name, value);
      });
    return allOf(place, parts);
  }

  private condition(place: Place, type: RecordType, name: string, value: unknown): Sql {
    const { alias, negated } = place;
    const inner = { ...place, depth: place.depth + 1 };
    switch (name) {
      case "and":
        return allOf(
          place,
          (value as FilterInput[]).map((filter) => this.compileAt(inner, type, filter)),
        );
      case "or":
        return anyOf(
          place,
          (value as FilterInput[]).map((filter) => this.compileAt(inner, type, filter)),
        );
      case "not":
        return this.compileAt({ ...inner, negated: !negated }, type, value as FilterInput);
      case "id":
        this.count();
        return certain(negated, comparedId(type, value as FilterInput, at(alias, "id")));
      case "validOn":
        this.count();
        return certain(negated, inForce(alias, type.dated ?? { since: "since", until: "until" }, dayGiven(value)));
      case "near":
        return uncertain(
          negated,
          this.near(type, value as { latitude: number; longitude: number; withinKm: number }, alias),
        );
    }
    const own = this.catalogue.conditionsOn(type).find((condition) => condition.name === name);
    if (own !== undefined) {
      this.count();
      const given = own.takes === "day" ? sql`${dayGiven(value)}::date` : sql`${daysGiven(value)}::int4`;
      return certain(negated, own.holds(alias, given, sql`${this.context.today}::date`));
    }
    if (Object.hasOwn(shownColumns(type), name)) {
      const column = columnNamed(type, name);
      const stored = valueOf(type, name, alias, this.context);
      const tests = compareColumn(column, value as FilterInput, stored, () => this.count());
      return (column.nullable ? uncertain : certain)(negated, join(tests, " AND "));
    }
    const relation = this.catalogue.relationsFrom(type).find((candidate) => candidate.name === name);
    if (relation !== undefined) return this.related(place, relation, value as FilterInput);
    return this.referred(place, type, name, value as FilterInput);
  }

  private referred(place: Place, type: RecordType, field: string, filter: FilterInput): Sql {
    const [column, reference] =
      Object.entries(type.references).find(([candidate]) => referenceField(candidate) === field) ?? [];
    if (column === undefined || reference === undefined) throw new Error(`${type.name} has no condition ${field}`);
    this.count();
    const { isNull, ...rest } = filter;
    if (isNull === null) throw nullInFilter("isNull");
    const id = at(place.alias, column);
    const tests: Sql[] = [];
    if (isNull !== undefined) tests.push(certain(place.negated === (isNull === true), this.isMissing(reference, id)));
    if (isNull === undefined || Object.keys(rest).length > 0) {
      const targets =
        reference.anyOf === undefined ? [[reference.to(), rest] as const] : membersIn(reference.anyOf, rest);
      if (targets.length === 0) throw badInput("EMPTY_CONDITION", `"${field}" must say which type is meant`);
      for (const [target, asked] of targets) {
        tests.push(certain(place.negated, this.exists(place, target, asked, id)));
      }
    }
    return allOf(place, tests);
  }

  // What the caller may not see is not there, as the field itself shows it.
  private isMissing({ to, anyOf }: Reference, id: Sql): Sql {
    const restricted = (anyOf?.members() ?? [to()]).filter((type) => isRestricted(type, this.context));
    if (restricted.length === 0) return sql`${id} IS NULL`;
    const seen = (anyOf?.members() ?? [to()]).map((type) => {
      const alias = this.nextAlias("r");
      return sql`EXISTS (SELECT FROM ${rowsAs(type, alias, this.context)} WHERE ${at(alias, "id")} = ${id})`;
    });
    return sql`NOT (${join(seen, " OR ")})`;
  }

  private exists(place: Place, target: RecordType, filter: FilterInput, id: Sql): Sql {
    const alias = this.nextAlias("r");
    const condition = this.compileAt({ ...place, alias, depth: place.depth + 1, negated: false }, target, filter);
    return sql`EXISTS (SELECT FROM ${rowsAs(target, alias, this.context)} WHERE ${at(alias, "id")} = ${id} AND ${condition})`;
  }

  private related(place: Place, relation: Relation, filter: FilterInput): Sql {
    const { validOn, some, none, count } = filter;
    const { negated } = place;
    const rows = (of: FilterInput | undefined): Sql => this.rowsOf(place, relation, of, validOn);
    for (const [name, value] of Object.entries({ some, none, count })) {
      if (value === null) throw nullInFilter(name);
    }
    const tests: Sql[] = [];
    if (some !== undefined) {
      this.count();
      tests.push(certain(negated, sql`EXISTS (SELECT ${rows(some as FilterInput)})`));
    }
    if (none !== undefined) {
      this.count();
      tests.push(certain(!negated, sql`EXISTS (SELECT ${rows(none as FilterInput)})`));
    }
    if (count !== undefined) {
      const counted = sql`(SELECT count(*) ${rows(undefined)})`;
      const compared = compareCount(count as FilterInput, counted, () => this.count());
      tests.push(certain(negated, join(compared, " AND ")));
    }
    if (tests.length === 0) {
      throw badInput("EMPTY_CONDITION", `"${relation.name}" must say some, none or count`);
    }
    return allOf(place, tests);
  }

  private rowsOf(place: Place, relation: Relation, filter: FilterInput | undefined, validOn: unknown): Sql {
    if (place.hops >= HOPS_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `related records may be asked of ${HOPS_AT_MOST} relations deep at most`);
    }
    const target = this.nextAlias("t");
    const inner = { alias: target, depth: place.depth + 1, hops: place.hops + 1, negated: false };
    const condition = this.compileAt(inner, relation.to, filter);
    const parent = at(place.alias, "id");
    if (relation.kind === "children") {
      const inForceThen = this.onDay(relation, validOn, target);
      return sql`FROM ${rowsAs(relation.to, target, this.context)} WHERE ${at(target, relation.by)} = ${parent} AND ${inForceThen} AND ${condition}`;
    }
    const edge = this.nextAlias("e");
    const { join: through } = relation;
    return sql`FROM ${edgesAs(this.catalogue, through.table, edge, this.context)} JOIN ${rowsAs(relation.to, target, this.context)} ON ${at(target, "id")} = ${at(edge, through.toColumn)} WHERE ${at(edge, through.fromColumn)} = ${parent} AND ${this.onDay(relation, validOn, edge)} AND ${condition}`;
  }

  /** The days of a relation's rows: the day asked for, today where a joined one is silent, any where it says null. */
  onDay(relation: Relation, validOn: unknown, alias: string): Sql {
    const dates = datesOf(relation);
    if (dates === undefined || validOn === null) return sql`true`;
    if (validOn === undefined) {
      return dayByDefault(relation) === "today" ? inForce(alias, dates, this.context.today) : sql`true`;
    }
    return inForce(alias, dates, dayGiven(validOn));
  }

  private near(type: RecordType, near: { latitude: number; longitude: number; withinKm: number }, alias: string): Sql {
    this.count();
    if (!(near.withinKm >= 0)) throw badInput("BAD_DISTANCE", "withinKm must be 0 or more kilometres");
    refuseImpossiblePoint(near);
    return sql`${distanceKm(type, alias, near)} <= ${near.withinKm}::float8`;
  }

  private count(): void {
    this.conditions += 1;
    if (this.conditions > CONDITIONS_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `a filter may hold ${CONDITIONS_AT_MOST} conditions at most`);
    }
  }
}

/** The members of a union that a filter asks of, each with what it asks. */
function membersIn(union: RecordUnion, filter: FilterInput): (readonly [RecordType, FilterInput])[] {
  for (const [name, value] of Object.entries(filter)) if (value === null) throw nullInFilter(name);
  return union
    .members()
    .filter((member) => filter[memberField(member)] !== undefined)
    .map((member) => [member, filter[memberField(member)] as FilterInput] as const);
}
