// One connection: which requests are under way on it, whether it only waits for one, and how it ends.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "../kernel/clock";
import { rawRefusal, type Refusal } from "./refusal";

export const TOO_MANY_CONNECTIONS: Refusal = {
  status: 503,
  code: "OVERLOADED",
  reason: "TOO_MANY_CONNECTIONS",
  message: "there are too many connections: keep fewer, and try again",
};

/** How long a caller that is refused may take to hear it: the system forgets what is not read when a socket is let go. */
const LEAVING_MS = 1_000;
const LEAVING_AT_MOST = 100;

/** Connections that share a limit. */
export class Crowd {
  size = 0;
  /** those on which nothing but a caller is waited for, in the order in which they began to wait */
  readonly waiting = new Set<Connection>();

  constructor(private readonly onEmpty: () => void = () => undefined) {}

  /** Whether there is room for one more below the limit; the connection that waits longest goes for it. */
  makesRoom(limit: number): boolean {
    if (this.size < limit) return true;
    for (const longest of this.waiting) if (longest.refuse(TOO_MANY_CONNECTIONS)) return true;
    return false;
  }

  leave(connection: Connection): void {
    this.size -= 1;
    this.waiting.delete(connection);
    if (this.size === 0) this.onEmpty();
  }
}

interface Surroundings {
  idleMs: number;
  clock: Clock;
  /** those that were refused and may still hear it */
  leaving: Crowd;
}

export class Connection {
  private readonly begun = new Map<IncomingMessage, ServerResponse>();
  private readonly complete = new Set<IncomingMessage>();
  private bytesReadBefore = 0;
  private isUsed = false;
  private idleTimer: NodeJS.Timeout | undefined;
  private refusal: Refusal | undefined;
  private isEnding = false;

  constructor(
    private readonly socket: Socket,
    private readonly crowds: readonly Crowd[],
    private readonly surroundings: Surroundings,
  ) {
    for (const crowd of crowds) crowd.size += 1;
    socket.once("close", () => {
      this.leave();
    });
    this.wait();
  }

  isIn(crowd: Crowd): boolean {
    return this.crowds.includes(crowd);
  }

  /** The headers of a request are here. */
  begins(request: IncomingMessage, response: ServerResponse): void {
    clearTimeout(this.idleTimer);
    this.isUsed = true;
    this.begun.set(request, response);
    response.once("close", () => {
      this.ends(request);
    });
  }

  /** The whole of it is. From now on nothing is waited for but ourselves. */
  arrived(request: IncomingMessage): void {
    if (this.isEnding || !this.begun.has(request)) return;
    this.complete.add(request);
    for (const crowd of this.crowds) crowd.waiting.delete(this);
  }

  /** An answer is begun: its caller may take so long for all of it, however it reads. */
  answers(response: ServerResponse, answerMs: number): void {
    const timer = setTimeout(() => this.socket.destroy(), answerMs);
    timer.unref();
    response.once("close", () => {
      clearTimeout(timer);
    });
  }

  /**
   * Ends it with a refusal, after the answers that are under way.
   * @returns whether that was at once
   */
  refuse(refusal: Refusal): boolean {
    if (this.isEnding) return false;
    this.refusal ??= refusal;
    const isAtWork = this.isAtWork();
    if (!isAtWork) this.endWith(this.refusal);
    return !isAtWork;
  }

  endUnlessBegun(refusal: Refusal): void {
    if (this.begun.size === 0) this.refuse(refusal);
  }

  private ends(request: IncomingMessage): void {
    this.begun.delete(request);
    this.complete.delete(request);
    if (this.isEnding || this.isAtWork()) return;
    if (this.refusal === undefined) this.wait();
    else this.endWith(this.refusal);
  }

  // A request that Node has read to its end may not have come to its route yet.
  private isAtWork(): boolean {
    return this.complete.size > 0 || [...this.begun.keys()].some(({ complete }) => complete);
  }

  private wait(): void {
    for (const { waiting } of this.crowds) {
      waiting.delete(this);
      waiting.add(this);
    }
    this.bytesReadBefore = this.socket.bytesRead;
    clearTimeout(this.idleTimer);
    if (this.begun.size > 0) return;
    // Node's own timer begins anew with every byte, also with one that begins no request.
    this.idleTimer = setTimeout(() => this.socket.destroy(), this.surroundings.idleMs);
    this.idleTimer.unref();
  }

  private endWith(refusal: Refusal): void {
    this.leave();
    const { socket } = this;
    if (socket.destroyed) return;
    socket.on("error", () => undefined);
    const isHalfAnswered = [...this.begun.values()].some(({ headersSent }) => headersSent);
    // On a connection that was kept for later nobody waits for an answer.
    const isKept = this.isUsed && this.begun.size === 0 && socket.bytesRead === this.bytesReadBefore;
    if (isHalfAnswered || isKept) socket.destroySoon();
    else this.sayAndLeave(rawRefusal(refusal, this.surroundings.clock()));
  }

  private sayAndLeave(answer: string): void {
    const { socket, surroundings } = this;
    socket.end(answer);
    if (surroundings.leaving.size >= LEAVING_AT_MOST) {
      socket.destroySoon();
      return;
    }
    surroundings.leaving.size += 1;
    const timer = setTimeout(() => socket.destroy(), LEAVING_MS);
    timer.unref();
    socket.once("close", () => {
      surroundings.leaving.size -= 1;
      clearTimeout(timer);
    });
    socket.resume();
  }

  private leave(): void {
    clearTimeout(this.idleTimer);
    if (this.isEnding) return;
    this.isEnding = true;
    for (const crowd of this.crowds) crowd.leave(this);
  }
}
