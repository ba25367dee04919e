// Who has the one session that there is: first come, first served.
import { callerLeft } from "./statement-limit";

/** Gives the session back. To be called once. */
export type Release = () => void;

export class SingleSession {
  private isHeld = false;
  private readonly waiting: (() => void)[] = [];

  /** @throws SQLSTATE 57014 where the signal is aborted before the session is had */
  async acquire(signal?: AbortSignal): Promise<Release> {
    if (signal?.aborted === true) throw callerLeft(signal);
    if (this.isHeld) await this.turn(signal);
    this.isHeld = true;
    return () => {
      // The session is handed on as it is, so that nobody who comes now gets before those who wait.
      const next = this.waiting.shift();
      if (next === undefined) this.isHeld = false;
      else next();
    };
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const next = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(next), 1);
        reject(callerLeft(signal));
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.waiting.push(next);
    });
  }
}
