// The database inside this process: PGlite in a thread of its own, on a data directory. One session: statements and transactions queue.
import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import sql from "sql-template-tag";
import { ownClaim, SERVER, unboundedClaim, type Claim } from "./claim";
import { lockDataDirectory } from "./data-directory-lock";
import { DatabaseProblem, type Database, type Listener } from "./database";
import { DatabaseThread } from "./embedded/database-thread";
import { sessionOver } from "./embedded/embedded-session";
import { LastingThread } from "./embedded/lasting-thread";
import { Listeners, listenOn, unlistenOn } from "./embedded/listeners";
import { pgliteCode } from "./embedded/pglite-code";
import { SharedAccess, TransactionAccess } from "./embedded/thread-access";
import { adapterOver } from "./embedded/thread-adapter";
import type { ThreadSettings } from "./embedded/thread-entry";

export interface EmbeddedSettings {
  /** undefined keeps everything in memory, for tests: it is gone with the thread, and all statements after that fail with 08006 */
  dataDirectory?: string;
  /** a dump to start from (PGlite's dumpDataDir), for tests */
  startFrom?: Blob;
  /** how long a statement may run, in milliseconds; 0, and unset, is without end */
  statementTimeoutMs?: number;
}

export interface EmbeddedDatabase extends Database {
  /** The same database without a limit for its statements, for loads. It is closed with this one. */
  readonly unlimited: Database;
}

// As `npm run build:server` compiles it: both src/database and dist/database stand two below the root.
const THREAD_FILE = join(__dirname, "..", "..", "dist", "database", "embedded", "thread-entry.js");

const URGENT = unboundedClaim(SERVER, true);

/** How long a forgotten transaction may keep everybody else waiting. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

export async function openEmbeddedBackend(settings: EmbeddedSettings): Promise<EmbeddedDatabase> {
  const { dataDirectory, statementTimeoutMs = 0 } = settings;
  const unlock = dataDirectory === undefined ? undefined : await takeDirectory(dataDirectory);
  const listeners = new Listeners();
  const lasting = new LastingThread(threadsOf(settings, listeners), (thread) => listeners.listenAgain(thread));
  try {
    await lasting.start();
  } catch (cause) {
    await unlock?.();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DatabaseProblem(`the embedded database in ${dataDirectory ?? "memory"} does not open: ${why}`, { cause });
  }

  const shared = new SharedAccess(lasting);
  const own = ownClaim();
  const close = async (): Promise<void> => {
    try {
      await shared.close(own);
    } finally {
      await unlock?.();
    }
  };
  const limitedTo = (timeoutMs: number, claim: Claim): Database => ({
    backend: "embedded",
    adapter: adapterOver(shared, claim, () => begin(shared, claim, timeoutMs), timeoutMs),
    reserveFor: (caller) => sessionOver(shared, timeoutMs, unboundedClaim(caller, true)),
    onBehalfOf: (other) => limitedTo(timeoutMs, other),
    ...sessionOver(shared, timeoutMs, claim),
    write: (actor, work) =>
      within(begin(shared, claim, timeoutMs), async (transaction) => {
        const session = sessionOver(transaction, timeoutMs, claim);
        await session.query(sql`SELECT begin_write(${actor})`);
        const result = await work(session);
        claim.cancellation.throwIfCanceled();
        return result;
      }),
    // The data directory's lock already keeps every other process away, and nobody asks yet: one session is enough.
    exclusively: (_key, work) =>
      within(TransactionAccess.begin(shared, claim, 0, 0), (transaction) => {
        const noOther = (): Promise<never> => Promise.reject(new Error("this is a transaction already"));
        const adapter = adapterOver(transaction, claim, noOther, 0);
        return work({ ...sessionOver(transaction, 0, claim), adapter });
      }),
    listen: (channel, listener) => listen(shared, listeners, channel, listener),
    close,
  });
  return { ...limitedTo(statementTimeoutMs, own), unlimited: limitedTo(0, own) };
}

async function takeDirectory(dataDirectory: string): Promise<() => Promise<void>> {
  try {
    await mkdir(dataDirectory, { recursive: true });
  } catch (cause) {
    throw new DatabaseProblem(`DATA_DIR ${dataDirectory} cannot be made: ${String(cause)}`, { cause });
  }
  return lockDataDirectory(dataDirectory);
}

/** Opens one thread after the other: in memory the first alone, because there is nothing to open again. */
function threadsOf(settings: EmbeddedSettings, listeners: Listeners): () => Promise<DatabaseThread> {
  const { dataDirectory, startFrom } = settings;
  let isFirst = true;
  return async () => {
    const directory = dataDirectory === undefined ? undefined : join(dataDirectory, "postgres");
    if (!isFirst) await refuseToBeginAnew(directory);
    isFirst = false;
    const started: ThreadSettings = { code: await pgliteCode(), directory, startFrom };
    return DatabaseThread.open(THREAD_FILE, started, (channel, payload) => listeners.hear(channel, payload));
  };
}

/** PGlite makes a new database where it finds none: right at a start, and wrong where there was one. */
async function refuseToBeginAnew(directory: string | undefined): Promise<void> {
  if (directory === undefined) throw new Error("what was in memory is gone");
  await access(join(directory, "PG_VERSION"));
}

function begin(shared: SharedAccess, claim: Claim, timeoutMs: number): Promise<TransactionAccess> {
  return TransactionAccess.begin(shared, claim, timeoutMs, IDLE_IN_TRANSACTION_TIMEOUT_MS);
}

async function within<T>(
  begun: Promise<TransactionAccess>,
  work: (transaction: TransactionAccess) => Promise<T>,
): Promise<T> {
  const transaction = await begun;
  try {
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

async function listen(
  shared: SharedAccess,
  listeners: Listeners,
  channel: string,
  listener: Listener,
): Promise<() => Promise<void>> {
  listeners.add(channel, listener);
  try {
    await shared.use(URGENT, (thread) => listenOn(thread, channel));
    listener.onListening();
  } catch {
    // The thread is gone: the next one is told, and so is the listener then.
  }
  return async () => {
    if (!listeners.remove(channel, listener)) return;
    await shared.use(URGENT, (thread) => unlistenOn(thread, channel)).catch(() => undefined);
  };
}
