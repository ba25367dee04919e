// What holds connections without asking for anything is cut off, keeps nobody out, and hears why.
import { once } from "node:events";
import { connect } from "node:net";
import type { Database } from "../../src/database/database";
import { RESERVED_CONNECTIONS } from "../../src/http/connections";
import { startApi, type TestApi, type TestApiOptions } from "../support/api";
import { RawConnection, refusalIn } from "../support/raw-connection";
import { databaseDouble } from "../support/database-double";

const HEAD = "GET /health/live HTTP/1.1\r\nHost: here\r\n";
const LIVE = `${HEAD}\r\n`;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const body = JSON.stringify({ query: "{ revision }" });
const POST = `POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

let api: TestApi;
let ending: () => void = () => undefined;
afterEach(async () => {
  ending();
  await api.close();
});
const start = async (options: TestApiOptions): Promise<void> => {
  api = await startApi(options);
};

/** Sends a byte every so often, for as long as it is let. Gives how long that was. */
async function drip(connection: RawConnection, everyMs: number, byte: string): Promise<number> {
  const began = Date.now();
  const timer = setInterval(() => {
    connection.send(byte);
  }, everyMs);
  await connection.closed;
  clearInterval(timer);
  return Date.now() - began;
}

describe("a connection that is slow", () => {
  const times = { headersMs: 400, requestMs: 800, checkEveryMs: 50, idleMs: 600 };
  beforeEach(() => start({ connections: { times } }));

  it.each<[string, string, number]>([
    ["the headers", `${HEAD}X-Slow: `, times.headersMs],
    ["the body", POST, times.requestMs],
    ["anything at all", "", times.headersMs],
  ])("with %s is cut off when its time is over, however it drips", async (_what, begin, limitMs) => {
    const connection = await RawConnection.to(api.url);
    connection.send(begin);
    const lasted = await drip(connection, 50, begin === "" ? "" : "a");
    expect(lasted).toBeGreaterThanOrEqual(limitMs - 100);
    expect(lasted).toBeLessThan(limitMs + 1_500);
    expect(refusalIn(await connection.lastAnswer())).toEqual([408, "BAD_REQUEST", "REQUEST_TIMEOUT"]);
  });

  it("to ask again is let go, also where it sends line breaks that begin no request", async () => {
    const connection = await RawConnection.to(api.url);
    connection.send(LIVE);
    await connection.answers(1);
    const lasted = await drip(connection, 50, "\r\n");
    expect(lasted).toBeLessThan(times.idleMs + 1_000);
    expect(connection.text).toContain('{"status":"live"}');
  });
});

it("a caller that does not read its answer is let go when the time for that is over", async () => {
  await start({ connections: { times: { answerMs: 500 } } });
  const { port } = new URL(api.url);
  const query = encodeURIComponent("{ __schema { types { name fields { name description type { name } } } } }");
  const socket = connect({ host: "127.0.0.1", port: Number(port) });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.pause();
  // Enough answers that no buffer of the system takes them all.
  for (let i = 0; i < 60; i++) socket.write(`GET /graphql?query=${query} HTTP/1.1\r\nHost: here\r\n\r\n`);
  const left = (): Promise<number> =>
    new Promise((resolve, reject) => {
      api.app.server.getConnections((error, count) => {
        if (error === null) resolve(count);
        else reject(error);
      });
    });
  await pause(200);
  expect(await left()).toBe(1);
  const began = Date.now();
  while ((await left()) > 0) {
    expect(Date.now() - began).toBeLessThan(15_000);
    await pause(50);
  }
  socket.destroy();
});

describe("where there are as many connections as there may be", () => {
  const many = (count: number, localAddress?: string): Promise<RawConnection[]> =>
    Promise.all(Array.from({ length: count }, () => RawConnection.to(api.url, localAddress)));
  const heldOpen = (connections: RawConnection[]): number => connections.filter(({ isOpen }) => isOpen).length;
  /** As many as are let stay, once the others are told, and for a while after that. */
  const stays = async (connections: RawConnection[], count: number): Promise<void> => {
    const deadline = Date.now() + 10_000;
    while (heldOpen(connections) > count && Date.now() < deadline) await pause(10);
    await pause(100);
    expect(heldOpen(connections)).toBe(count);
  };

  it("those that only hold theirs make room, the longest first, and hear why", async () => {
    await start({ connections: { atMost: 20, perAddressAtMost: 20 } });
    const held = await many(30);
    for (const connection of held) connection.send("G");
    await stays(held, 20);
    for (let i = 0; i < 5; i++) expect((await fetch(`${api.url}/graphql?query={revision}`)).status).toBe(200);
    const first = held[0] as RawConnection;
    expect(refusalIn(await first.lastAnswer())).toEqual([503, "OVERLOADED", "TOO_MANY_CONNECTIONS"]);
    for (const { socket } of held) socket.destroy();
  });

  it("one address has no more than its share, and another is served", async () => {
    await start({ connections: { atMost: 100, perAddressAtMost: 10 } });
    const held = await many(50);
    await stays(held, 10);
    const others = await many(10, "127.0.0.2");
    await stays(others, 10);
    await stays(held, 10);
    for (const { socket } of [...held, ...others]) socket.destroy();
  });

  it("a trusted proxy may have more than one address may", async () => {
    await start({ trustedProxies: ["127.0.0.0/8"], connections: { atMost: 100, perAddressAtMost: 10 } });
    const held = await many(50);
    await stays(held, 50);
    for (const { socket } of held) socket.destroy();
  });

  it("and all of them are at work, health is answered and all else is refused, at once", async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    ending = () => {
      letGo();
    };
    const wrap = (database: Database): Database =>
      databaseDouble(database, (inner) => ({
        query: async (statement) => {
          if (!statement.text.includes("revision_counter")) await held;
          return inner.query(statement);
        },
      }));
    await start({ wrap, connections: { atMost: 5, perAddressAtMost: 5 } });
    const query = JSON.stringify({ query: "{ cities { totalCount } }" });
    const atWork = Array.from({ length: 5 }, () =>
      fetch(`${api.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: query }),
    );
    await pause(200);
    const began = Date.now();
    for (let i = 0; i < 3; i++) expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    const refused = await RawConnection.to(api.url);
    refused.send(`${POST}${body}`);
    const answer = await refused.lastAnswer();
    expect(refusalIn(answer)).toEqual([503, "OVERLOADED", "TOO_MANY_CONNECTIONS"]);
    expect(answer.headers).toMatchObject({ connection: "close", "access-control-allow-origin": "*" });
    expect(Date.now() - began).toBeLessThan(1_000);
    // Whoever holds what is kept for health makes room as well.
    const inReserve = await many(RESERVED_CONNECTIONS + 20);
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    for (const { socket } of inReserve) socket.destroy();
    letGo();
    for (const answered of await Promise.all(atWork)) expect(answered.status).toBe(200);
    expect((await fetch(`${api.url}/graphql?query={revision}`)).status).toBe(200);
  });
});

it("a stop does not wait for connections that ask nothing, and tells those that began why", async () => {
  await start({});
  const [silent, begun, kept] = await Promise.all([1, 2, 3].map(() => RawConnection.to(api.url)));
  if (silent === undefined || begun === undefined || kept === undefined) throw new Error("not connected");
  begun.send(HEAD);
  kept.send(LIVE);
  await kept.answers(1);
  await pause(50);
  const began = Date.now();
  await api.app.close();
  await Promise.all([silent.closed, begun.closed, kept.closed]);
  expect(Date.now() - began).toBeLessThan(3_000);
  expect(refusalIn(await begun.lastAnswer())).toEqual([503, "OVERLOADED", "STOPPING"]);
  expect(kept.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
});
