// The one filter language as SQL: and/or/not over comparators, references, relations by some/none/count, validOn, near.
// A filter arrives shaped by the generated input types (graph/filter-inputs.ts); what types cannot say is checked here.
import sql, { join, type Sql } from "sql-template-tag";
import { badInput } from "../../kernel/errors";
import type { Catalogue } from "../declare/catalogue";
import type { FilterField } from "../declare/filter-fields";
import { memberField, type RecordType, type RecordUnion, type Reference } from "../declare/record-type";
import { datesOf, dayByDefault, type Relation } from "../declare/relation";
import { at, truth } from "../sql";
import { inForce, isRestricted, rowsAs, valueOf } from "./columns";
import { edgesAs } from "./edges";
import { compareColumn, compareCount, comparedId } from "./comparison";
import type { ReadContext } from "./context";
import { allOf, anyOf, certain, uncertain, type Place } from "./filter-logic";
import { dayGiven, daysGiven, nullInFilter, refuseImpossiblePoint } from "./given-values";
import { distanceKm } from "./order";
import { hasCount, hasSome, isOneOf, leadsTo, type RelatedRows } from "./related-rows";

interface Circle {
  latitude: number;
  longitude: number;
  withinKm: number;
}

export type FilterInput = Readonly<Record<string, unknown>>;

/** The most conditions that one filter may hold: each comparison, relation, `near` or day is one. */
export const CONDITIONS_AT_MOST = 40;
const DEPTH_AT_MOST = 20;
/** Filters in a filter, conditions or not: empty ones cost as well, and a request has room for tens of thousands. */
const FILTERS_AT_MOST = 400;

/** How many relations deep a filter may ask: each is a walk over all rows of it. */
const HOPS_AT_MOST = 4;

export class FilterCompiler {
  private conditions = 0;
  private filters = 0;
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
    return this.compileAt({ alias, depth: 0, hops: 0, negated: false, each: true }, type, filter);
  }

  private compileAt(place: Place, type: RecordType, filter: FilterInput | undefined): Sql {
    if (filter === undefined) return truth(!place.negated);
    if (place.depth > DEPTH_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `a filter may be nested ${DEPTH_AT_MOST} deep at most`);
    }
    this.filters += 1;
    if (this.filters > FILTERS_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `a filter may be made of ${FILTERS_AT_MOST} filters at most`);
    }
    const conditions = Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        if (value === null) throw nullInFilter(name);
        return this.condition(place, type, name, value);
      });
    return allOf(place, conditions);
  }

  private condition(place: Place, type: RecordType, name: string, value: unknown): Sql {
    const { alias, negated } = place;
    const inner = { ...place, depth: place.depth + 1 };
    const field = this.catalogue.filterFieldsOf(type).get(name);
    if (field === undefined) throw new Error(`${type.name} has no condition ${name}`);
    switch (field.kind) {
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
        return certain(negated, inForce(alias, field.dates, dayGiven(value)));
      case "near":
        return uncertain(negated, this.near(type, value as Circle, alias));
      case "condition": {
        this.count();
        const { takes, holds } = field.condition;
        const given = takes === "day" ? sql`${dayGiven(value)}::date` : sql`${daysGiven(value)}::int4`;
        return certain(negated, holds(alias, given, sql`${this.context.today}::date`));
      }
      case "column": {
        const stored = valueOf(type, name, alias, this.context);
        const tests = compareColumn(field.column, value as FilterInput, stored, () => this.count());
        return (field.column.nullable ? uncertain : certain)(negated, join(tests, " AND "));
      }
      case "relation":
        return this.related(place, field.relation, value as FilterInput);
      case "reference":
        return this.referred(place, name, field, value as FilterInput);
    }
  }

  private referred(
    place: Place,
    name: string,
    { column, reference }: Extract<FilterField, { kind: "reference" }>,
    filter: FilterInput,
  ): Sql {
    this.count();
    const { isNull, ...rest } = filter;
    if (isNull === null) throw nullInFilter("isNull");
    const id = at(place.alias, column);
    const tests: Sql[] = [];
    if (isNull !== undefined) tests.push(this.isMissing(reference, id, place.negated === (isNull === true)));
    if (isNull === undefined || Object.keys(rest).length > 0) {
      const targets =
        reference.anyOf === undefined ? [[reference.to(), rest] as const] : membersIn(reference.anyOf, rest);
      if (targets.length === 0) throw badInput("EMPTY_CONDITION", `"${name}" must say which type is meant`);
      for (const [target, asked] of targets) {
        tests.push(leadsTo(id, this.idsThatFulfil(place, target, asked, place.hops), place.negated));
      }
    }
    return allOf(place, tests);
  }

  // What the caller may not see is not there, as the field itself shows it.
  private isMissing({ to, anyOf }: Reference, id: Sql, negated: boolean): Sql {
    const members = anyOf?.members() ?? [to()];
    if (!members.some((type) => isRestricted(type, this.context))) return certain(negated, sql`${id} IS NULL`);
    const seen = members.map((type) => this.idsOf(type, sql`true`));
    return isOneOf(id, join(seen, " UNION ALL "), !negated);
  }

  /** A query for the ids of the rows that the caller may see and that fulfil the condition. */
  private idsOf(type: RecordType, condition: Sql, alias = this.nextAlias("r")): Sql {
    return sql`SELECT ${at(alias, "id")} FROM ${rowsAs(type, alias, this.context)} WHERE ${condition}`;
  }

  private idsThatFulfil(place: Place, type: RecordType, filter: FilterInput | undefined, hops: number): Sql {
    const alias = this.nextAlias("r");
    const inner = { alias, depth: place.depth + 1, hops, negated: false, each: false };
    return this.idsOf(type, this.compileAt(inner, type, filter), alias);
  }

  private related(place: Place, relation: Relation, filter: FilterInput): Sql {
    const { validOn, some, none, count } = filter;
    const record = at(place.alias, "id");
    const rows = (of: FilterInput | undefined): RelatedRows => this.rowsOf(place, relation, of, validOn);
    for (const [name, value] of Object.entries({ some, none, count })) {
      if (value === null) throw nullInFilter(name);
    }
    const tests: Sql[] = [];
    if (some !== undefined) {
      this.count();
      tests.push(hasSome(place, record, rows(some as FilterInput), place.negated));
    }
    if (none !== undefined) {
      this.count();
      tests.push(hasSome(place, record, rows(none as FilterInput), !place.negated));
    }
    if (count !== undefined) {
      const comparator = count as FilterInput;
      const { comparisons, zeroFits } = compareCount(comparator, () => this.count());
      tests.push(hasCount(place, record, rows(undefined), comparisons, zeroFits));
    }
    if (tests.length === 0) {
      throw badInput("EMPTY_CONDITION", `"${relation.name}" must say some, none or count`);
    }
    return allOf(place, tests);
  }

  private rowsOf(place: Place, relation: Relation, filter: FilterInput | undefined, validOn: unknown): RelatedRows {
    if (place.hops >= HOPS_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `related records may be asked of ${HOPS_AT_MOST} relations deep at most`);
    }
    const hops = place.hops + 1;
    if (relation.kind === "children") {
      const alias = this.nextAlias("t");
      const inner = { alias, depth: place.depth + 1, hops, negated: false, each: false };
      const condition = this.compileAt(inner, relation.to, filter);
      const key = at(alias, relation.by);
      return {
        from: rowsAs(relation.to, alias, this.context),
        key,
        where: sql`${key} IS NOT NULL AND ${this.onDay(relation, validOn, alias)} AND ${condition}`,
      };
    }
    const edge = this.nextAlias("e");
    const { join: through } = relation;
    const ids = this.idsThatFulfil(place, relation.to, filter, hops);
    const to = at(edge, through.toColumn);
    return {
      from: edgesAs(this.catalogue, through.table, edge, this.context),
      key: at(edge, through.fromColumn),
      where: sql`${this.onDay(relation, validOn, edge)} AND ${through.isView ? isOneOf(to, ids, false) : leadsTo(to, ids, false)}`,
    };
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

  private near(type: RecordType, near: Circle, alias: string): Sql {
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
