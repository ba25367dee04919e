// The whole graph, as it is read at a start and wherever following the log would take longer.
import type { Session } from "../../database/database";
import { Adjacency } from "../graph/affiliation-graph";
import { readAllIncidences } from "./read-affiliations";
import { readAllInterests } from "./read-interests";
import { readAllTraits } from "./read-traits";

/** @param pause is awaited now and then, to let others have their turn */
export async function readWhole(session: Session, pause?: () => Promise<unknown>): Promise<Adjacency> {
  const adjacency = new Adjacency();
  await readAllTraits(session, adjacency);
  await readAllIncidences(session, adjacency, pause);
  await readAllInterests(session, adjacency);
  return adjacency;
}
