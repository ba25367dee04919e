// The operations under way: how much they may be at once, how long one may take, and how much it may read. An operation is
// over when its answer is sent, or when its caller has left; what still runs for it then is canceled.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Claim } from "../database/claim";
import { CancellationSource, type Cancellation } from "../kernel/cancellation";
import { ApiError } from "../kernel/errors";
import { FairQueue, type Work } from "../kernel/fair-queue";

export interface OperationLimits {
  /** the costs of all operations under way, together */
  costAtOnce: number;
  /** how long an operation waits until there is room for it, in milliseconds */
  waitMs: number;
  /** how long an operation may take, from its request on, in milliseconds */
  timeoutMs: number;
  /** what one operation may read from the database, in bytes of memory */
  bytesOfOne: number;
  /** the same for all operations under way, together */
  bytesAtOnce: number;
}

/** How much of the heap one operation may fill with what it reads, and how much all together. */
const HEAP_OF_ONE = 1 / 8;
const HEAP_AT_ONCE = 1 / 4;

/** @param heapBytes how large the heap of the process may become */
export function memoryLimits(heapBytes: number): Pick<OperationLimits, "bytesOfOne" | "bytesAtOnce"> {
  return { bytesOfOne: heapBytes * HEAP_OF_ONE, bytesAtOnce: heapBytes * HEAP_AT_ONCE };
}

/** A caller may have half of what may be under way: so there is always room for others. */
const SHARE_OF_ONE = 0.5;
const WAITING_AT_MOST = 1_000;
const WAITING_PER_CALLER = 250;

/** Why what runs for an operation ends with it. Nobody hears it. */
export const OPERATION_OVER = new ApiError("TIMEOUT", "the operation is over", "OPERATION_OVER");

/**
 * What an operation may cost that shares a turn of the event loop with others. Of those that cost more, one begins or becomes text in a turn:
 * each does so at one go, and whoever asks for health waits for one of them at most.
 */
const SHARES_A_TURN = 500;

/** What a value takes beside its text, of which each character may take two bytes. */
const BYTES_OF_A_VALUE = 64;
const BYTES_OF_A_CHARACTER = 2;

export class Operations {
  private readonly queue: FairQueue;
  private readonly turns = new TurnsOfTheirOwn();
  private bytes = 0;

  constructor(readonly limits: OperationLimits) {
    this.queue = new FairQueue({
      capacity: limits.costAtOnce,
      perCaller: limits.costAtOnce * SHARE_OF_ONE,
      waitingAtMost: WAITING_AT_MOST,
      waitingPerCaller: WAITING_PER_CALLER,
      waitMs: limits.waitMs,
      refusal: {
        reason: "TOO_MUCH_AT_ONCE",
        message: "too much is asked at once: try again, or ask for less at a time",
      },
    });
  }

  /** @param caller who asks: callers take turns */
  begin(caller: string): OperationUnderWay {
    return new OperationUnderWay(caller, this.limits, this.queue, this.turns, (bytes) => {
      this.bytes += bytes;
      return this.bytes;
    });
  }
}

/** One in each turn of the event loop, in the order in which they come. */
class TurnsOfTheirOwn {
  private last: Promise<unknown> = Promise.resolve();

  next(): Promise<unknown> {
    this.last = this.last.then(() => nextTurn());
    return this.last;
  }
}

export class OperationUnderWay implements Claim {
  readonly work: Work = { usedMs: 0 };
  private readonly source = new CancellationSource();
  private readonly timer: NodeJS.Timeout;
  private bytes = 0;
  private hasEnded = false;
  private sharesTurns = true;
  private leave: () => void = () => undefined;

  constructor(
    readonly caller: string,
    private readonly limits: OperationLimits,
    private readonly queue: FairQueue,
    private readonly turns: TurnsOfTheirOwn,
    private readonly countBytes: (bytes: number) => number,
  ) {
    const { timeoutMs } = limits;
    this.timer = setTimeout(() => {
      this.stop(
        new ApiError("TIMEOUT", `the operation took longer than ${timeoutMs} ms: ask for less`, "OPERATION_TIME"),
      );
    }, timeoutMs);
  }

  get cancellation(): Cancellation {
    return this.source;
  }

  /**
   * Waits until there is room for the operation.
   * @throws ApiError OVERLOADED where there is none in time, TIMEOUT where the time of the operation is over
   */
  async admit(cost: number): Promise<void> {
    const leave = await this.queue.enter({
      caller: this.caller,
      work: { usedMs: 0 },
      weight: cost,
      cancellation: this.source,
    });
    if (this.hasEnded) leave();
    else this.leave = leave;
    this.sharesTurns = cost <= SHARES_A_TURN;
    await this.turnOfItsOwn();
  }

  /** Waits for a turn of the event loop in which no other long operation begins or becomes text; a short operation does not wait. */
  async turnOfItsOwn(): Promise<void> {
    if (!this.sharesTurns) await this.turns.next();
  }

  readonly onRead = (characters: number): void => {
    // What still comes for an operation that is over is counted for nobody.
    this.source.throwIfCanceled();
    const bytes = BYTES_OF_A_VALUE + BYTES_OF_A_CHARACTER * characters;
    this.bytes += bytes;
    const atOnce = this.countBytes(bytes);
    const { bytesOfOne, bytesAtOnce } = this.limits;
    if (this.bytes > bytesOfOne) {
      const limit = Math.floor(bytesOfOne / 1_000_000);
      throw new ApiError(
        "QUERY_TOO_COMPLEX",
        `an answer may take ${limit} MB of memory at most: ask for less`,
        "ANSWER_SIZE",
      );
    }
    if (atOnce > bytesAtOnce) {
      throw new ApiError("OVERLOADED", "the answers under way take too much memory: try again", "ANSWERS_AT_ONCE");
    }
  };

  /** Cancels what runs for the operation, and lets nothing more begin. */
  stop(reason: ApiError): void {
    clearTimeout(this.timer);
    this.source.cancel(reason);
  }

  /** The answer is sent, or nobody waits for it any longer. */
  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.stop(OPERATION_OVER);
    this.countBytes(-this.bytes);
    this.leave();
  }
}
