// The newest revision, and the epoch outside of which it means nothing.
import sql from "sql-template-tag";
import type { Session } from "../database";

export interface RevisionState {
  epoch: string;
  revision: string;
}

export async function readRevision(session: Session): Promise<RevisionState> {
  const [row] = await session.query<RevisionState>(sql`SELECT epoch, revision FROM revision_counter`);
  if (row === undefined) throw new Error("the revision counter is gone");
  return row;
}
