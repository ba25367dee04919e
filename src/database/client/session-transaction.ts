// A session as Prisma knows a transaction. Whatever Prisma Client asks goes through the session: so it takes its turn, is limited and
// canceled, and is part of the transaction that runs, as every other statement of the session. Prisma neither begins nor ends that.
import type { SqlQuery, SqlResultSet, Transaction } from "@prisma/driver-adapter-utils";
import type { Session, Statement } from "../database";

/** What adapters for PostgreSQL call themselves. */
export const IDENTITY = { provider: "postgres", adapterName: "session" } as const;

/**
 * Carries what a session threw through Prisma, as its cause: Prisma makes errors that have a code into its own, without what else the
 * database said.
 */
export class StatementFailed extends Error {
  constructor(override readonly cause: unknown) {
    super("a statement of Prisma Client failed");
    this.name = "StatementFailed";
  }
}

export class SessionTransaction implements Transaction {
  readonly provider = IDENTITY.provider;
  readonly adapterName = IDENTITY.adapterName;
  /** Prisma then writes no COMMIT and no ROLLBACK, and calls what stands below. */
  readonly options = { usePhantomQuery: true };
  // Prisma remembers transactions that are over.
  private session: Session | undefined;

  constructor(session: Session) {
    this.session = session;
  }

  // Prisma looks at no column types, but for raw queries, which nobody makes.
  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    const rows = await this.ask((session) => session.query(statementOf(query)));
    return {
      columnNames: Object.keys(rows[0] ?? {}),
      columnTypes: [],
      rows: rows.map((row) => Object.values(row) as unknown[]),
    };
  }

  /** @returns how many rows were changed, which a session does not tell: each gives a row instead */
  async executeRaw(query: SqlQuery): Promise<number> {
    const rows = await this.ask((session) => session.query(statementOf(query, " RETURNING 1")));
    return rows.length;
  }

  createSavepoint(name: string): Promise<void> {
    return this.ask((session) => session.execute(`SAVEPOINT ${name}`));
  }

  rollbackToSavepoint(name: string): Promise<void> {
    return this.ask((session) => session.execute(`ROLLBACK TO SAVEPOINT ${name}`));
  }

  releaseSavepoint(name: string): Promise<void> {
    return this.ask((session) => session.execute(`RELEASE SAVEPOINT ${name}`));
  }

  commit(): Promise<void> {
    return this.leave();
  }

  rollback(): Promise<void> {
    return this.leave();
  }

  private leave(): Promise<void> {
    this.session = undefined;
    return Promise.resolve();
  }

  private async ask<T>(question: (session: Session) => Promise<T>): Promise<T> {
    try {
      if (this.session === undefined) throw new Error("the lease of Prisma Client is over");
      return await question(this.session);
    } catch (error) {
      throw new StatementFailed(error);
    }
  }
}

function statementOf({ sql, args }: SqlQuery, suffix = ""): Statement {
  return {
    text: `${sql}${suffix}`,
    values: args.map((value) => (value instanceof Date ? value.toISOString() : value)),
  };
}
