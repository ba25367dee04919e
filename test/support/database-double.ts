// A double of a database, some of whose methods are replaced: also on behalf of whoever asks, and for what is in reserve.
import type { Database } from "../../src/database/database";

export type DatabaseChanges = (inner: Database) => Partial<Pick<Database, "query" | "write">>;

export function databaseDouble(database: Database, changes: DatabaseChanges): Database {
  const changed = { ...database, ...changes(database) };
  return {
    ...changed,
    reserveFor: (caller) => ({ ...database.reserveFor(caller), query: changed.query }),
    onBehalfOf: (claim) => databaseDouble(database.onBehalfOf(claim), changes),
  };
}
