// The entry of the embedded database's thread: PGlite, and what is asked of it. DatabaseThread starts it and speaks with it: one request is
// under way at a time, so that none needs an id.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import {
  isDriverAdapterError,
  type DriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { SESSION_SETTINGS } from "../session-settings";
import { WIRE_PARSERS } from "../wire-types";
import { raisedError, type RaisedError } from "./database-error";
import type { RowPortions } from "./row-portions";
import { Statements } from "./statements";

/** What the thread is started with. */
export interface ThreadSettings {
  /** PGlite's compiled code: shared, so that a thread that replaces another has it compiled, and optimized, already */
  code: object;
  /** where PGlite keeps the database; undefined keeps it in memory */
  directory: string | undefined;
  /** a dump to start from (PGlite's dumpDataDir) */
  startFrom: Blob | undefined;
}

export type Request =
  | { kind: "query"; text: string; values: unknown[] }
  | { kind: "script"; script: string }
  /** Prisma's driver adapter, over the same session */
  | { kind: "adapter"; operation: "queryRaw" | "executeRaw"; query: SqlQuery }
  /** the next portion of the rows of the query before */
  | { kind: "next" }
  | { kind: "close" };

export type Reply =
  /** the database is open */
  | { kind: "opened" }
  /** `more` where the rest has to be asked for */
  | { kind: "rows"; rows: object[]; more: boolean }
  /** the command tags of a script's statements, such as "COMMIT" or "INSERT 0 5" */
  | { kind: "commands"; commands: string[] }
  /** what the driver adapter answers */
  | { kind: "adapted"; answer: unknown }
  | { kind: "closed" }
  | { kind: "failed"; error: RaisedError }
  /** what the driver adapter says of an error in its own words */
  | { kind: "adapterFailed"; cause: DriverAdapterError["cause"] };

/** Comes without being asked for. */
export interface Notification {
  kind: "notification";
  channel: string;
  payload: string;
}

/** What PGlite throws where PostgreSQL jumps back to its main loop after an ordinary error (POSTGRES_MAIN_LONGJMP). */
const ORDINARY_ERROR = 100;

const send = (message: Reply | Notification): void => parentPort?.postMessage(message);

/** Of the log that a database would have to read again that is opened after its thread was ended: about 0.4 s of it. */
const LOG_BYTES_AT_MOST = 32 * 1024 * 1024;

class EmbeddedSession {
  private readonly statements: Statements;
  private rest: RowPortions | undefined;
  private adapter: SqlDriverAdapter | undefined;
  private hasCommitted = false;

  constructor(private readonly pglite: PGlite) {
    this.statements = new Statements(pglite);
  }

  async answer(request: Request): Promise<Reply> {
    switch (request.kind) {
      case "query":
        this.rest = await this.statements.query(request.text, request.values);
        return this.portion();
      case "next":
        return this.portion();
      case "script":
        return { kind: "commands", commands: await this.script(request.script) };
      case "adapter":
        return { kind: "adapted", answer: await this.adapted(request.operation, request.query) };
      case "close":
        await this.pglite.close();
        return { kind: "closed" };
    }
  }

  // PostgreSQL leaves checkpoints to a process of its own, which PGlite has not: its log would grow, and be read at the next opening, without
  // bound.
  async checkpointWhereDue(): Promise<void> {
    if (!this.hasCommitted) return;
    this.hasCommitted = false;
    const found = await this.statements.query(
      `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > ${LOG_BYTES_AT_MOST} AS due FROM pg_control_checkpoint()`,
      [],
    );
    const [row] = found.next().rows as { due: boolean }[];
    if (row?.due === true) await this.statements.script("CHECKPOINT");
  }

  private async script(script: string): Promise<string[]> {
    const commands = await this.statements.script(script);
    this.hasCommitted = commands.at(-1) === "COMMIT";
    return commands;
  }

  private portion(): Reply {
    const portion = this.rest?.next() ?? { rows: [], more: false };
    if (!portion.more) this.rest = undefined;
    return { kind: "rows", ...portion };
  }

  private async adapted(operation: "queryRaw" | "executeRaw", query: SqlQuery): Promise<unknown> {
    this.adapter ??= await new PrismaPGlite(this.pglite).connect();
    try {
      return await this.adapter[operation](query);
    } finally {
      // It may have changed what the kept statements are about, and does not say so.
      await this.statements.forgetAll();
    }
  }
}

// PGlite 0.5 goes on as if nothing were when its code stops for good (out of memory, a PANIC, FATAL), and calls it again for ever. The thread
// ends instead, and the database is opened anew.
function endWithTheDatabase(pglite: PGlite): void {
  const module = pglite.Module as { _PostgresMainLoopOnce: () => void };
  const runOnce = module._PostgresMainLoopOnce.bind(module);
  module._PostgresMainLoopOnce = () => {
    try {
      runOnce();
    } catch (error) {
      if ((error as { status?: unknown }).status !== ORDINARY_ERROR) process.exit(1);
      throw error;
    }
  };
}

async function open({ code, directory, startFrom }: ThreadSettings): Promise<void> {
  const pglite = await PGlite.create({
    ...(directory === undefined ? {} : { dataDir: directory }),
    ...(startFrom === undefined ? {} : { loadDataDir: startFrom }),
    // As a whole: the type of this option comes with the browser's library, which the server is compiled without.
    ...({ pgliteWasmModule: code } as object),
    extensions: { btree_gist, fuzzystrmatch, pg_trgm, unaccent },
    // PGlite parses more types by default than we name (arrays, for one): what WIRE_PARSERS lacks keeps its default there,
    // and no statement of ours returns such a value.
    parsers: { ...WIRE_PARSERS },
  });
  endWithTheDatabase(pglite);
  await pglite.exec(SESSION_SETTINGS);
  pglite.onNotification((channel, payload) => send({ kind: "notification", channel, payload }));
  const session = new EmbeddedSession(pglite);
  let turn = Promise.resolve();
  parentPort?.on("message", (request: Request) => {
    turn = turn
      .then(() => session.answer(request))
      .then(send, (error: unknown) => send(failureOf(error)))
      // After the answer, which shall not wait for it, and before the next request. Where it fails, the next commit tries again.
      .then(() => session.checkpointWhereDue())
      .catch(() => undefined);
  });
  send({ kind: "opened" });
}

function failureOf(error: unknown): Reply {
  return isDriverAdapterError(error)
    ? { kind: "adapterFailed", cause: error.cause }
    : { kind: "failed", error: raisedError(error) };
}

void open(workerData as ThreadSettings).catch((error: unknown) => send(failureOf(error)));
