// The database as a PostgreSQL server: a pool of sessions, shared with Prisma's adapter.
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool, type ClientBase } from "pg";
import { ownClaim, unboundedClaim, type Claim } from "./claim";
import { DatabaseProblem, type AdaptedSession, type Database, type Listener } from "./database";
import { ListeningSession } from "./listening-session";
import { lanesOf } from "./server-lanes";
import { PreparedStatements } from "./server-prepared";
import { SESSION_SETTINGS } from "./session-settings";
import { inTurns, sessionOf, writeOn } from "./server-sessions";

export interface ServerSettings {
  url: string;
  /** sessions at most */
  poolSize: number;
  statementTimeoutMs: number;
}

const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** How long whoever only reads waits for a lock: only what changes the tables themselves holds one against it. */
const READ_LOCK_TIMEOUT_MS = 2_000;
/** How often a session that is busy looks whether its client is still there. */
const CLIENT_CHECK_MS = 2_000;

const APPLICATION_NAME = "creative-cities-graph";

const SERVER_SETTINGS = `${SESSION_SETTINGS};
  SET lock_timeout = ${READ_LOCK_TIMEOUT_MS};
  SET client_connection_check_interval = ${CLIENT_CHECK_MS}`;

// The pool waits for what this answers, whatever its type says.
const setUp = (client: ClientBase): unknown => client.query(SERVER_SETTINGS);

export async function openServerBackend(settings: ServerSettings): Promise<Database> {
  const pool = new Pool({
    connectionString: settings.url,
    max: settings.poolSize,
    connectionTimeoutMillis: 10_000,
    statement_timeout: settings.statementTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    application_name: APPLICATION_NAME,
    onConnect: setUp,
  });
  // A session that breaks while idle is replaced by the pool at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  await refuseWrongServer(pool);

  const adapter = adapterOn(pool);
  const listening = new Set<ListeningSession>();
  const lanes = lanesOf(settings.poolSize);
  const sessions = { pool, prepared: new PreparedStatements() };
  const base = {
    backend: "server" as const,
    adapter,
    reserveFor: (caller: string) => {
      const claim = unboundedClaim(caller);
      return inTurns(sessionOf(sessions, claim), lanes.reserve, claim);
    },
    exclusively: <T>(key: number, work: (alone: AdaptedSession) => Promise<T>) => exclusively(settings.url, key, work),
    listen: async (channel: string, listener: Listener) => {
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
  const onBehalfOf = (claim: Claim): Database => ({
    ...base,
    ...inTurns(sessionOf(sessions, claim), lanes.reads, claim),
    onBehalfOf,
    write: (actor, work) => lanes.writes.pass(claim, () => writeOn(sessions, claim, actor, work)),
  });
  return onBehalfOf(ownClaim());
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
    const sessions = { pool: alone, prepared: new PreparedStatements() };
    const result = await work({ ...sessionOf(sessions, ownClaim()), adapter: adapterOn(alone) });
    await alone.query("COMMIT");
    return result;
  } finally {
    await alone.end();
  }
}
