// Statements on a session of a PostgreSQL server: prepared where they come again, read under a claim, canceled with it.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClientBase, PoolClient, QueryConfig } from "pg";
import type { Claim } from "./claim";
import type { Statement } from "./database";
import { letGo, type PreparedStatements } from "./server-prepared";
import { WIRE_PARSERS } from "./wire-types";

/**
 * Runs a statement under a claim.
 * @param prepared what the session keeps prepared
 * @throws the reason of the claim's cancellation, what the claim's onRead throws, or what the database and its driver say
 */
export async function runUnder<Row extends object>(
  on: PoolClient,
  prepared: PreparedStatements,
  statement: Statement,
  claim: Claim,
): Promise<Row[]> {
  const { cancellation } = claim;
  const { name, surplus } = prepared.nameFor(on, statement.text);
  if (surplus !== undefined) await letGo(on, surplus);
  cancellation.throwIfCanceled();
  let isOver = false;
  let canceling: Promise<void> | undefined;
  const cancel = (): void => {
    canceling ??= cancelUntil(on, () => isOver);
  };
  const query = queryOf(statement, name, (characters) => {
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

function queryOf({ text, values }: Statement, name: string, onRead: (characters: number) => void): QueryConfig {
  return {
    text,
    values,
    ...(name === "" ? {} : { name }),
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
