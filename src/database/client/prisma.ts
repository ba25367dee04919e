// Prisma Client over the sessions of units of work. There is one client for the process, which has no connection: each lease of it is an
// interactive transaction to Prisma, and to the database nothing but statements of the session that it is leased with.
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { Session } from "../database";
import { PrismaClient, type Prisma } from "../generated/client";
import { IDENTITY, SessionTransaction, StatementFailed } from "./session-transaction";

/**
 * What there is of Prisma Client in a lease. SQL has a place of its own, `session.query`; and tables with JSON are left out, which a
 * session gives parsed and Prisma wants as text.
 */
export type LeasedPrisma = Omit<
  Prisma.TransactionClient,
  "$queryRaw" | "$queryRawUnsafe" | "$executeRaw" | "$executeRawUnsafe" | "changeLog" | "idempotentWrite"
>;

/** The longest that a timer of Node.js can be set to, in milliseconds: whoever has the session limits how long it is had. */
const WITHOUT_END_MS = 2 ** 31 - 1;

/** The session that the next transaction of Prisma is a lease of. */
let offered: Session | undefined;
/** Resolves when the last lease has begun: one after the other, so that each gets the session that was offered for it. */
let begun: Promise<void> = Promise.resolve();
let client: PrismaClient | undefined;

/**
 * Prisma Client, leased with a session for the time of some work: what it asks and writes is part of the session's transaction, where
 * the session is in one. A `$transaction` within is a savepoint of it.
 * @param work must leave nothing under way: the lease is over when it is done
 * @throws what the session throws, which within the work is the cause of an error; and what the work throws
 */
export async function withPrisma<T>(session: Session, work: (prisma: LeasedPrisma) => Promise<T>): Promise<T> {
  const before = begun;
  let letNextBegin = (): void => undefined;
  begun = new Promise((resolve) => (letNextBegin = resolve));
  await before;
  offered = session;
  try {
    return await theClient().$transaction(
      (prisma) => {
        letNextBegin();
        return work(prisma);
      },
      { maxWait: WITHOUT_END_MS, timeout: WITHOUT_END_MS },
    );
  } catch (error) {
    throw error instanceof StatementFailed ? error.cause : error;
  } finally {
    // Nobody took it where the transaction did not begin.
    if (offered === session) offered = undefined;
    letNextBegin();
  }
}

/** Loads the client's query compiler, some hundred milliseconds of the processor's time: a server does it before there are requests. */
export async function loadPrisma(): Promise<void> {
  const nobody: Session = { query: () => Promise.resolve([]), execute: () => Promise.resolve() };
  // The first question costs a dozen times what the next ones do.
  await withPrisma(nobody, (prisma) => prisma.record.findFirst({ select: { id: true } }));
}

function theClient(): PrismaClient {
  // Messages without the code of whoever asked, which Prisma reads from its file for each query.
  client ??= new PrismaClient({ adapter: overSessions, errorFormat: "minimal" });
  return client;
}

const outsideOfLease = (): Promise<never> =>
  Promise.reject(new Error("Prisma Client has no session outside of a lease"));

const connection: SqlDriverAdapter = {
  ...IDENTITY,
  queryRaw: outsideOfLease,
  executeRaw: outsideOfLease,
  executeScript: outsideOfLease,
  startTransaction: () => {
    if (offered === undefined) return outsideOfLease();
    const transaction = new SessionTransaction(offered);
    offered = undefined;
    return Promise.resolve(transaction);
  },
  getConnectionInfo: () => ({ supportsRelationJoins: false }),
  dispose: () => Promise.resolve(),
};

const overSessions: SqlDriverAdapterFactory = { ...IDENTITY, connect: () => Promise.resolve(connection) };
