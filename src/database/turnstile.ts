// Lets a few through at a time, in the order in which they came. Writers queue for one lock in the database: without this,
// those who wait there would hold every session of the pool, and readers would wait with them.

/** What waited too long, by the code of a lock that was not had in time (SQLSTATE lock_not_available). */
const NOT_IN_TIME = "55P03";

export class Turnstile {
  private through = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param waitMs how long one waits at most, in milliseconds */
  constructor(
    private readonly places: number,
    private readonly waitMs: number,
  ) {}

  /** @throws an error with SQLSTATE 55P03 where the turn does not come in time */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      // The place is handed on as it is, so that nobody who comes now gets before those who wait.
      const next = this.waiting.shift();
      if (next === undefined) this.through -= 1;
      else next();
    }
  }

  private async enter(): Promise<void> {
    if (this.through < this.places) {
      this.through += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(turn), 1);
        reject(Object.assign(new Error("too many writers wait for their turn"), { code: NOT_IN_TIME }));
      }, this.waitMs);
      this.waiting.push(turn);
    });
  }
}
