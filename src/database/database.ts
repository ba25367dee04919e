// What the rest of the code knows of a database: statements and writing transactions. Two backends
// provide it, embedded (embedded-backend.ts) and a server (server-backend.ts), with the same SQL and the same results.
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { Sql } from "sql-template-tag";
import type { Claim } from "./claim";

/** The text of one statement, with $1, $2 … for its values. `sql` of sql-template-tag makes it. */
export type Statement = Pick<Sql, "text" | "values">;

/** One statement at a time, in a transaction or outside. */
export interface Session {
  /** Rows with parsed values: numbers, booleans, JSON; int8, dates and timestamps as text (see wire-types.ts). */
  query<Row extends object>(statement: Statement): Promise<Row[]>;
  /** Several statements without parameters, for migrations and tests. */
  execute(script: string): Promise<void>;
}

/** A session that Prisma's engines can work on too, through its driver adapter. */
export interface AdaptedSession extends Session {
  readonly adapter: SqlMigrationAwareDriverAdapterFactory;
}

/** Who listens on a channel. Both must return at once and not throw. */
export interface Listener {
  onMessage: (payload: string) => void;
  /** It listens, from the first time or again: messages before now may be lost. */
  onListening: () => void;
}

export interface Database extends AdaptedSession {
  readonly backend: "embedded" | "server";
  /**
   * For what must be answered however much is asked: keys, health, the revision. Its statements never wait for those of operations.
   * @param caller for whom; they take turns
   */
  reserveFor(caller: string): Session;
  /** The same database on behalf of somebody: its statements and transactions stand under the claim. */
  onBehalfOf(claim: Claim): Database;
  /**
   * One writing transaction: begin_write first, alone, so that everything read after it is the newest; then the work.
   * The whole is rolled back when the work throws. The work must await nothing but this session.
   * @param actor who writes, for the log: a key's name, or a command such as "dataset"
   */
  write<T>(actor: string, work: (session: Session) => Promise<T>): Promise<T>;
  /**
   * One transaction while no other process has one under the same key: it waits for its turn, and runs, without bound.
   * Killed or failed in the midst, it leaves nothing behind. For what changes the database itself.
   */
  exclusively<T>(key: number, work: (alone: AdaptedSession) => Promise<T>): Promise<T>;
  /**
   * The messages of NOTIFY on a channel, until the returned function is called or the database is closed. Resolves also
   * where no session could be had yet: it is tried for again without end. Behind some poolers, and on a standby, no
   * message ever comes: who needs to know must ask besides.
   */
  listen(channel: string, listener: Listener): Promise<() => Promise<void>>;
  /** Finishes running statements and lets go of every resource. */
  close(): Promise<void>;
}

/** Something about the database that the operator must mend: shown without a stack, the process ends with 1. */
export class DatabaseProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DatabaseProblem";
  }
}
