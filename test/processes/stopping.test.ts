// How the process ends: running requests get their answers, new ones are refused, and the operator's patience is kept.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { copyTemplateTo, databaseUrl, onServer, TEMPLATE_DATABASE, testServer } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { killServers, ServerProcess } from "../support/server-process";

const QUERY = JSON.stringify({ query: `{ cities { totalCount } }` });
const DATABASE = `ccg_test_${randomBytes(6).toString("hex")}`;

let installation: Installation;
let backend: Record<string, string>;
beforeAll(async () => {
  installation = makeInstallation();
  if (testServer === undefined) {
    backend = { DATA_DIR: join(installation.folder, "data-directory") };
    copyTemplateTo(backend.DATA_DIR ?? "");
  } else {
    await onServer(testServer, `CREATE DATABASE ${DATABASE} TEMPLATE ${TEMPLATE_DATABASE}`);
    backend = { DATABASE_URL: databaseUrl(testServer, DATABASE) };
  }
});
afterEach(killServers);
afterAll(async () => {
  if (testServer !== undefined) await onServer(testServer, `DROP DATABASE ${DATABASE} WITH (FORCE)`);
  installation.remove();
});

const start = (more: Record<string, string> = {}): ServerProcess =>
  new ServerProcess(installation.main, { ...backend, ...more });

/** A request of which only the beginning has come: it runs until the rest is sent. */
class HalfSent {
  answer = "";
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.setEncoding("utf8").on("data", (text: string) => {
      this.answer += text;
    });
    this.closed = once(socket, "close");
  }

  static async to(url: string): Promise<HalfSent> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${QUERY.length}\r\n\r\n`,
    );
    socket.write(QUERY.slice(0, 10));
    // The server has begun with it once it has answered another request that came later.
    await fetch(`${url}/health/live`);
    return new HalfSent(socket);
  }

  sendRest(): void {
    this.socket.write(QUERY.slice(10));
  }
}

async function stopped(server: ServerProcess, url: string): Promise<void> {
  server.kill("SIGTERM");
  for (;;) {
    const refused = await fetch(`${url}/health/live`).then(
      (response) => response.status === 503,
      () => true,
    );
    if (refused) return;
  }
}

it.each(["SIGTERM", "SIGINT"] as const)("ends with code 0 at %s", async (signal) => {
  const server = start();
  await server.ask("{ revision }");
  server.kill(signal);
  expect(await server.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
});

it("answers the request that runs at a SIGTERM, takes no new one, and ends with code 0", async () => {
  const server = start();
  const url = await server.url();
  const running = await HalfSent.to(url);
  await stopped(server, url);
  const began = Date.now();
  running.sendRest();
  await running.closed;
  expect(running.answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(running.answer).toContain('{"data":{"cities":{"totalCount":401}}');
  expect(await server.ended).toMatchObject({ code: 0, stderr: "" });
  expect(Date.now() - began).toBeLessThan(3_000);
});

it("ends with code 1 when a request outlasts SHUTDOWN_TIMEOUT_MS", async () => {
  const server = start({ SHUTDOWN_TIMEOUT_MS: "300" });
  await HalfSent.to(await server.url());
  const { code, stdout } = await server.stop();
  expect(code).toBe(1);
  expect(stdout).toContain("requests did not end in time");
});

it("ends at once with code 1 at a second signal", async () => {
  const server = start();
  const url = await server.url();
  await HalfSent.to(url);
  await stopped(server, url);
  const began = Date.now();
  server.kill("SIGTERM");
  expect((await server.ended).code).toBe(1);
  expect(Date.now() - began).toBeLessThan(2_000);
});

it("ends with code 0 at a SIGTERM that comes as soon as it listens", async () => {
  for (let i = 0; i < 4; i++) {
    const server = start({ HOST: "localhost" });
    await server.url();
    expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
  }
});
