// The graph of collaboration as a process has it: what requests ask, and what is started and ended with the process.
import type { Database } from "../database/database";
import type { RevisionWatch } from "../database/revision-watch";
import type { RequestContext } from "../graph/context";
import { CurrentEvaluation } from "./background/current-evaluation";
import { CurrentMeasures } from "./background/current-measures";
import { CurrentStrongest } from "./background/current-strongest";
import { ResumableRunner, type Resumable } from "./graph/computing/resumable";
import { TimeSlicer } from "./graph/computing/time-slicer";
import { GraphWorker } from "./background/worker/graph-worker";
import type { GraphSnapshot } from "./graph/snapshot";
import { GraphFollower } from "./upkeep/graph-follower";

declare module "../graph/context" {
  interface Services {
    collaboration: Collaboration;
  }
}

export interface CollaborationOptions {
  database: Database;
  revisionWatch: RevisionWatch;
  /** told of every failure to read the graph; it is tried again by itself */
  onFailure: (error: unknown) => void;
  /** the compiled file of the worker thread, see background/worker/entry.ts */
  workerFile: string;
}

export class Collaboration {
  readonly measures: CurrentMeasures;
  readonly strongest: CurrentStrongest;
  readonly evaluation: CurrentEvaluation;
  private readonly follower: GraphFollower;
  private readonly worker: GraphWorker;
  private readonly slicer = new TimeSlicer();
  private readonly runner: ResumableRunner;

  constructor({ database, revisionWatch, onFailure, workerFile }: CollaborationOptions) {
    this.follower = new GraphFollower(database, revisionWatch, onFailure);
    this.worker = new GraphWorker(workerFile);
    this.runner = new ResumableRunner(this.slicer, () => this.follower.current);
    this.measures = new CurrentMeasures(this.worker, this.runner);
    this.strongest = new CurrentStrongest(this.worker, this.runner);
    this.evaluation = new CurrentEvaluation(this.runner);
  }

  /** Reads the graph, and follows what is written from then on. Requests that come before it is read wait for it. */
  start(): void {
    this.follower.start();
  }

  /**
   * A walk over the graph when its turn comes, at least as new as what the request was promised.
   * @param work must await nothing: the graph changes with the next revision
   * @throws OVERLOADED where it is not that new in time
   */
  async walk<Result>(
    { revision, cancellation }: RequestContext,
    work: (snapshot: GraphSnapshot) => Result,
  ): Promise<Result> {
    const snapshot = await this.follower.at(revision);
    return this.slicer.run(() => {
      cancellation.throwIfCanceled();
      // While it waited for its turn, the graph may have become another.
      return work(this.follower.current ?? snapshot);
    });
  }

  /** The same for a walk that takes long: it awaits nothing either, and yields where others may have their turn. */
  async walkInSteps<Result>(
    { revision, cancellation }: RequestContext,
    walk: (snapshot: GraphSnapshot) => Resumable<Result>,
  ): Promise<Result> {
    return this.runner.run(await this.follower.at(revision), walk, cancellation);
  }

  /**
   * Gives the graph itself, for what is computed for all: to be finished with before anything is awaited. It holds nothing of the request
   * but its revision, because it may be called after the request's end. It throws as walk() does.
   */
  newest({ revision }: RequestContext): () => Promise<GraphSnapshot> {
    return () => this.follower.at(revision);
  }

  /** To be called before the database is closed. */
  async close(): Promise<void> {
    await this.follower.close();
    await this.worker.close();
  }
}
