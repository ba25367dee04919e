// The database as a PostgreSQL server: a pool of sessions, shared with Prisma's adapter.
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool, type PoolClient, type QueryConfig } from "pg";
import type { Sql } from "sql-template-tag";
import { DatabaseProblem, type AdaptedSession, type Database, type Session } from "./database";
import { ListeningSession } from "./listening-session";
import { Turnstile } from "./turnstile";
import { WIRE_PARSERS } from "./wire-types";

export interface ServerSettings {
  url: string;
  /** sessions at most */
  poolSize: number;
  statementTimeoutMs: number;
}

/** How long a writer waits for the revision counter, and how long a forgotten transaction may hold it. */
const LOCK_TIMEOUT_MS = 10_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

/** One writes, the next has its session and waits for the lock; the rest wait without one, and leave the pool to readers. */
const WRITERS_AT_MOST = 2;

const APPLICATION_NAME = "creative-cities-graph";

const types = {
  getTypeParser: (oid: number) => WIRE_PARSERS[oid] ?? ((text: string) => text),
};

export async function openServerHome(settings: ServerSettings): Promise<Database> {
  const pool = new Pool({
    connectionString: settings.url,
    max: settings.poolSize,
    connectionTimeoutMillis: 10_000,
    statement_timeout: settings.statementTimeoutMs,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    application_name: APPLICATION_NAME,
  });
  // A session that breaks while idle is replaced by the pool at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  await refuseWrongServer(pool);

  const adapter = adapterOn(pool);
  const listening = new Set<ListeningSession>();
  const writers = new Turnstile(Math.min(WRITERS_AT_MOST, settings.poolSize - 1), LOCK_TIMEOUT_MS);
  return {
    home: "server",
    adapter,
    ...sessionOn(pool),
    write: (actor, work) => writers.pass(() => writeOn(pool, actor, work)),
    exclusively: (key, work) => exclusively(settings.url, key, work),
    listen: async (channel, listener) => {
      const session = new ListeningSession(settings.url, APPLICATION_NAME, channel, listener);
      listening.add(session);
      await session.start();
      return async () => {
        listening.delete(session);
        await session.stop();
      };
    },
    close: async () => {
      await Promise.all([...listening].map((session) => session.stop()));
      await pool.end();
    },
  };
}

function sessionOn(on: Pool | PoolClient): Session {
  return {
    query: (statement) => run(on, statement),
    execute: async (script) => {
      await on.query(script);
    },
  };
}

// The adapter cuts a script at every semicolon, also inside a comment or the body of a function (@prisma/adapter-pg
// 7.10). PostgreSQL itself takes a script of many statements when it has no parameters.
function adapterOn(pool: Pool): PrismaPg {
  const adapter = new PrismaPg(pool);
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => {
    const connection = await connect();
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script);
    };
    return connection;
  };
  return adapter;
}

async function refuseWrongServer(pool: Pool): Promise<void> {
  let version: number;
  try {
    const { rows } = await pool.query<{ server_version_num: string }>("SHOW server_version_num");
    version = Number(rows[0]?.server_version_num);
  } catch (cause) {
    await pool.end();
    const why = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : String(cause);
    throw new DatabaseProblem(`DATABASE_URL leads to no PostgreSQL that answers: ${why}`, { cause });
  }
  if (version < 150000) {
    await pool.end();
    throw new DatabaseProblem(
      `DATABASE_URL must lead to PostgreSQL 15 or later, but got ${Math.floor(version / 10000)}`,
    );
  }
}

// On a session of its own, without timeouts, which a pool of one keeps for the whole transaction. Its end, in whatever
// way, is the end of the transaction and of the lock.
async function exclusively<T>(url: string, key: number, work: (alone: AdaptedSession) => Promise<T>): Promise<T> {
  const alone = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0, application_name: APPLICATION_NAME });
  alone.on("error", () => undefined);
  try {
    await alone.query("BEGIN");
    await alone.query("SELECT pg_advisory_xact_lock($1)", [key]);
    const result = await work({ ...sessionOn(alone), adapter: adapterOn(alone) });
    await alone.query("COMMIT");
    return result;
  } finally {
    await alone.end();
  }
}

async function writeOn<T>(pool: Pool, actor: string, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw withCode(error);
  });
  let broken = false;
  // A session that breaks says so as an event too, which ends the process where nobody listens.
  const onError = (): void => {
    broken = true;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    await client.query({ name: "begin_write", text: "SELECT begin_write($1)", values: [actor] });
    const result = await work(sessionOn(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {
      broken = true;
    });
    throw withCode(error);
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

// Statements are named, so that each session parses and plans them once. Filters make new statements without bound, and a
// session keeps every named one until it ends: a text is named when it comes again, and only so many ever are.
const NAMED_AT_MOST = 1_000;
const CANDIDATES_AT_MOST = 1_000;
const names = new Map<string, string>();
/** Texts that came once, the longest ago first. */
const candidates = new Set<string>();

function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= NAMED_AT_MOST) return known;
  if (candidates.delete(text)) {
    const name = createHash("sha256").update(text).digest("base64url");
    names.set(text, name);
    return name;
  }
  candidates.add(text);
  if (candidates.size > CANDIDATES_AT_MOST) {
    const [oldest] = candidates;
    if (oldest !== undefined) candidates.delete(oldest);
  }
  return undefined;
}

async function run<Row extends object>(on: Pool | PoolClient, statement: Sql): Promise<Row[]> {
  const named = statementName(statement.text);
  const query: QueryConfig = { text: statement.text, values: statement.values, types };
  if (named !== undefined) query.name = named;
  try {
    return (await on.query<Row>(query)).rows;
  } catch (error) {
    throw withCode(error);
  }
}

// The pool and the driver say in words alone that they got no session or lost it; whoever answers for it goes by codes.
const SESSION_LOST =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

function withCode(error: unknown): unknown {
  if (!(error instanceof Error) || "code" in error || !SESSION_LOST.test(error.message)) return error;
  return Object.assign(error, { code: "ECONNRESET" });
}
