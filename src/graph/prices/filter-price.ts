// What a filter takes over so many rows, by what database/read/filter.ts makes of it: each condition of each row, each relation of listed
// rows as the rows that belong to them, each one of related records as a walk over all of its rows.
import type { Catalogue } from "../../database/declare/catalogue";
import type { Work } from "../../database/declare/codec";
import { memberField, type RecordType, type Reference } from "../../database/declare/record-type";
import { datesOf, type Relation } from "../../database/declare/relation";
import type { Sizes, TableSize } from "../../database/read/sizes";
import { RELATION, ROW, workPrice } from "./units";

type Plain = Readonly<Record<string, unknown>>;

export const EMPTY: TableSize = { rows: 0, bytes: {}, most: {} };

export class FilterPrice {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly sizes: Sizes,
  ) {}

  /**
   * @param filter as it stands in the operation; what is no filter costs nothing, for it is refused later
   * @param rows how many rows it is asked of
   */
  ofListed(type: RecordType, filter: unknown, rows: number): number {
    return this.walk(type, filter, rows, true);
  }

  private walk(type: RecordType, filter: unknown, rows: number, each: boolean): number {
    if (Array.isArray(filter)) return filter.reduce((sum: number, one) => sum + this.walk(type, one, rows, each), 0);
    if (!isPlain(filter)) return 0;
    return Object.entries(filter).reduce(
      (sum, [name, value]) => sum + this.condition(type, name, value, rows, each),
      0,
    );
  }

  private condition(type: RecordType, name: string, value: unknown, rows: number, each: boolean): number {
    const field = this.catalogue.filterFieldsOf(type).get(name);
    switch (field?.kind) {
      case undefined:
        return 0;
      case "and":
      case "or":
      case "not":
        return this.walk(type, value, rows, each);
      case "near":
        return rows * ROW.distance;
      case "validOn":
        return rows * ROW.dated;
      case "condition":
        return RELATION.planned + rows * field.condition.lookUps * ROW.found;
      case "id":
        return rows * this.comparisons(type, name, value, "none", 0);
      case "column":
        return rows * this.comparisons(type, name, value, field.column.codec.compareWork, lookUpsOf(type, name));
      case "relation":
        return this.related(field.relation, value, rows, each);
      case "reference":
        return this.reference(field.reference, value, rows);
    }
  }

  private comparisons(type: RecordType, name: string, comparator: unknown, work: Work, lookUps: number): number {
    if (!isPlain(comparator)) return 0;
    const read = lookUps * ROW.found;
    const bytes = (this.sizes[type.table] ?? EMPTY).bytes[name] ?? 20;
    return Object.entries(comparator).reduce((sum, [operator, given]) => {
      const values = Array.isArray(given) ? given.length : 1;
      const compared =
        operator === "matches"
          ? workPrice("fold", bytes)
          : operator === "contains" || operator === "startsWith"
            ? ROW.compared + bytes * ROW.searchedByte
            : workPrice(work, bytes) + values * ROW.listed;
      return sum + read + compared;
    }, 0);
  }

  private reference(reference: Reference, value: unknown, rows: number): number {
    if (!isPlain(value)) return 0;
    const targets =
      reference.anyOf === undefined
        ? [[reference.to(), value] as const]
        : reference.anyOf.members().map((member) => [member, value[memberField(member)]] as const);
    return targets.reduce((sum, [target, asked]) => {
      if (asked === undefined) return sum;
      const rest = isPlain(asked) ? Object.fromEntries(Object.entries(asked).filter(([key]) => key !== "isNull")) : {};
      const among = this.rowsOf(target.table);
      return sum + RELATION.planned + rows * ROW.probed + among * ROW.scanned + this.walk(target, rest, among, false);
    }, 0);
  }

  private related(relation: Relation, value: unknown, rows: number, each: boolean): number {
    if (!isPlain(value)) return 0;
    const asked = ["some", "none", "count"].filter((name) => value[name] !== undefined);
    return asked.reduce(
      (sum, name) => sum + this.relatedRows(relation, name === "count" ? {} : value[name], rows, each),
      0,
    );
  }

  private relatedRows(relation: Relation, filter: unknown, rows: number, each: boolean): number {
    const { looked, isView } = rowsOfRelation(this.sizes, relation, each ? rows : undefined);
    const dated = datesOf(relation) === undefined ? 0 : ROW.dated;
    const perRow = each ? RELATION.rowAsked : isView ? RELATION.viewRowGathered : RELATION.rowGathered;
    const own =
      (isView ? RELATION.viewPlanned : RELATION.planned) +
      rows * (each ? (isView ? RELATION.viewAsked : RELATION.asked) : ROW.probed) +
      looked * (perRow + dated);
    if (relation.kind === "children") return own + this.walk(relation.to, filter, looked, false);
    const among = this.rowsOf(relation.to.table);
    return own + among * ROW.scanned + this.walk(relation.to, filter, among, false);
  }

  private rowsOf(table: string): number {
    return (this.sizes[table] ?? EMPTY).rows;
  }
}

/**
 * How many rows of a relation there are to look at for so many records, those with the most rows taken; all of them where no number is given.
 */
export function rowsOfRelation(
  sizes: Sizes,
  relation: Relation,
  records: number | undefined,
): { looked: number; isView: boolean } {
  const [table, key] =
    relation.kind === "children" ? [relation.to.table, relation.by] : [relation.join.table, relation.join.fromColumn];
  const { rows, most } = sizes[table] ?? EMPTY;
  return {
    looked: records === undefined ? rows : Math.min(rows, records * (most[key] ?? rows)),
    isView: relation.kind === "joined" && relation.join.isView === true,
  };
}

/** How many rows of other tables it takes to know a value of a row. */
export function lookUpsOf(type: RecordType, name: string): number {
  return type.derived[name]?.lookUps ?? 0;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
