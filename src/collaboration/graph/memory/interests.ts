// What the shared records are about: the goals, the areas of action and the creative fields of projects and practices.
import { grown } from "./growing";

/** What a record is about: ids of goals and of creative fields, and names of areas of action. */
export interface TopicsOfRecord {
  goals: readonly string[];
  areas: readonly string[];
  fields: readonly string[];
}

/** Topics of one sort by small numbers, and which of them each record is about. Many records are about the same: each list is kept once. */
export class Topics {
  private readonly ids: string[] = [];
  private readonly numberById = new Map<string, number>();
  private readonly lists: (readonly number[])[] = [[]];
  private readonly listByKey = new Map<string, number>([["", 0]]);
  /** of each record the place of its list */
  private listOfRecord = new Int32Array(0);

  /** All topics have numbers below this one. */
  get size(): number {
    return this.ids.length;
  }

  /** What it holds in memory for the records, in bytes; the lists themselves are few. */
  get byteLength(): number {
    return this.listOfRecord.byteLength;
  }

  /** The number of a topic, given to it now where it had none. */
  numberOf(id: string): number {
    const known = this.numberById.get(id);
    if (known !== undefined) return known;
    const number = this.ids.push(id) - 1;
    this.numberById.set(id, number);
    return number;
  }

  /** The number of a topic; -1 for one that has none. */
  find(id: string): number {
    return this.numberById.get(id) ?? -1;
  }

  /** The id of a number that was given. */
  idOf(number: number): string {
    const id = this.ids[number];
    if (id === undefined) throw new Error(`no topic has the number ${number}`);
    return id;
  }

  /** Replaces what a record was about before. */
  set(record: number, ids: readonly string[]): void {
    const numbers = [...new Set(ids.map((id) => this.numberOf(id)))].sort((a, b) => a - b);
    const key = numbers.join();
    const list = this.listByKey.get(key) ?? this.lists.push(numbers) - 1;
    this.listByKey.set(key, list);
    this.listOfRecord = grown(this.listOfRecord, record + 1, 0);
    this.listOfRecord[record] = list;
  }

  /** The numbers of a record's topics, in ascending order; none for one that says nothing of itself. */
  of(record: number): readonly number[] {
    return this.lists[this.listOfRecord[record] ?? 0] as readonly number[];
  }
}

export class Interests {
  readonly goals = new Topics();
  readonly fields = new Topics();
  /** areas of action by their names */
  readonly areas = new Topics();

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    return this.goals.byteLength + this.areas.byteLength + this.fields.byteLength;
  }

  /** Replaces what was there before. */
  set(record: number, { goals, areas, fields }: TopicsOfRecord): void {
    this.goals.set(record, goals);
    this.areas.set(record, areas);
    this.fields.set(record, fields);
  }
}
