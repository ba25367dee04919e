// When keys were last used, without a write for each request: uses are collected here and written together, at most once
// a minute and at the end. So what is stored is up to a minute behind, and a process that is killed forgets a minute.
import sql from "sql-template-tag";
import type { Session } from "../database/database";

const FLUSH_EVERY_MS = 60_000;

export class LastUses {
  private readonly latest = new Map<string, Date>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private closed = false;

  /** @param onFault told when a flush failed: its uses are kept for the next one, and no request learns of it */
  constructor(
    private readonly session: Session,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Returns at once. */
  note(keyId: string, at: Date): void {
    const known = this.latest.get(keyId);
    if (known === undefined || known < at) this.latest.set(keyId, at);
    this.flushLater();
  }

  /** Writes what is collected; never rejects. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  /** The last flush; what is noted after it is lost. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.flush();
  }

  private flushLater(): void {
    if (this.closed || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      void this.flush().then(() => {
        this.timer = undefined;
        if (this.latest.size > 0) this.flushLater();
      });
    }, FLUSH_EVERY_MS);
    // A process that has nothing else to do need not wait for it.
    this.timer.unref();
  }

  // One statement for all. A row that somebody else is changing is left for the next time, so that two processes
  // never wait for each other's rows: SKIP LOCKED, and each with an instant of its own, which Prisma Client cannot say.
  private async write(): Promise<void> {
    if (this.latest.size === 0) return;
    const uses = [...this.latest];
    try {
      const written = await this.session.query<{ id: string }>(sql`
        WITH used AS (
          SELECT u.id, u.at FROM unnest(
            ${uses.map(([id]) => id)}::uuid[], ${uses.map(([, at]) => at.toISOString())}::timestamptz[]) AS u(id, at)
        ), free AS MATERIALIZED (
          SELECT id FROM api_key WHERE id IN (SELECT id FROM used) FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE api_key k SET last_used_at = greatest(k.last_used_at, used.at)
        FROM used JOIN free USING (id) WHERE k.id = used.id RETURNING k.id`);
      const done = new Set(written.map(({ id }) => id));
      // A use that came in the meantime is newer than the one that was written.
      for (const [id, at] of uses) if (done.has(id) && this.latest.get(id) === at) this.latest.delete(id);
    } catch (error) {
      this.onFault(error);
    }
  }
}
