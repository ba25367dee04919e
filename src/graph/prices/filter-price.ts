// What a filter takes over so many rows, by what database/read/filter.ts makes of it: each condition of each row, each relation of listed
// rows as the rows that belong to them, each one of related records as a walk over all of its rows.
import type { Catalogue } from "../../database/declare/catalogue";
import {
  columnNamed,
  memberField,
  referenceField,
  shownColumns,
  type RecordType,
} from "../../database/declare/record-type";
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
    if (["and", "or", "not"].includes(name)) return this.walk(type, value, rows, each);
    if (name === "near") return rows * ROW.distance;
    if (name === "validOn") return rows * ROW.dated;
    const own = this.catalogue.conditionsOn(type).find((condition) => condition.name === name);
    if (own !== undefined) return RELATION.planned + rows * own.lookUps * ROW.found;
    if (name === "id" || Object.hasOwn(shownColumns(type), name)) return rows * this.comparisons(type, name, value);
    const relation = this.catalogue.relationsFrom(type).find((candidate) => candidate.name === name);
    return relation === undefined ? this.reference(type, name, value, rows) : this.related(relation, value, rows, each);
  }

  private comparisons(type: RecordType, name: string, comparator: unknown): number {
    if (!isPlain(comparator)) return 0;
    const read = name === "id" ? 0 : lookUpsOf(type, name) * ROW.found;
    const work = name === "id" ? "none" : columnNamed(type, name).codec.compareWork;
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

  private reference(type: RecordType, name: string, value: unknown, rows: number): number {
    const reference = Object.entries(type.references).find(([column]) => referenceField(column) === name)?.[1];
    if (reference === undefined || !isPlain(value)) return 0;
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
