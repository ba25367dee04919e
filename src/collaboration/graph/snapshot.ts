// The graph at one moment, as whoever asks gets it.
import type { AffiliationGraph } from "./affiliation-graph";

/** A revision of the database, in the epoch in which it counts. */
export interface GraphRevision {
  epoch: string;
  revision: string;
}

/** The graph, and the revision that it is at least as new as. It changes in place: finish with it before you await anything. */
export interface GraphSnapshot {
  graph: AffiliationGraph;
  state: GraphRevision;
  /** another number for each state of the graph: what follows from it stays right as long as this is the same */
  version: number;
}
