// Rows as they come, written some thousand at a time, each batch in a transaction of its own.
import type { Database, Session } from "../../src/database/database";
import type { OnProgress } from "../../src/database/load/load";

/** Who the log says that it was. */
const ACTOR = "generate";

/** Records in one statement, and in one transaction unless said otherwise. */
export const RECORDS_AT_ONCE = 5_000;

export class Batches {
  /** how many records were written, by the plural of their type */
  readonly counts = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly onProgress: OnProgress,
  ) {}

  /**
   * @param total of all rows, for the progress; where it is not known, what is done is the whole so far
   * @param write what it awaits of a batch, it must await of this session alone
   */
  async write<Row>(
    plural: string,
    rows: Iterable<Row>,
    total: number | undefined,
    write: (session: Session, rows: readonly Row[]) => Promise<void>,
    atOnce = RECORDS_AT_ONCE,
  ): Promise<void> {
    let done = 0;
    for (const some of inBatches(rows, atOnce)) {
      await this.database.write(ACTOR, async (session) => {
        // A session plans the statements of triggers once, for tables as they are then: empty ones are read through.
        await session.execute("DISCARD PLANS");
        await write(session, some);
      });
      done += some.length;
      this.count(plural, some.length);
      this.onProgress(plural, done, Math.max(done, total ?? 0));
    }
  }

  count(plural: string, more: number): void {
    this.counts.set(plural, (this.counts.get(plural) ?? 0) + more);
  }
}

function* inBatches<Row>(rows: Iterable<Row>, atOnce: number): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    if (batch.push(row) < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
