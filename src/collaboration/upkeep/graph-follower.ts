// Follows the log: keeps the graph in memory in step with the database. What it does when is told by graph-follower.state.ts.
import { setImmediate } from "node:timers/promises";
import type { Database } from "../../database/database";
import type { RevisionState } from "../../database/read/revision";
import type { RevisionWatch } from "../../database/revision-watch";
import { ApiError } from "../../kernel/errors";
import { MachineRunner } from "../../kernel/machine-runner";
import type { GraphSnapshot } from "../graph/snapshot";
import {
  alarmOf,
  FOLLOWER,
  newFollower,
  type FollowerData,
  type FollowerEffect,
  type FollowerEvents,
  type FollowerState,
} from "./graph-follower.state";
import { readNewer } from "./read-newer";

export interface FollowerTimes {
  /** how long a request waits for the graph to reach its revision, in milliseconds */
  waitMs: number;
  /** how long it rests after a failure, in milliseconds */
  retryMs: number;
}

const TIMES: FollowerTimes = { waitMs: 2_000, retryMs: 1_000 };

/** What the watch of the revision wants; requests have numbers after it. */
const NEWEST = 0;

interface Waiting {
  resolve: (snapshot: GraphSnapshot) => void;
  reject: (error: Error) => void;
}

export class GraphFollower {
  private snapshot: GraphSnapshot | undefined;
  private readonly machine: MachineRunner<FollowerState, FollowerData, FollowerEvents, FollowerEffect>;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = NEWEST;
  private lastVersion = 0;
  private reading = Promise.resolve();
  private unsubscribe: () => void = () => undefined;
  private readonly times: FollowerTimes;

  /** @param onFailure told of every failure to read; it is tried again by itself */
  constructor(
    private readonly database: Database,
    private readonly watch: RevisionWatch,
    private readonly onFailure: (error: unknown) => void,
    times: Partial<FollowerTimes> = {},
  ) {
    this.times = { ...TIMES, ...times };
    this.machine = new MachineRunner({
      from: newFollower(this.times.retryMs),
      table: FOLLOWER,
      alarmOf,
      bringAbout: (effect) => {
        this.bringAbout(effect);
      },
    });
  }

  /** Begins to read the graph, and to follow every revision from then on. Requests need not wait for it. */
  start(): void {
    const follow = (): void =>
      this.machine.tell("wanted", { id: NEWEST, revision: this.watch.current(), until: Infinity });
    this.unsubscribe = this.watch.onAdvance(follow);
    follow();
  }

  /** The graph as it is now; undefined before it is read. */
  get current(): GraphSnapshot | undefined {
    return this.snapshot;
  }

  /** The graph, at least as new as a revision. @throws OVERLOADED where it is not that new in time */
  at(revision: RevisionState): Promise<GraphSnapshot> {
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      this.waiting.set(id, { resolve, reject });
      this.machine.tell("wanted", { id, revision, until: performance.now() + this.times.waitMs });
    });
  }

  /** To be called before the database is closed. */
  async close(): Promise<void> {
    this.unsubscribe();
    this.machine.tell("close", {});
    await this.reading;
  }

  private bringAbout(effect: FollowerEffect): void {
    switch (effect.do) {
      case "read":
        this.reading = this.read();
        return;
      case "report":
        this.onFailure(effect.error);
        return;
      case "give":
      case "refuse":
        this.answer(effect.id, effect.do === "give" ? this.snapshot : undefined);
    }
  }

  private answer(id: number, snapshot: GraphSnapshot | undefined): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (snapshot !== undefined) waiting?.resolve(snapshot);
    else waiting?.reject(notReached());
  }

  private async read(): Promise<void> {
    try {
      const { state, isChanged, takeIn } = await readNewer(this.database, this.snapshot, () => this.pause());
      if (isChanged) this.lastVersion += 1;
      // An error leaves no graph, and all is read the next time.
      this.snapshot = undefined;
      this.snapshot = { graph: takeIn(), state, version: this.lastVersion };
    } catch (error) {
      this.machine.tell("failed", { at: this.current?.state, error });
      return;
    }
    this.machine.tell("read", { at: this.snapshot.state });
  }

  /** Lets others have their turn. @throws where the reading is of no use any more */
  private async pause(): Promise<void> {
    await setImmediate();
    if (this.machine.state === "closed") throw new Error("the graph is closed");
  }
}

function notReached(): ApiError {
  return new ApiError(
    "OVERLOADED",
    "the links of the newest revision are not ready yet: try again in some seconds",
    "LINKS_NOT_READY",
  );
}
