// What this process knows of the newest revision, whichever process made it. A message comes with every commit that
// made one; the database is asked as well, because messages get lost (poolers and standbys drop them all), and because only
// the database can say that it is not the one that it was. What is done when stands in revision-transitions.ts; here it is carried out.
import { SERVER } from "./claim";
import { askCounter, type CounterState, type KnownOfCounter } from "./epoch";
import type { RevisionState } from "./read/revision";
import type { Database } from "./database";
import {
  restingWatch,
  step,
  wakesAt,
  type Effect,
  type Watch,
  type WatchEvents,
  type WatchTimes,
} from "./revision-transitions";

/** The channel that mint_revision() and begin_epoch() send "<epoch>:<revision>" to. */
const CHANNEL = "ccg_revision";
const MESSAGE = /^([0-9a-f-]{36}):(\d{1,18})$/;

const TIMES: WatchTimes = { pollMs: 1_000, pollWhileAwaitedMs: 100 };

export class RevisionWatch {
  private watch: Watch;
  private timer: NodeJS.Timeout | undefined;
  private question: Promise<void> = Promise.resolve();
  private readonly followers = new Set<() => void>();
  private stopListening: () => Promise<void> = () => Promise.resolve();

  private constructor(
    private readonly database: Database,
    counter: CounterState,
    times: WatchTimes,
  ) {
    this.watch = restingWatch(counter, times, performance.now());
  }

  /** @throws where the database cannot be asked at all */
  static async start(database: Database, times: Partial<WatchTimes> = {}): Promise<RevisionWatch> {
    const watch = new RevisionWatch(database, await askCounter(database.reserveFor(SERVER)), { ...TIMES, ...times });
    watch.stopListening = await database.listen(CHANNEL, {
      onMessage: (payload) => {
        watch.happens("heard", { told: toldBy(payload) });
      },
      onListening: () => void watch.ask(),
    });
    await watch.ask();
    return watch;
  }

  /** Every statement that begins from now on sees this revision, or later ones. */
  current(): RevisionState {
    return this.watch.newest;
  }

  /** What this process read or committed itself. Older than what is known, it changes nothing; another epoch replaces it. */
  note(noted: RevisionState): void {
    this.happens("noted", { noted });
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
    return new Promise((resolve) => {
      this.happens("ask", { asker: resolve });
    });
  }

  /**
   * Whether the revision is reached, within a time at most.
   * @param revision digits, 18 at most
   */
  reached(revision: string, waitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter = { revision: BigInt(revision), until: performance.now() + waitMs, end: resolve };
      this.happens("awaited", { waiter });
    });
  }

  /** To be called before the database is closed. Whoever waits is told that it was not reached. */
  async close(): Promise<void> {
    this.happens("closed", {});
    await this.stopListening();
    await this.question;
  }

  private happens<Event extends keyof WatchEvents>(event: Event, facts: WatchEvents[Event]): void {
    const { watch, effects } = step(this.watch, event, facts, performance.now());
    this.watch = watch;
    this.wakeInTime();
    for (const effect of effects) this.carryOut(effect);
  }

  private carryOut(effect: Effect): void {
    switch (effect.effect) {
      case "ask":
        this.question = this.read(effect.known);
        return;
      case "tellFollowers":
        for (const follower of this.followers) follower();
        return;
      case "endWaiter":
        effect.waiter.end(effect.isReached);
        return;
      case "endAskers":
        for (const asker of effect.askers) asker();
    }
  }

  private async read(known: KnownOfCounter): Promise<void> {
    let counter: CounterState;
    try {
      counter = await askCounter(this.database.reserveFor(SERVER), known);
    } catch {
      // Requests meet the same fault and answer for it, and so does the health check.
      this.happens("failed", {});
      return;
    }
    this.happens("answered", { counter });
  }

  private wakeInTime(): void {
    clearTimeout(this.timer);
    const at = wakesAt(this.watch);
    if (at === Infinity) return;
    this.timer = setTimeout(() => {
      this.happens("woken", {});
    }, at - performance.now());
    // Who waits keeps the process alive; that the database is asked now and then does not.
    if (this.watch.waiters.length === 0) this.timer.unref();
  }
}

function toldBy(payload: string): RevisionState | undefined {
  const [, epoch, revision] = MESSAGE.exec(payload) ?? [];
  return epoch === undefined || revision === undefined ? undefined : { epoch, revision };
}
