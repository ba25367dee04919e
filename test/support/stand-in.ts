// Another database in the place of one: what stands in holds on behalf of whoever asks, and for what is in reserve too.
import type { Database } from "../../src/database/database";

export type StandIn = (inner: Database) => Partial<Pick<Database, "query" | "write">>;

export function standIn(database: Database, changes: StandIn): Database {
  const changed = { ...database, ...changes(database) };
  return {
    ...changed,
    reserveFor: (caller) => ({ ...database.reserveFor(caller), query: changed.query }),
    onBehalfOf: (claim) => standIn(database.onBehalfOf(claim), changes),
  };
}
