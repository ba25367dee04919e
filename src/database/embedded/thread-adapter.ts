// Prisma's driver adapter for the database's thread. The thread has the one for PGlite, which knows its types; what goes through here is
// plain data, as the adapters' interface wants it.
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  SqlResultSet,
  Transaction,
} from "@prisma/driver-adapter-utils";
import type { Claim } from "../claim";
import type { ThreadAccess, TransactionAccess } from "./thread-access";

const IDENTITY = { provider: "postgres", adapterName: "pglite-prisma-adapter" } as const;

/**
 * @param begin begins a transaction on the access; it says why where none can be had
 * @param timeoutMs how long each statement may run; 0 is without end
 */
export function adapterOver(
  access: ThreadAccess,
  claim: Claim,
  begin: () => Promise<TransactionAccess>,
  timeoutMs: number,
): SqlMigrationAwareDriverAdapterFactory {
  const connection: SqlDriverAdapter = {
    ...queryableOver(access, claim, timeoutMs),
    executeScript: async (script) => {
      await access.use(claim, (thread) => thread.script(script, { timeoutMs }));
    },
    startTransaction: async (isolationLevel) => {
      const transaction = await begin();
      if (isolationLevel !== undefined) {
        const script = `SET TRANSACTION ISOLATION LEVEL ${isolationLevel}`;
        await transaction.use(claim, (thread) => thread.script(script, { timeoutMs }));
      }
      return transactionOver(transaction, claim, timeoutMs);
    },
    getConnectionInfo: () => ({ supportsRelationJoins: true }),
    dispose: () => Promise.resolve(),
  };
  return {
    ...IDENTITY,
    connect: () => Promise.resolve(connection),
    connectToShadowDb: () => Promise.reject(new Error("the embedded database has no second one to compare with")),
  };
}

function queryableOver(access: ThreadAccess, claim: Claim, timeoutMs: number): SqlQueryable {
  const adapted = (operation: "queryRaw" | "executeRaw", query: SqlQuery): Promise<unknown> =>
    access.use(claim, (thread) => thread.adapted(operation, query, { timeoutMs }));
  return {
    ...IDENTITY,
    queryRaw: async (query) => (await adapted("queryRaw", query)) as SqlResultSet,
    executeRaw: async (query) => (await adapted("executeRaw", query)) as number,
  };
}

function transactionOver(transaction: TransactionAccess, claim: Claim, timeoutMs: number): Transaction {
  return {
    ...queryableOver(transaction, claim, timeoutMs),
    // The engine then leaves COMMIT and ROLLBACK to commit() and rollback().
    options: { usePhantomQuery: true },
    commit: () => transaction.commit(),
    rollback: () => transaction.rollback(),
  };
}
