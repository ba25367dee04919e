// That work is no longer wanted, told to whatever does it. As AbortSignal, which Node.js makes for a hundred times the price: each request
// needs one, and each of its statements listens.
export interface Cancellation {
  readonly isCanceled: boolean;
  /** why it is canceled; undefined while it is not */
  readonly reason: Error | undefined;
  /** @throws the reason where it is canceled */
  throwIfCanceled(): void;
  /** Calls the listener once when it is canceled; never where it is canceled already. The same listener is called once. */
  listen(listener: () => void): void;
  unlisten(listener: () => void): void;
}

/** As its owner has it, who cancels. */
export class CancellationSource implements Cancellation {
  private readonly listeners = new Set<() => void>();
  private why: Error | undefined;

  get isCanceled(): boolean {
    return this.why !== undefined;
  }

  get reason(): Error | undefined {
    return this.why;
  }

  throwIfCanceled(): void {
    if (this.why !== undefined) throw this.why;
  }

  listen(listener: () => void): void {
    this.listeners.add(listener);
  }

  unlisten(listener: () => void): void {
    this.listeners.delete(listener);
  }

  /** The first reason stays. */
  cancel(reason: Error): void {
    if (this.why !== undefined) return;
    this.why = reason;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}

/** Of what is always wanted. */
export const NEVER_CANCELED: Cancellation = {
  isCanceled: false,
  reason: undefined,
  throwIfCanceled: () => undefined,
  listen: () => undefined,
  unlisten: () => undefined,
};
