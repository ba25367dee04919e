// A writer that makes pages shift: it copies records under names of its own, changes and deletes its copies, and never
// touches another row. It knows record types by their declarations alone, so that new ones shift too.
import sql, { join, raw, type Sql } from "sql-template-tag";
import type { Database } from "../../src/database/database";
import type { RecordType } from "../../src/database/declare/record-type";
import { snakeCase } from "../../src/kernel/names";
import { between, pick, type Random } from "../../src/kernel/random";

export class ShiftingWriter {
  /** writes that were committed, by type */
  readonly written = new Map<string, number>();
  private readonly own = new Map<RecordType, string[]>();
  private copies = 0;

  constructor(
    private readonly database: Database,
    private readonly types: readonly RecordType[],
    private readonly random: Random,
  ) {}

  /** One write. What the database's constraints refuse is let go: a copy may well overlap with its original. */
  async write(): Promise<void> {
    const type = pick(this.random, this.types);
    const own = this.ownOf(type);
    const dice = this.random();
    try {
      if (own.length < 3 || dice < 0.55) await this.copy(type);
      else if (dice < 0.8) await this.change(type, pick(this.random, own));
      else await this.remove(type, pick(this.random, own));
      this.written.set(type.name, (this.written.get(type.name) ?? 0) + 1);
    } catch (error) {
      if (!String((error as { code?: unknown }).code).startsWith("23")) throw error;
    }
  }

  private ownOf(type: RecordType): string[] {
    const own = this.own.get(type) ?? [];
    this.own.set(type, own);
    return own;
  }

  private async copy(type: RecordType): Promise<void> {
    this.copies++;
    const placed = this.random() < 0.7;
    const columns = [...Object.keys(type.columns), ...Object.keys(type.references)];
    const values = columns.map((column) => this.copied(type, column, placed));
    const [row] = await this.database.write("shifter", (session) =>
      session.query<{ id: string }>(sql`
        INSERT INTO ${raw(`"${type.table}"`)} (${join(columns.map(quoted), ", ")})
        SELECT ${join(values, ", ")} FROM ${raw(`"${type.table}"`)} s ORDER BY random() LIMIT 1 RETURNING id`),
    );
    if (row !== undefined) this.ownOf(type).push(row.id);
  }

  private copied(type: RecordType, column: string, placed: boolean): Sql {
    const original = sql`s.${quoted(column)}`;
    const reference = type.references[column];
    if (reference !== undefined) {
      const own = this.own.get(reference.to()) ?? [];
      return own.length > 0 && this.random() < 0.8 ? sql`${pick(this.random, own)}::uuid` : original;
    }
    const declared = type.columns[column];
    if (isPlace(type, column)) return placed ? sql`${original} + 0.001` : sql`NULL`;
    if (declared?.unique === true) {
      return declared.codec.kind === "integer"
        ? sql`${between(this.random, 1, 9_999)}::int`
        : sql`${original} || ${`-${this.copies}`}::text`;
    }
    if (declared?.codec.kind === "name") return sql`${original} || ' b'`;
    if (declared?.nullable === true && this.random() < 0.3) return sql`NULL`;
    return original;
  }

  private async change(type: RecordType, id: string): Promise<void> {
    const column = pick(
      this.random,
      Object.keys(type.columns).filter((name) => type.columns[name]?.unique !== true && !isPlace(type, name)),
    );
    await this.database.write("shifter", (session) =>
      session.query(sql`
        UPDATE ${raw(`"${type.table}"`)} SET ${quoted(column)} =
          (SELECT ${quoted(column)} FROM ${raw(`"${type.table}"`)} ORDER BY random() LIMIT 1)
        WHERE id = ${id}::uuid`),
    );
  }

  private async remove(type: RecordType, id: string): Promise<void> {
    await this.database.write("shifter", (session) =>
      session.query(sql`DELETE FROM ${raw(`"${type.table}"`)} WHERE id = ${id}::uuid`),
    );
    const own = this.ownOf(type);
    own.splice(own.indexOf(id), 1);
  }
}

// Both coordinates or none: the two columns of a place change together.
function isPlace(type: RecordType, column: string): boolean {
  return type.located !== undefined && Object.values(type.located).includes(column);
}

function quoted(column: string): Sql {
  return raw(`"${snakeCase(column)}"`);
}
