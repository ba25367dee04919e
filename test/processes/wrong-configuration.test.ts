// What an operator reads when the environment is wrong: the variable and what it must be, no stack, and no password.
import { existsSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { makeInstallation, type Installation } from "../support/installation";
import { killServers, ServerProcess, type Ending } from "../support/server-process";

const PASSWORD = "pass-word-1";

let installation: Installation;
beforeAll(() => {
  installation = makeInstallation();
});
afterEach(killServers);
afterAll(() => installation.remove());

const endOf = (environment: Record<string, string>): Promise<Ending> =>
  new ServerProcess(installation.main, environment).ended;

async function expectRefused(databaseUrl: string, message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await endOf({ DATABASE_URL: databaseUrl });
  expect([code, stdout, stderr.trim()]).toEqual([1, "", expect.stringMatching(message)]);
  expect(stderr).not.toContain(PASSWORD);
  expect(stderr.trim().split("\n")).toHaveLength(1);
}

it("names every wrong variable at once and makes nothing", async () => {
  const dataDirectory = join(installation.folder, "never-made");
  const ending = await endOf({
    DATA_DIR: dataDirectory,
    DATABASE_URL: `mysql://root:${PASSWORD}@localhost/db`,
    PORT: "65536",
    LOG_LEVEL: "loud",
    CORS_ORIGINS: "https://example.org, example.com/path",
    TRUSTED_PROXIES: "10.0.0.0/8, 10.0.0.0/33, 1",
    MAX_CONNECTIONS: "9",
    MAX_CONNECTIONS_PER_ADDRESS: "0",
    DATABASE_POOL_SIZE: "1",
    STATEMENT_TIMEOUT_MS: "1e3",
    QUERY_COST_LIMIT: "-5",
    BUDGET_PER_MINUTE_ANONYMOUS: "much",
    BUDGET_PER_MINUTE_KEY: "2000000001",
    WRONG_KEYS_PER_MINUTE: "-1",
    REDIS_URL: `http://user:${PASSWORD}@localhost:6379`,
    SHUTDOWN_TIMEOUT_MS: "soon",
  });
  expect({ ...ending, stderr: ending.stderr.trim().split("\n").sort() }).toEqual({
    code: 1,
    signal: null,
    stdout: "",
    stderr: [
      'BUDGET_PER_MINUTE_ANONYMOUS must be a whole number from 0 to 2000000000, but is "much"',
      'BUDGET_PER_MINUTE_KEY must be a whole number from 0 to 2000000000, but is "2000000001"',
      'CORS_ORIGINS must be * or origins such as https://example.org, but holds "example.com/path"',
      'DATABASE_POOL_SIZE must be a whole number from 2 to 1000, but is "1"',
      "DATABASE_URL must be a URL that begins with postgresql://",
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, but is "loud"',
      'MAX_CONNECTIONS must be a whole number from 10 to 100000, but is "9"',
      'MAX_CONNECTIONS_PER_ADDRESS must be a whole number from 1 to 100000, but is "0"',
      'PORT must be a whole number from 0 to 65535, but is "65536"',
      `QUERY_COST_LIMIT must be a whole number from 1000 to ${Number.MAX_SAFE_INTEGER}, but is "-5"`,
      "REDIS_URL must be a URL that begins with redis:// or rediss://",
      'SHUTDOWN_TIMEOUT_MS must be a whole number from 1 to 600000, but is "soon"',
      'STATEMENT_TIMEOUT_MS must be a whole number from 100 to 600000, but is "1e3"',
      'TRUSTED_PROXIES must be addresses and ranges such as 10.0.0.0/8, but holds "1"',
      'TRUSTED_PROXIES must be addresses and ranges such as 10.0.0.0/8, but holds "10.0.0.0/33"',
      'WRONG_KEYS_PER_MINUTE must be a whole number from 0 to 2000000000, but is "-1"',
    ],
  });
  expect(existsSync(dataDirectory)).toBe(false);
});

describe("a DATABASE_URL that leads nowhere", () => {
  it.each([
    ["is no URL", `user:${PASSWORD}@host`, /^DATABASE_URL must be a URL that begins with postgresql:\/\/$/],
    [
      "names a port that refuses",
      `postgresql://user:${PASSWORD}@127.0.0.1:1/db`,
      /^DATABASE_URL leads to no PostgreSQL that answers: connect ECONNREFUSED 127\.0\.0\.1:1$/,
    ],
    [
      "names an unknown host",
      `postgresql://user:${PASSWORD}@nowhere.invalid/db`,
      /^DATABASE_URL leads to no PostgreSQL that answers: getaddrinfo \w+ nowhere\.invalid$/,
    ],
  ])("is refused when it %s", (_what, url, message) => expectRefused(url, message));

  // By the first bytes that each sends: of a web server's answer, and of MySQL's greeting, which comes unasked.
  it.each([
    ["hangs up", Buffer.alloc(0)],
    ["answers as a web server", Buffer.from("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")],
    ["greets as MySQL", Buffer.from("\x4a\x00\x00\x00\x0a8.0.36\x00", "latin1")],
  ])("is refused when what listens there %s", async (_what, answer) => {
    const { server, port } = await listen((socket) => {
      socket.on("error", () => undefined);
      socket.end(answer);
    });
    try {
      await expectRefused(
        `postgresql://user:${PASSWORD}@127.0.0.1:${port}/db`,
        /^DATABASE_URL leads to no PostgreSQL that answers: ./,
      );
    } finally {
      server.close();
    }
  });

  it("is refused when what listens there says nothing, after ten seconds", async () => {
    const sockets: Socket[] = [];
    const { server, port } = await listen((socket) => sockets.push(socket));
    try {
      await expectRefused(
        `postgresql://user:${PASSWORD}@127.0.0.1:${port}/db`,
        /^DATABASE_URL leads to no PostgreSQL that answers: .*timeout/,
      );
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });
});

async function listen(onConnection: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer(onConnection).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}
