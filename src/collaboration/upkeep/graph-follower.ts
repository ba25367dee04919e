// Keeps the graph of collaboration in memory in step with the database: read whole at the start, then by the log after its own
// revision. It is read beside writers, statement by statement, so a part of it may be newer than the revision that it is said
// to be of; never older.
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Database } from "../../database/database";
import type { RevisionWatch } from "../../database/revision-watch";
import { afterRevision, changesAfter, type LogPosition, type RecordChange } from "../../database/read/changes";
import { readRevision, type RevisionState } from "../../database/read/revision";
import { ApiError } from "../../kernel/errors";
import { AFFILIATION_SOURCES } from "../kinds";
import type { GraphSnapshot } from "../graph/snapshot";
import { takeInChange } from "../graph/take-in";
import { readMovedAffiliations } from "./read-affiliations";
import { readChangedInterests } from "./read-interests";
import { readChangedTraits, TRAITS_OF } from "./read-traits";
import { readGraph } from "./read-graph";

export interface FollowerTimes {
  /** how long a request waits for the graph to reach its revision, in milliseconds */
  waitMs: number;
  /** how long it rests after a failure, in milliseconds */
  retryMs: number;
}

const TIMES: FollowerTimes = { waitMs: 2_000, retryMs: 1_000 };

/** How long it waits for a database that is behind. */
const BEHIND_MS = 20;
const CHANGES_AT_ONCE = 2_000;
/** Of more changes than these, everything is read anew, which is quicker. */
const CHANGES_FOLLOWED = 50_000;

const TYPES = [
  ...new Set([...TRAITS_OF, ...AFFILIATION_SOURCES.flatMap(({ movers }) => movers.map(({ of }) => of.name))]),
];

export class GraphFollower {
  private snapshot: GraphSnapshot | undefined;
  private working: Promise<void> | undefined;
  private versions = 0;
  private isFollowing = false;
  private isClosed = false;
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
  }

  /** Begins to read the graph, and to follow every revision from then on. Requests need not wait for it. */
  start(): void {
    this.unsubscribe = this.watch.onAdvance(() => void this.follow());
    void this.follow();
  }

  /** The graph as it is now; undefined before it is read. */
  get current(): GraphSnapshot | undefined {
    return this.snapshot;
  }

  /**
   * The graph, at least as new as the state. It changes with the next revision: whoever takes it finishes with it
   * before awaiting anything.
   * @throws OVERLOADED where it is not that new in time
   */
  async at(state: RevisionState): Promise<GraphSnapshot> {
    const deadline = new Deadline(this.times.waitMs);
    try {
      for (;;) {
        const { snapshot } = this;
        if (snapshot !== undefined && isAsNew(snapshot.state, state)) return snapshot;
        if (deadline.isPassed || this.isClosed) throw notReached();
        await Promise.race([this.work(), deadline.passed]);
        if (this.snapshot === snapshot) await Promise.race([rest(BEHIND_MS), deadline.passed]);
      }
    } finally {
      deadline.clear();
    }
  }

  /** To be called before the database is closed. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.unsubscribe();
    await this.working;
  }

  /** Reads until nothing newer is known of; whatever comes meanwhile is read by the one that reads. */
  private async follow(): Promise<void> {
    if (this.isFollowing) return;
    this.isFollowing = true;
    while (!this.isClosed && (this.snapshot === undefined || !isAsNew(this.snapshot.state, this.watch.current()))) {
      const before = this.snapshot;
      await this.work();
      // A database that is behind what it told others gets there in its own time.
      if (this.snapshot === before) await rest(BEHIND_MS);
    }
    this.isFollowing = false;
  }

  /** One reading at a time. Never rejects. */
  private work(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.working ??= this.catchUp()
      .catch(async (error: unknown) => {
        if (this.isClosed) return;
        this.onFailure(error);
        // Whoever waits asks again at once.
        await rest(this.times.retryMs);
      })
      .finally(() => {
        this.working = undefined;
      });
    return this.working;
  }

  private async catchUp(): Promise<void> {
    const target = await readRevision(this.database);
    const { snapshot } = this;
    if (snapshot === undefined || snapshot.state.epoch !== target.epoch) return this.readAll(target);
    if (snapshot.state.revision === target.revision) return;
    const changes = await this.changesUpTo(snapshot.state, target.revision);
    if (changes === undefined) return this.readAll(target);
    const { graph } = snapshot;
    const read = [
      ...(await readChangedTraits(this.database, changes)),
      ...(await readMovedAffiliations(this.database, changes)),
      ...(await readChangedInterests(this.database, changes)),
    ];
    // At once, so that nobody sees a half of it; one that is left half taken in is read whole the next time.
    this.snapshot = undefined;
    for (const change of read) takeInChange(graph, change);
    this.snapshot = { graph, state: target, version: read.length === 0 ? snapshot.version : this.nextVersion() };
  }

  private async readAll(target: RevisionState): Promise<void> {
    const graph = await readGraph(this.database, () => this.pause());
    this.snapshot = { graph, state: target, version: this.nextVersion() };
  }

  /** Lets others have their turn. @throws where the reading is of no use any more */
  private async pause(): Promise<void> {
    await setImmediate();
    if (this.isClosed) throw new Error("the graph is closed");
  }

  private nextVersion(): number {
    this.versions += 1;
    return this.versions;
  }

  /** The changes after a revision; undefined where they are too many to follow. */
  private async changesUpTo({ revision }: RevisionState, upTo: string): Promise<RecordChange[] | undefined> {
    const changes: RecordChange[] = [];
    let after: LogPosition | undefined = afterRevision(revision);
    while (after !== undefined) {
      const page: RecordChange[] = await changesAfter(this.database, after, upTo, TYPES, CHANGES_AT_ONCE);
      changes.push(...page);
      if (changes.length > CHANGES_FOLLOWED) return undefined;
      after = page.length < CHANGES_AT_ONCE ? undefined : page.at(-1);
    }
    return changes;
  }
}

function isAsNew(snapshot: RevisionState, wanted: RevisionState): boolean {
  return snapshot.epoch === wanted.epoch && BigInt(snapshot.revision) >= BigInt(wanted.revision);
}

function notReached(): ApiError {
  return new ApiError(
    "OVERLOADED",
    "the links of the newest revision are not ready yet: try again in some seconds",
    "LINKS_NOT_READY",
  );
}

/** A while that does not keep the process. */
function rest(ms: number): Promise<void> {
  return setTimeout(ms, undefined, { ref: false });
}

/** A time that passes, and says so. */
class Deadline {
  isPassed = false;
  readonly passed: Promise<void>;
  private readonly timer: NodeJS.Timeout;

  constructor(ms: number) {
    let pass: () => void = () => undefined;
    this.passed = new Promise((resolve) => (pass = resolve));
    this.timer = globalThis.setTimeout(() => {
      this.isPassed = true;
      pass();
    }, ms);
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
