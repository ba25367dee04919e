// The embedded backend under processes that come twice, are killed, or find a directory in a bad state.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import sql from "sql-template-tag";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { copyTemplateTo } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { killServers, ServerProcess } from "../support/server-process";

describe("a data directory", () => {
  let installation: Installation;
  beforeAll(() => {
    installation = makeInstallation();
  });
  afterEach(killServers);
  afterAll(() => installation.remove());

  const start = (dataDirectory: string, more: Record<string, string> = {}): ServerProcess =>
    new ServerProcess(installation.main, { DATA_DIR: dataDirectory, ...more });

  function newDirectory(): string {
    return mkdtempSync(join(installation.folder, "data-"));
  }

  /** A filled data directory of the test's own. */
  function copy(): string {
    const directory = newDirectory();
    copyTemplateTo(directory);
    return directory;
  }

  async function expectAllData(server: ServerProcess): Promise<void> {
    const { data } = await server.ask(`{ revision cities { totalCount } city(by: { slug: "krakow" }) { name } }`);
    expect(data).toEqual({ revision: "1", cities: { totalCount: 401 }, city: { name: "Krakow" } });
  }

  it("is refused to a second process, and the first one goes on", async () => {
    const directory = copy();
    const first = start(directory);
    await first.url();
    const second = await start(directory).ended;
    expect(second.code).toBe(1);
    expect(second.stdout).toBe("");
    expect(second.stderr).toBe(
      `the data directory ${directory} is in use by process ${first.pid} on ${hostname()}: ` +
        "stop that server, set another DATA_DIR, or set DATABASE_URL for a PostgreSQL that many processes can share\n",
    );
    await expectAllData(first);
  });

  const epochOf = async (server: ServerProcess): Promise<string | null> =>
    (await fetch(`${await server.url()}/graphql?query={revision}`)).headers.get("x-epoch");

  it("opens at once with all its data, in the same epoch, after its process was killed", async () => {
    const directory = copy();
    const killed = start(directory);
    const epoch = await epochOf(killed);
    killed.kill("SIGKILL");
    await killed.ended;
    expect(existsSync(join(directory, "lock"))).toBe(true);

    const next = start(directory);
    expect(await next.opened()).toMatchObject({ migrations: [], newEpoch: false, filled: false });
    await expectAllData(next);
    expect(await epochOf(next)).toBe(epoch);
    expect((await next.stop()).code).toBe(0);
    expect(existsSync(join(directory, "lock"))).toBe(false);
  });

  it.each([1_500])("comes up complete after its first start was killed after %i ms", async (ms) => {
    const directory = newDirectory();
    const killed = start(directory);
    await delay(ms);
    killed.kill("SIGKILL");
    await killed.ended;
    await expectAllData(start(directory));
  });

  it("opens to one of several processes that find it at once after a kill", async () => {
    const directory = copy();
    writeLock(directory, { pid: deadPid(), host: hostname(), started: "1" });
    const servers = Array.from({ length: 4 }, () => start(directory));
    const cameUp = await Promise.all(
      servers.map((server) =>
        server.url().then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(cameUp.filter(Boolean)).toHaveLength(1);
    await expectAllData(servers[cameUp.indexOf(true)] as ServerProcess);
    const refused = await Promise.all(servers.filter((_, i) => !cameUp[i]).map((server) => server.ended));
    for (const { code, stderr } of refused) {
      expect([code, stderr]).toEqual([1, expect.stringContaining("is in use by process")]);
    }
  });

  it.each([
    ["a process that is gone", (): object => ({ pid: deadPid(), host: hostname(), started: "1" })],
    [
      "an earlier process with the pid of a living one",
      (): object => ({ pid: process.pid, host: hostname(), started: "1" }),
    ],
  ])("is taken over from %s", async (_whose, lock) => {
    const directory = copy();
    writeLock(directory, lock());
    const server = start(directory);
    await expectAllData(server);
    expect(JSON.parse(readFileSync(join(directory, "lock"), "utf8"))).toMatchObject({ pid: server.pid });
  });

  it.each([
    [
      "held by another host",
      JSON.stringify({ pid: 1, host: "elsewhere.example", started: "1" }),
      /is in use by process 1 on elsewhere\.example: .* If that host is gone, remove .*lock$/,
    ],
    ["held by a lock that nobody can read", "", /the lock .*lock is unreadable: remove it if no server runs on /],
  ])("is refused when it is %s", async (_how, lock, message) => {
    const directory = copy();
    writeFileSync(join(directory, "lock"), lock);
    const { code, stderr } = await start(directory).ended;
    expect([code, stderr.trim()]).toEqual([1, expect.stringMatching(message)]);
    expect(readFileSync(join(directory, "lock"), "utf8")).toBe(lock);
  });

  it("is left as it is when its database is newer than the program", async () => {
    const directory = copy();
    const readMigrations = async (change?: string): Promise<object[]> => {
      const database = await openEmbeddedBackend({ dataDirectory: directory });
      if (change !== undefined) await database.execute(change);
      const rows = await database.query(sql`SELECT * FROM _prisma_migrations ORDER BY migration_name`);
      await database.close();
      return rows;
    };
    const before = await readMigrations(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('later', 'x', '99991231000000_later', now())",
    );
    expect(await start(directory).ended).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr:
        "the database is newer than this program: it has the migrations 99991231000000_later. Start the newer program, or use another database\n",
    });
    expect(await readMigrations()).toEqual(before);
  });

  it("is named when it cannot be made", async () => {
    const file = join(newDirectory(), "file");
    writeFileSync(file, "");
    const { code, stderr } = await start(join(file, "below")).ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^DATA_DIR .*file\/below cannot be made: /)]);
  });

  it("is named when it holds something else, which stays as it is", async () => {
    const directory = newDirectory();
    mkdirSync(join(directory, "postgres"));
    writeFileSync(join(directory, "postgres", "PG_VERSION"), "9.6\n");
    const { code, stderr } = await start(directory).ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^the embedded database in .* does not open: /)]);
    expect(readFileSync(join(directory, "postgres", "PG_VERSION"), "utf8")).toBe("9.6\n");
    expect(existsSync(join(directory, "lock"))).toBe(false);
  });

  it("is let go when the port is taken", async () => {
    const directory = copy();
    const occupant = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => occupant.once("listening", resolve));
    const { port } = occupant.address() as AddressInfo;
    const { code, stderr } = await start(directory, { PORT: String(port) }).ended;
    occupant.close();
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^the server cannot listen .*EADDRINUSE.*\n$/)]);
    expect(stderr).toContain(String(port));
    expect(existsSync(join(directory, "lock"))).toBe(false);
    await expectAllData(start(directory));
  });
});

function writeLock(directory: string, lock: object): void {
  writeFileSync(join(directory, "lock"), JSON.stringify(lock));
}

function deadPid(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}
