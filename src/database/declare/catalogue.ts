// All declarations of all rooms, and the questions that the machinery asks of them.
import type { Sql } from "sql-template-tag";
import type { Relation } from "./relation";
import type { RecordType } from "./record-type";
import type { Verb, WriteRules } from "../write/deed";

/** What one room adds to the graph. */
export interface Room {
  records: readonly RecordType[];
  relations: readonly Relation[];
  /** conditions of filters that are neither a column nor a relation */
  conditions?: readonly Condition[];
  /** what must hold when records are written, beside the constraints of the database */
  rules?: readonly WriteRules[];
  /** mutations beside create, update and delete */
  verbs?: readonly Verb[];
  /** classes of hand-written fields; importing them is what adds them to the graph */
  resolvers?: readonly (new () => object)[];
  /** adds fields that take the filters of record types; called once, when the schema is made */
  roots?: (filters: FilterTypes) => void;
}

/** The filters of record types as input types of the graph, which rooms hand on and this one knows nothing of. */
export interface FilterTypes {
  readonly catalogue: Catalogue;
  filterOf: (type: RecordType) => new () => object;
}

/** A condition of its own: on a day, such as being a member then (`memberOn: "2018-12-31"`), or within a number of days. */
export interface Condition {
  on: RecordType;
  name: string;
  description: string;
  takes: "day" | "days";
  /** how many rows of other tables it takes to know it of a row, for the cost of a query */
  lookUps: number;
  /**
   * True for the row under the alias, and never unknown.
   * @param given the day as a date, or the number of days from today as an int4
   * @param today the day that the question is asked on, as a date
   */
  holds: (alias: string, given: Sql, today: Sql) => Sql;
}

export class Catalogue {
  readonly records: readonly RecordType[];
  readonly relations: readonly Relation[];
  readonly conditions: readonly Condition[];
  readonly verbs: readonly Verb[];
  readonly roots: readonly ((filters: FilterTypes) => void)[];
  private readonly rules: ReadonlyMap<RecordType, WriteRules>;
  private readonly byTag: ReadonlyMap<string, RecordType>;
  private readonly byName: ReadonlyMap<string, RecordType>;
  private readonly byTable: ReadonlyMap<string, RecordType>;
  private readonly relationsByFrom = new Map<RecordType, Relation[]>();

  /** @param rooms in the order of the house, so that what a record refers to comes before it */
  constructor(rooms: readonly Room[]) {
    this.records = rooms.flatMap((room) => room.records);
    this.relations = rooms.flatMap((room) => room.relations);
    this.conditions = rooms.flatMap((room) => room.conditions ?? []);
    this.verbs = rooms.flatMap((room) => room.verbs ?? []);
    this.roots = rooms.flatMap((room) => room.roots ?? []);
    this.rules = new Map(rooms.flatMap((room) => room.rules ?? []).map((rules) => [rules.on, rules]));
    this.byTag = new Map(this.records.map((record) => [record.tag, record]));
    this.byTable = new Map(this.records.map((record) => [record.table, record]));
    this.byName = new Map(this.records.map((record) => [record.name, record]));
    for (const relation of this.relations) {
      const siblings = this.relationsByFrom.get(relation.from) ?? [];
      this.relationsByFrom.set(relation.from, [...siblings, relation]);
    }
  }

  /** The type whose records a table holds; undefined for a table of parts, or a view. */
  findByTable(table: string): RecordType | undefined {
    return this.byTable.get(table);
  }

  findByTag(tag: string): RecordType | undefined {
    return this.byTag.get(tag);
  }

  /** @throws for a name that no room declares: the database is newer than the code */
  getByName(name: string): RecordType {
    const record = this.byName.get(name);
    if (record === undefined) throw new Error(`no record type is called ${name}`);
    return record;
  }

  conditionsOn(record: RecordType): readonly Condition[] {
    return this.conditions.filter((condition) => condition.on === record);
  }

  rulesOf(record: RecordType): WriteRules | undefined {
    return this.rules.get(record);
  }

  relationsFrom(record: RecordType): readonly Relation[] {
    return this.relationsByFrom.get(record) ?? [];
  }
}
