// Whether this process can serve: what an orchestrator asks every few seconds, and must hear at once, also while the
// database has its hands full.
import sql from "sql-template-tag";
import type { Session } from "../database/database";
import { failureOf } from "../database/failures";
import type { RevisionWatch } from "../database/revision-watch";
import type { Vitals } from "../database/vitals";
import { ApiError } from "../kernel/errors";

/** How long the database is waited for; beyond it goes what it did last. */
export const PROBE_WITHIN_MS = 75;
/** How long ago it may have answered anything, where it does not answer the probe. It is asked for its revision each second. */
export const HEARD_WITHIN_MS = 5_000;

export type Standing = { status: "ready"; revision: string } | { status: "unready"; why: string };

const WHY: Readonly<Record<string, string>> = {
  READ_ONLY: "the database takes no writes",
  DISK_FULL: "the database's disk is full",
  DISK_FAULT: "the database's disk fails",
  DATA_DAMAGED: "the database reports damaged data",
};
const NO_ANSWER = "the database does not answer";

export class Readiness {
  private probing: Promise<Standing | undefined> | undefined;

  constructor(
    private readonly session: Session,
    private readonly vitals: Vitals,
    private readonly revisionWatch: RevisionWatch,
  ) {}

  /** Answers within a tenth of a second. However many ask, one statement is under way at most. */
  async standing(): Promise<Standing> {
    const found = await within(PROBE_WITHIN_MS, this.probe());
    const fault = this.vitals.fault();
    if (found?.status === "unready") return found;
    if (fault !== undefined) return { status: "unready", why: WHY[fault] ?? NO_ANSWER };
    if (found !== undefined) return found;
    if (!this.vitals.heardWithin(HEARD_WITHIN_MS)) return { status: "unready", why: NO_ANSWER };
    return { status: "ready", revision: this.revisionWatch.current().revision };
  }

  /** Undefined where the database has no time to say. */
  private probe(): Promise<Standing | undefined> {
    this.probing ??= this.ask().finally(() => {
      this.probing = undefined;
    });
    return this.probing;
  }

  private async ask(): Promise<Standing | undefined> {
    try {
      const [row] = await this.session.query<{ revision: string; isReadOnly: boolean }>(sql`
        SELECT revision, current_setting('transaction_read_only') = 'on' AS "isReadOnly" FROM revision_counter`);
      if (row === undefined) return { status: "unready", why: NO_ANSWER };
      return row.isReadOnly
        ? { status: "unready", why: WHY.READ_ONLY ?? NO_ANSWER }
        : { status: "ready", revision: row.revision };
    } catch (error) {
      return isBusy(error) ? undefined : { status: "unready", why: NO_ANSWER };
    }
  }
}

function isBusy(error: unknown): boolean {
  const known = error instanceof ApiError ? error : failureOf(error);
  if (known === undefined || known.reason === "DATABASE_UNREACHABLE") return false;
  return known.code === "OVERLOADED" || known.code === "TIMEOUT";
}

/** What work comes to, or undefined where it takes longer. It must not reject. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
