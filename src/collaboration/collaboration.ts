// The graph of collaboration as a process has it: what requests ask, and what is started and ended with the process.
import type { Database } from "../database/database";
import type { RevisionWatch } from "../database/revision-watch";
import { ResidentKey, type RequestContext } from "../graph/context";
import { CurrentMeasures } from "./current-measures";
import { CurrentStrongest } from "./current-strongest";
import { GraphWorker } from "./worker/graph-worker";
import { AdjacencyKeeper, type Kept } from "./memory/keeper";

export interface CollaborationOptions {
  database: Database;
  revisionWatch: RevisionWatch;
  /** told of every failure to read the graph; it is tried again by itself */
  onFailure: (error: unknown) => void;
  /** the compiled file of the worker thread, see worker/entry.ts */
  workerFile: string;
}

export class Collaboration {
  readonly measures: CurrentMeasures;
  readonly strongest: CurrentStrongest;
  private readonly keeper: AdjacencyKeeper;
  private readonly worker: GraphWorker;

  constructor({ database, revisionWatch, onFailure, workerFile }: CollaborationOptions) {
    this.keeper = new AdjacencyKeeper(database, revisionWatch, onFailure);
    this.worker = new GraphWorker(workerFile);
    this.measures = new CurrentMeasures(this.worker);
    this.strongest = new CurrentStrongest(this.worker);
  }

  /** Reads the graph, and follows what is written from then on. Requests that come before it is read wait for it. */
  start(): void {
    this.keeper.start();
  }

  /**
   * The graph, at least as new as what the request was promised. It changes with the next revision: finish with it before awaiting
   * anything.
   * @throws OVERLOADED where it is not that new in time
   */
  at({ revision }: RequestContext): Promise<Kept> {
    return this.keeper.at(revision);
  }

  /** To be called before the database is closed. */
  async close(): Promise<void> {
    await this.keeper.close();
    await this.worker.close();
  }
}

export const COLLABORATION = new ResidentKey<Collaboration>("graph of collaboration");

export function collaborationOf(context: RequestContext): Collaboration {
  return context.resident(COLLABORATION);
}
