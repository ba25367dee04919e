// What this process knows of the newest revision, whichever process made it. A message comes with every commit that
// made one; the database is asked as well, because messages get lost (poolers and standbys drop them all), and because only
// the database can say that it is not the one that it was. What is done when stands in revision-watch.state.ts; here it is carried out.
import { MachineRunner } from "../kernel/machine-runner";
import { SERVER } from "./claim";
import { askCounter, type CounterState, type KnownOfCounter } from "./epoch";
import type { RevisionState } from "./read/revision";
import type { Database } from "./database";
import {
  alarmOf,
  restingWatch,
  WATCH,
  type WatchData,
  type WatchEffect,
  type WatchEvents,
  type WatchState,
  type WatchTimes,
} from "./revision-watch.state";

/** The channel that mint_revision() and begin_epoch() send "<epoch>:<revision>" to. */
const CHANNEL = "ccg_revision";
const MESSAGE = /^([0-9a-f-]{36}):(\d{1,18})$/;

const TIMES: WatchTimes = { pollMs: 1_000, pollWhileAwaitedMs: 100 };

export class RevisionWatch {
  private readonly machine: MachineRunner<WatchState, WatchData, WatchEvents, WatchEffect>;
  private question: Promise<void> = Promise.resolve();
  private readonly followers = new Set<() => void>();
  private stopListening: () => Promise<void> = () => Promise.resolve();

  private constructor(
    private readonly database: Database,
    counter: CounterState,
    times: WatchTimes,
  ) {
    this.machine = new MachineRunner({
      from: restingWatch(counter, times, performance.now()),
      table: WATCH,
      alarmOf,
      // Who waits keeps the process alive; that the database is asked now and then does not.
      keepsAlive: ({ waiters }) => waiters.length > 0,
      bringAbout: (effect) => {
        this.bringAbout(effect);
      },
    });
  }

  /** @throws where the database cannot be asked at all */
  static async start(database: Database, times: Partial<WatchTimes> = {}): Promise<RevisionWatch> {
    const watch = new RevisionWatch(database, await askCounter(database.reserveFor(SERVER)), { ...TIMES, ...times });
    watch.stopListening = await database.listen(CHANNEL, {
      onMessage: (payload) => {
        watch.machine.tell("heard", { told: toldBy(payload) });
      },
      onListening: () => void watch.ask(),
    });
    await watch.ask();
    return watch;
  }

  /** Every statement that begins from now on sees this revision, or later ones. */
  current(): RevisionState {
    return this.machine.data.newest;
  }

  /** What this process read or committed itself. Older than what is known, it changes nothing; another epoch replaces it. */
  note(noted: RevisionState): void {
    this.machine.tell("noted", { noted });
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
      this.machine.tell("ask", { asker: resolve });
    });
  }

  /**
   * Whether the revision is reached, within a time at most.
   * @param revision digits, 18 at most
   */
  reached(revision: string, waitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter = { revision: BigInt(revision), until: performance.now() + waitMs, end: resolve };
      this.machine.tell("awaited", { waiter });
    });
  }

  /** To be called before the database is closed. Whoever waits is told that it was not reached. */
  async close(): Promise<void> {
    this.machine.tell("closed", {});
    await this.stopListening();
    await this.question;
  }

  private bringAbout(effect: WatchEffect): void {
    switch (effect.do) {
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
      this.machine.tell("failed", {});
      return;
    }
    this.machine.tell("answered", { counter });
  }
}

function toldBy(payload: string): RevisionState | undefined {
  const [, epoch, revision] = MESSAGE.exec(payload) ?? [];
  return epoch === undefined || revision === undefined ? undefined : { epoch, revision };
}
