// The words that visibility predicates are made of.
import sql, { type Sql } from "sql-template-tag";
import type { Viewer } from "../../kernel/viewer";

/** True where the id is that of the city, network or organization whose key it is. */
export function isOwn(id: Sql, viewer: Viewer): Sql {
  return viewer.scope === null ? sql`false` : sql`${id} = ${viewer.scope}::uuid`;
}
