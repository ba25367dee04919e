// One write on records that are drawn by a seed.
import sql, { raw, type Sql } from "sql-template-tag";
import { withPrisma, type LeasedPrisma } from "../../src/database/client/prisma";
import type { Database, Session } from "../../src/database/database";
import { pick, type Random } from "../../src/kernel/random";

/** Draws records, and changes them, in one transaction. */
export class Change {
  constructor(
    private readonly session: Session,
    readonly random: Random,
  ) {}

  /** The UUID of some row that there is. */
  async one(table: string, where = "true"): Promise<string> {
    const rows = await this.session.query<{ id: string }>(
      sql`SELECT id FROM ${raw(table)} t WHERE ${raw(where)} ORDER BY id`,
    );
    return pick(this.random, rows).id;
  }

  async run(statement: Sql): Promise<void> {
    await this.session.query(statement);
  }

  async with(work: (prisma: LeasedPrisma) => Promise<unknown>): Promise<void> {
    await withPrisma(this.session, work);
  }

  /** One day of the years that the graph is about, or none. */
  day(): string | null {
    return pick(this.random, [null, "1997", "2008-05", "2013-02-28", "2021", "2026-11-20", "2026-11-21", "2029-12"]);
  }

  period(): [since: string | null, until: string | null] {
    const [a, b] = [this.day(), this.day()];
    return a !== null && b !== null && a > b ? [b, a] : [a, b];
  }
}

export async function change(
  database: Database,
  random: Random,
  make: (change: Change) => Promise<void>,
): Promise<void> {
  await database.write("test", (session) => make(new Change(session, random)));
}
