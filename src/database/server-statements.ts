// Statements on a session of a PostgreSQL server: prepared where they come again, read under a claim, canceled with it.
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClientBase, PoolClient, QueryConfig } from "pg";
import type { Sql } from "sql-template-tag";
import type { Claim } from "./claim";
import { WIRE_PARSERS } from "./wire-types";

/**
 * Runs a statement under a claim.
 * @throws the reason of the claim's cancellation, what the claim's onRead throws, or what the database and its driver say
 */
export async function runUnder<Row extends object>(on: PoolClient, statement: Sql, claim: Claim): Promise<Row[]> {
  const { cancellation } = claim;
  cancellation.throwIfCanceled();
  let isOver = false;
  let canceling: Promise<void> | undefined;
  const cancel = (): void => {
    canceling ??= cancelUntil(on, () => isOver);
  };
  const query = queryOf(statement, (characters) => {
    try {
      claim.onRead(characters);
    } catch (error) {
      cancel();
      throw error;
    }
  });
  cancellation.listen(cancel);
  try {
    return (await on.query<Row>(query)).rows;
  } catch (error) {
    cancellation.throwIfCanceled();
    throw error;
  } finally {
    isOver = true;
    cancellation.unlisten(cancel);
    // The session must not go to somebody else before the server is done with the request to cancel.
    await canceling;
  }
}

function queryOf({ text, values }: Sql, onRead: (characters: number) => void): QueryConfig {
  const name = statementName(text);
  return {
    text,
    values,
    ...(name === undefined ? {} : { name }),
    types: {
      getTypeParser: (oid) => {
        const parse = WIRE_PARSERS[oid];
        return (value: string) => {
          onRead(value.length);
          return parse === undefined ? value : parse(value);
        };
      },
    },
  };
}

/** How long a server may take to take note that a statement is to be canceled. */
const CANCEL_WITHIN_MS = 2_000;
const CANCEL_AGAIN_MS = 50;
/** The code of a CancelRequest: https://www.postgresql.org/docs/15/protocol-message-formats.html */
const CANCEL_REQUEST = 80_877_102;

/** What the driver knows of a session beside what its types say. */
interface BackendOf {
  host: string;
  port: number;
  processID: number;
  secretKey: number;
}

// A request to cancel may overtake the statement, and then finds nothing to cancel: it is sent until the statement is over.
async function cancelUntil(client: ClientBase, isOver: () => boolean): Promise<void> {
  do {
    await cancelStatementOf(client);
    if (!isOver()) await sleep(CANCEL_AGAIN_MS);
  } while (!isOver());
}

// By the protocol's own request, on a connection of its own: it needs no session, and passes through poolers. Resolves when the server has
// closed that connection, which it does when the signal is sent; a request that is lost leaves the statement to its timeout.
function cancelStatementOf(client: ClientBase): Promise<void> {
  const { host, port, processID, secretKey } = client as unknown as BackendOf;
  const request = Buffer.alloc(16);
  [request.length, CANCEL_REQUEST, processID, secretKey].forEach((word, i) => request.writeInt32BE(word, i * 4));
  return new Promise((resolve) => {
    const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(CANCEL_WITHIN_MS, () => socket.destroy());
    socket
      .on("error", () => undefined)
      .on("close", () => {
        resolve();
      });
    socket.end(request);
    socket.resume();
  });
}

// Statements are named, so that each session parses and plans them once. Filters make new statements without bound, and a
// session keeps every named one until it ends: a text is named when it comes again, and only so many ever are.
const NAMED_AT_MOST = 1_000;
const CANDIDATES_AT_MOST = 1_000;
const names = new Map<string, string>();
/** Names of one generation are forgotten together; sessions that know them may have them wrong. */
let generation = 0;
/** Texts that came once, the longest ago first. */
const candidates = new Set<string>();

function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= NAMED_AT_MOST) return known;
  if (candidates.delete(text)) {
    const name = createHash("sha256").update(`${generation}:${text}`).digest("base64url");
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

/** Where tables were made anew under it, a session refuses to run what it prepared before (SQLSTATE feature_not_supported). */
const PLAN_IS_STALE = /cached plan must not change result type/;

/**
 * Whether a statement failed because tables were made anew, by a restore say. All statements are prepared anew then: it may be run again,
 * where that is not within a transaction.
 */
export function wasPreparedBefore(error: unknown): boolean {
  if (!(error instanceof Error) || !PLAN_IS_STALE.test(error.message)) return false;
  generation += 1;
  names.clear();
  return true;
}
