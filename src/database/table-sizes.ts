// The sizes of the tables as a process knows them: counted at its start, and again now and then where something was written meanwhile.
// While they are counted, the last ones are good enough.
import type { Database } from "./database";
import type { Catalogue } from "./declare/catalogue";
import { readRevision } from "./read/revision";
import { readSizes, type Sizes } from "./read/sizes";

const RENEWED_AFTER_MS = 10 * 60_000;

export class TableSizes {
  private timer: NodeJS.Timeout | undefined;
  private counting: Promise<void> | undefined;

  private constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly onFailure: (error: unknown) => void,
    private known: Sizes,
    private revision: string,
  ) {}

  /** @param onFailure told when they could not be counted again; the last ones stay */
  static async start(
    database: Database,
    catalogue: Catalogue,
    onFailure: (error: unknown) => void,
    renewedAfterMs = RENEWED_AFTER_MS,
  ): Promise<TableSizes> {
    const { revision } = await readRevision(database);
    const sizes = new TableSizes(database, catalogue, onFailure, await readSizes(database, catalogue), revision);
    sizes.timer = setInterval(() => {
      sizes.counting ??= sizes.renew().finally(() => {
        sizes.counting = undefined;
      });
    }, renewedAfterMs).unref();
    return sizes;
  }

  get current(): Sizes {
    return this.known;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.counting;
  }

  private async renew(): Promise<void> {
    try {
      const { revision } = await readRevision(this.database);
      if (revision === this.revision) return;
      this.known = await readSizes(this.database, this.catalogue);
      this.revision = revision;
    } catch (error) {
      this.onFailure(error);
    }
  }
}
