// How the database is, told by what its statements come to: when it last answered, and which faults that an operator must
// mend it showed lately. No statement is spent on it.
import type { Clock } from "../kernel/clock";
import type { Database, Session } from "./database";
import { failureOf, LASTING_REASONS } from "./failures";

/** How long a fault is believed in after it was last seen, where no write succeeds before. */
export const FAULT_REMEMBERED_MS = 60_000;

/** A disk that is full for what one statement sorts is not full for the next: these count where a write meets them. */
const OF_WRITES: ReadonlySet<string> = new Set(["READ_ONLY", "DISK_FULL"]);
/** What a write that succeeds says nothing against. */
const OF_WHAT_IS_STORED: ReadonlySet<string> = new Set(["DATA_DAMAGED"]);

export class Vitals {
  private heardAt: number | undefined;
  private readonly faultsSeenAt = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** The same database, listened to. */
  over(database: Database): Database {
    return {
      backend: database.backend,
      adapter: database.adapter,
      ...this.overSession(database),
      reserveFor: (caller) => this.overSession(database.reserveFor(caller)),
      onBehalfOf: (claim) => this.over(database.onBehalfOf(claim)),
      write: (...given) => this.heardOfWrite(database.write(...given)),
      exclusively: (...given) => database.exclusively(...given),
      listen: (...given) => database.listen(...given),
      close: () => database.close(),
    };
  }

  private overSession(session: Session): Session {
    return {
      query: <Row extends object>(...given: Parameters<Session["query"]>) => this.heard(session.query<Row>(...given)),
      execute: (...given) => this.heard(session.execute(...given)),
    };
  }

  /** Whether a statement succeeded within the last milliseconds. */
  heardWithin(milliseconds: number): boolean {
    return this.heardAt !== undefined && this.now() - this.heardAt <= milliseconds;
  }

  /** The reason of the fault that was seen last, where that is not long ago. */
  fault(): string | undefined {
    let newest: [reason: string, at: number] | undefined;
    for (const seen of this.faultsSeenAt) {
      if (this.now() - seen[1] <= FAULT_REMEMBERED_MS && seen[1] >= (newest?.[1] ?? 0)) newest = seen;
    }
    return newest?.[0];
  }

  private async heard<T>(answer: Promise<T>): Promise<T> {
    try {
      const result = await answer;
      this.heardAt = this.now();
      return result;
    } catch (error) {
      const reason = failureOf(error)?.reason;
      if (reason !== undefined && !OF_WRITES.has(reason)) this.noteFault(reason);
      throw error;
    }
  }

  private async heardOfWrite<T>(write: Promise<T>): Promise<T> {
    try {
      const result = await write;
      this.heardAt = this.now();
      for (const reason of this.faultsSeenAt.keys()) {
        if (!OF_WHAT_IS_STORED.has(reason)) this.faultsSeenAt.delete(reason);
      }
      return result;
    } catch (error) {
      this.noteFault(failureOf(error)?.reason);
      throw error;
    }
  }

  private noteFault(reason: string | undefined): void {
    if (reason !== undefined && LASTING_REASONS.has(reason)) this.faultsSeenAt.set(reason, this.now());
  }

  private now(): number {
    return this.clock().getTime();
  }
}
