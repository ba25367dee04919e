// All declarations of all rooms, and the questions that the machinery asks of them.
import { filterFields, type Condition, type FilterFields } from "./filter-fields";
import type { Relation } from "./relation";
import type { RecordType } from "./record-type";
import type { Command } from "../write/command";
import type { WriteRules } from "../write/rules";

/** What one room adds to the graph. */
export interface Room {
  records: readonly RecordType[];
  relations: readonly Relation[];
  /** conditions of filters that are neither a column nor a relation */
  conditions?: readonly Condition[];
  /** what must hold when records are written, beside the constraints of the database */
  rules?: readonly WriteRules[];
  /** mutations beside create, update and delete */
  commands?: readonly Command[];
  /** classes of fields that are written by hand */
  resolvers?: readonly (new () => object)[];
}

export class Catalogue {
  readonly records: readonly RecordType[];
  readonly relations: readonly Relation[];
  readonly commands: readonly Command[];
  readonly resolvers: readonly (new () => object)[];
  private readonly rules: ReadonlyMap<RecordType, WriteRules>;
  private readonly byTag: ReadonlyMap<string, RecordType>;
  private readonly byName: ReadonlyMap<string, RecordType>;
  private readonly byTable: ReadonlyMap<string, RecordType>;
  private readonly relationsByFrom = new Map<RecordType, Relation[]>();
  private readonly filterFieldsByType: ReadonlyMap<RecordType, FilterFields>;

  /**
   * @param rooms in the order of the house, so that what a record refers to comes before it
   * @throws where two fields of a filter would have one name
   */
  constructor(rooms: readonly Room[]) {
    this.records = rooms.flatMap((room) => room.records);
    this.relations = rooms.flatMap((room) => room.relations);
    this.commands = rooms.flatMap((room) => room.commands ?? []);
    this.resolvers = rooms.flatMap((room) => room.resolvers ?? []);
    this.rules = new Map(rooms.flatMap((room) => room.rules ?? []).map((rules) => [rules.on, rules]));
    this.byTag = new Map(this.records.map((record) => [record.tag, record]));
    this.byTable = new Map(this.records.map((record) => [record.table, record]));
    this.byName = new Map(this.records.map((record) => [record.name, record]));
    for (const relation of this.relations) {
      const siblings = this.relationsByFrom.get(relation.from) ?? [];
      this.relationsByFrom.set(relation.from, [...siblings, relation]);
    }
    const conditions = rooms.flatMap((room) => room.conditions ?? []);
    this.filterFieldsByType = new Map(
      this.records.map((type) => {
        const own = conditions.filter(({ on }) => on === type);
        return [type, filterFields(type, own, this.relationsFrom(type))];
      }),
    );
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

  /** @throws for a type that no room declares */
  filterFieldsOf(record: RecordType): FilterFields {
    const fields = this.filterFieldsByType.get(record);
    if (fields === undefined) throw new Error(`no room declares ${record.name}`);
    return fields;
  }

  rulesOf(record: RecordType): WriteRules | undefined {
    return this.rules.get(record);
  }

  relationsFrom(record: RecordType): readonly Relation[] {
    return this.relationsByFrom.get(record) ?? [];
  }
}
