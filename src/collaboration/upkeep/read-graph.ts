// The whole graph, as it is read at a start and wherever following the log would take longer.
import type { Session } from "../../database/database";
import { AffiliationGraph } from "../graph/affiliation-graph";
import { readAllAffiliations } from "./read-affiliations";
import { readAllInterests } from "./read-interests";
import { readAllTraits } from "./read-traits";

/** @param pause is awaited now and then, to let others have their turn */
export async function readGraph(session: Session, pause?: () => Promise<unknown>): Promise<AffiliationGraph> {
  const graph = new AffiliationGraph();
  await readAllTraits(session, graph);
  await readAllAffiliations(session, graph, pause);
  await readAllInterests(session, graph);
  return graph;
}
