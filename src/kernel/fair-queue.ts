// Who goes next where many want what only a few can have at once. Callers take turns by what they have used. Of one caller's work, what has
// used some time waits as if it had come so much later: whoever asks for much waits for itself, others do not, and nobody waits for ever.
import type { Cancellation } from "./cancellation";
import { ApiError } from "./errors";

/** A piece of work that asks for one turn or more, such as a request with its statements. */
export interface Work {
  /** how long its turns have taken, in milliseconds */
  usedMs: number;
}

export interface Turn {
  /** who asks: an API key, an address, or a part of the server */
  caller: string;
  work: Work;
  /** how much of the capacity the turn takes: 1 unless given, and never more than one caller may have */
  weight?: number;
  /** where it is canceled before the turn comes, the turn is given up with its reason */
  cancellation?: Cancellation;
  /** goes before all that is not urgent: for what keeps the server itself alive */
  urgent?: boolean;
}

export interface FairQueueSettings {
  /** the weights that may be taken at once, together */
  capacity: number;
  /** the same for one caller */
  perCaller: number;
  /** how many may wait at once, together */
  waitingAtMost: number;
  /** the same for one caller */
  waitingPerCaller: number;
  /** how long one waits at most, in milliseconds; without end where not given */
  waitMs?: number;
  /** the reason and the message of the ApiError for whoever gets no turn */
  refusal: { reason: string; message: string };
  /** a clock that never runs backward, in milliseconds */
  now?: () => number;
}

interface Caller {
  taken: number;
  waiting: number;
  /** what it has used, as weight times milliseconds, counted from the level at which it came */
  used: number;
}

interface Waiter {
  readonly caller: Caller;
  /** when it came, in milliseconds */
  readonly since: number;
  readonly turn: Turn;
  readonly weight: number;
  readonly go: (leave: () => void) => void;
}

/** Counts as the least that a turn takes, so that many short ones count too. */
const LEAST_MS = 1;
/** While one waits for room, others go before it only where they take so many times less. */
const LESS_BY = 10;
/** How many callers are remembered that want nothing at the moment, for what they have used. */
const REMEMBERED_AT_MOST = 1_000;

export class FairQueue {
  private readonly callers = new Map<string, Caller>();
  /** in the order in which they came */
  private readonly waiting = new Set<Waiter>();
  private taken = 0;
  /** what the last caller that went had used: whoever comes anew begins here, so nobody saves up turns */
  private level = 0;
  private readonly now: () => number;

  constructor(private readonly settings: FairQueueSettings) {
    this.now = settings.now ?? (() => performance.now());
  }

  /**
   * Waits for a turn.
   * @returns ends the turn; a second call does nothing
   * @throws ApiError OVERLOADED where too many wait or the turn does not come in time; the reason where it is canceled
   */
  async enter(turn: Turn): Promise<() => void> {
    turn.cancellation?.throwIfCanceled();
    const caller = this.callerNamed(turn.caller);
    const weight = Math.min(turn.weight ?? 1, this.settings.perCaller, this.settings.capacity);
    if (this.waiting.size === 0 && this.isRoomFor(caller, weight)) return this.begin(caller, weight, turn.work);
    return new Promise((resolve, reject) => {
      this.wait(caller, weight, turn, resolve, reject);
    });
  }

  /** Does the work in a turn of its own. @throws as enter does */
  async pass<Result>(turn: Turn, work: () => Promise<Result>): Promise<Result> {
    const leave = await this.enter(turn);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  private wait(
    caller: Caller,
    weight: number,
    turn: Turn,
    resolve: (leave: () => void) => void,
    reject: (why: unknown) => void,
  ): void {
    const { refusal, waitingAtMost, waitingPerCaller, waitMs } = this.settings;
    const refused = (): ApiError => new ApiError("OVERLOADED", refusal.message, refusal.reason);
    if (this.waiting.size >= waitingAtMost || caller.waiting >= waitingPerCaller) throw refused();
    const end = (): void => {
      clearTimeout(timer);
      turn.cancellation?.unlisten(giveUp);
      this.waiting.delete(waiter);
      caller.waiting -= 1;
    };
    const giveUp = (): void => {
      end();
      reject(turn.cancellation?.reason);
    };
    const giveUpInTime = (): void => {
      end();
      reject(refused());
    };
    const timer = waitMs === undefined ? undefined : setTimeout(giveUpInTime, waitMs);
    const go = (leave: () => void): void => {
      end();
      resolve(leave);
    };
    const waiter: Waiter = { caller, since: this.now(), turn, weight, go };
    turn.cancellation?.listen(giveUp);
    this.waiting.add(waiter);
    caller.waiting += 1;
    this.letGo();
  }

  private letGo(): void {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      next.go(this.begin(next.caller, next.weight, next.turn.work));
    }
  }

  // Who stands at its own caller's bound holds up nobody. Who waits for room holds up all but those who take far less.
  private next(): Waiter | undefined {
    const first = this.firstOf(({ caller, weight }) => this.isWithinOwn(caller, weight));
    if (first === undefined || this.isRoomFor(first.caller, first.weight)) return first;
    return this.firstOf(({ caller, weight }) => weight * LESS_BY <= first.weight && this.isRoomFor(caller, weight));
  }

  private firstOf(isMeant: (waiter: Waiter) => boolean): Waiter | undefined {
    let first: Waiter | undefined;
    for (const waiter of this.waiting) {
      if (isMeant(waiter) && (first === undefined || goesBefore(waiter, first))) first = waiter;
    }
    return first;
  }

  private isRoomFor(caller: Caller, weight: number): boolean {
    return this.taken + weight <= this.settings.capacity && this.isWithinOwn(caller, weight);
  }

  private isWithinOwn(caller: Caller, weight: number): boolean {
    return caller.taken + weight <= this.settings.perCaller;
  }

  private begin(caller: Caller, weight: number, work: Work): () => void {
    const beganAt = this.now();
    this.taken += weight;
    caller.taken += weight;
    this.level = Math.max(this.level, caller.used);
    caller.used += weight * LEAST_MS;
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      const tookMs = this.now() - beganAt;
      this.taken -= weight;
      caller.taken -= weight;
      caller.used += weight * tookMs;
      work.usedMs += tookMs;
      this.letGo();
    };
  }

  private callerNamed(name: string): Caller {
    let caller = this.callers.get(name);
    if (caller === undefined) {
      if (this.callers.size >= REMEMBERED_AT_MOST) this.forgetIdle();
      caller = { taken: 0, waiting: 0, used: this.level };
      this.callers.set(name, caller);
    }
    if (caller.taken === 0 && caller.waiting === 0) caller.used = Math.max(caller.used, this.level);
    return caller;
  }

  private forgetIdle(): void {
    for (const [name, { taken, waiting }] of this.callers) {
      if (taken === 0 && waiting === 0) this.callers.delete(name);
    }
  }
}

function goesBefore(a: Waiter, b: Waiter): boolean {
  const isUrgent = a.turn.urgent ?? false;
  if (isUrgent !== (b.turn.urgent ?? false)) return isUrgent;
  if (a.caller !== b.caller) return a.caller.used < b.caller.used;
  return a.since + a.turn.work.usedMs < b.since + b.turn.work.usedMs;
}
