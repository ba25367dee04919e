// What this process knows of the newest revision, whichever process made it. A message comes with every commit that
// made one; the database is asked as well, because messages get lost (poolers and standbys drop them all), and because only
// the database can say that it is not the one that it was.
import { SERVER } from "./claim";
import { askCounter, type CounterState } from "./epoch";
import type { RevisionState } from "./read/revision";
import type { Database } from "./database";

/** The channel that mint_revision() and begin_epoch() send "<epoch>:<revision>" to. */
const CHANNEL = "ccg_revision";
const MESSAGE = /^([0-9a-f-]{36}):(\d{1,18})$/;

export interface WatchTimes {
  /** how often the database is asked, in milliseconds */
  pollMs: number;
  /** the same while somebody waits for a revision */
  pollWhileAwaitedMs: number;
}

const TIMES: WatchTimes = { pollMs: 1_000, pollWhileAwaitedMs: 100 };

interface Waiter {
  revision: bigint;
  end: (isReached: boolean) => void;
}

export class RevisionWatch {
  private state: RevisionState;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private asking: Promise<void> | undefined;
  private askingNext: Promise<void> | undefined;
  private readonly waiters = new Set<Waiter>();
  private readonly followers = new Set<() => void>();
  private stopListening: () => Promise<void> = () => Promise.resolve();

  private constructor(
    private readonly database: Database,
    /** what the database said last */
    private seen: CounterState,
    private readonly times: WatchTimes,
  ) {
    this.state = { epoch: seen.epoch, revision: seen.revision };
  }

  /** @throws where the database cannot be asked at all */
  static async start(database: Database, times: Partial<WatchTimes> = {}): Promise<RevisionWatch> {
    const watch = new RevisionWatch(database, await askCounter(database.reserveFor(SERVER)), { ...TIMES, ...times });
    watch.stopListening = await database.listen(CHANNEL, {
      onMessage: (payload) => {
        watch.hear(payload);
      },
      onListening: () => void watch.ask(),
    });
    await watch.ask();
    watch.pollLater();
    return watch;
  }

  /** Every statement that begins from now on sees this revision, or later ones. */
  current(): RevisionState {
    return this.state;
  }

  /** What this process read or committed itself. Older than what is known, it changes nothing; another epoch replaces it. */
  note(state: RevisionState): void {
    if (state.epoch === this.state.epoch && BigInt(state.revision) <= BigInt(this.state.revision)) return;
    this.state = state;
    const reached = BigInt(state.revision);
    for (const waiter of this.waiters) if (waiter.revision <= reached) waiter.end(true);
    for (const follower of this.followers) follower();
  }

  /** Tells of every newer revision from now on, until the returned function is called. @param follower must not throw */
  onAdvance(follower: () => void): () => void {
    this.followers.add(follower);
    return () => {
      this.followers.delete(follower);
    };
  }

  /** Asks the database, by a statement that begins after this call. Never rejects: what is known stays. */
  ask(): Promise<void> {
    if (this.asking === undefined) {
      this.asking = this.read().finally(() => {
        this.asking = undefined;
      });
      return this.asking;
    }
    // However many call meanwhile, one more statement serves them all.
    this.askingNext ??= this.asking.then(() => {
      this.askingNext = undefined;
      return this.ask();
    });
    return this.askingNext;
  }

  /**
   * Whether the revision is reached, within a time at most.
   * @param revision digits, 18 at most
   */
  reached(revision: string, waitMs: number): Promise<boolean> {
    const wanted = BigInt(revision);
    if (wanted <= BigInt(this.state.revision)) return Promise.resolve(true);
    if (this.isClosed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        revision: wanted,
        end: (isReached) => {
          clearTimeout(timeout);
          this.waiters.delete(waiter);
          resolve(isReached);
        },
      };
      const timeout = setTimeout(() => {
        waiter.end(false);
      }, waitMs);
      this.waiters.add(waiter);
      // On the server that all write to, this answer is final; a standby may need a while to get there.
      void this.ask().then(() => {
        this.pollLater();
      });
    });
  }

  /** To be called before the database is closed. Whoever waits is told that it was not reached. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const waiter of this.waiters) waiter.end(false);
    await this.stopListening();
    await this.askingNext;
    await this.asking;
  }

  private hear(payload: string): void {
    const [, epoch, revision] = MESSAGE.exec(payload) ?? [];
    // Of another epoch only the database can say which is the later one; so too of what no transaction of ours sent.
    if (revision === undefined || epoch !== this.state.epoch) {
      void this.ask();
      return;
    }
    this.note({ epoch, revision });
  }

  private async read(): Promise<void> {
    const newest = this.state;
    try {
      const found = await askCounter(this.database.reserveFor(SERVER), { newest, seen: this.seen });
      // An answer of the epoch before must not bring that back.
      if (found.epoch !== this.state.epoch && this.state.epoch !== newest.epoch) return;
      this.seen = found;
      this.note({ epoch: found.epoch, revision: found.revision });
    } catch {
      // Requests meet the same fault and answer for it, and so does the health check.
    }
  }

  private pollLater(): void {
    clearTimeout(this.timer);
    if (this.isClosed) return;
    const { pollMs, pollWhileAwaitedMs } = this.times;
    this.timer = setTimeout(
      () => {
        void this.ask().then(() => {
          this.pollLater();
        });
      },
      this.waiters.size > 0 ? pollWhileAwaitedMs : pollMs,
    );
    this.timer.unref();
  }
}
