// A server under several processes, and databases that are not ours to use.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { databaseUrl, onServer, testServer } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { killServers, ServerProcess } from "../support/server-process";

const PASSWORD = "pass-word-1";

describe("a PostgreSQL server", () => {
  let installation: Installation;
  let made: string[] = [];
  beforeAll(() => {
    installation = makeInstallation();
  });
  afterEach(async () => {
    await killServers();
    for (const name of made) await onServer(testServer ?? "", `DROP DATABASE ${name} WITH (FORCE)`);
    made = [];
  });
  afterAll(() => installation.remove());

  async function emptyDatabase(): Promise<string> {
    const name = `ccg_test_${randomBytes(6).toString("hex")}`;
    await onServer(testServer ?? "", `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
    made.push(name);
    return databaseUrl(testServer ?? "", name);
  }

  const start = (url: string): ServerProcess => new ServerProcess(installation.main, { DATABASE_URL: url });

  async function rowsOf(url: string, statement: string): Promise<object[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<object>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  const tablesOf = (url: string): Promise<object[]> =>
    rowsOf(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");

  it("is migrated once by five processes that start at once, and all come up", async () => {
    const url = await emptyDatabase();
    const servers = Array.from({ length: 5 }, () => start(url));
    const opened = await Promise.all(servers.map((server) => server.opened()));
    const migrations = await rowsOf(
      url,
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at, migration_name",
    );
    expect(opened.flatMap((one) => one.migrations)).toEqual(
      migrations.map((row) => (row as { migration_name: string }).migration_name),
    );
    for (const server of servers) {
      expect((await server.ask("{ revision cities { totalCount } }")).data).toEqual({
        revision: "0",
        cities: { totalCount: 0 },
      });
    }
    for (const { code, stderr } of await Promise.all(servers.map((server) => server.stop()))) {
      expect([code, stderr]).toEqual([0, ""]);
    }
  });

  it("is migrated by the next process when the first one was killed meanwhile", async () => {
    const url = await emptyDatabase();
    const killed = start(url);
    while ((await tablesOf(url)).length === 0 && !(await isMigrating(url))) await new Promise(setImmediate);
    killed.kill("SIGKILL");
    await killed.ended;
    const next = start(url);
    expect((await next.ask("{ cities { totalCount } }")).data).toEqual({ cities: { totalCount: 0 } });
  });

  async function isMigrating(url: string): Promise<boolean> {
    const rows = await rowsOf(
      url,
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    return rows.length > 0;
  }

  it("is refused by a name that it does not know, without the password", async () => {
    const url = new URL(databaseUrl(testServer ?? "", "ccg_test_nowhere"));
    url.password = PASSWORD;
    const { code, stdout, stderr } = await start(url.href).ended;
    expect([code, stdout, stderr]).toEqual([
      1,
      "",
      'DATABASE_URL leads to no PostgreSQL that answers: database "ccg_test_nowhere" does not exist\n',
    ]);
  });

  it("is refused when it holds tables of somebody else, which stay as they are", async () => {
    const url = await emptyDatabase();
    await rowsOf(url, "CREATE TABLE theirs (id int)");
    expect(await start(url).ended).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr: "the database has tables but none of ours: give the server a database of its own\n",
    });
    expect(await tablesOf(url)).toEqual([{ tablename: "theirs" }]);
  });

  it("is left as it is when it is newer than the program", async () => {
    const url = await emptyDatabase();
    const first = start(url);
    await first.url();
    await first.stop();
    await rowsOf(
      url,
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('later', 'x', '99991231000000_later', now())",
    );
    const history = "SELECT * FROM _prisma_migrations ORDER BY migration_name";
    const before = await rowsOf(url, history);
    expect(await start(url).ended).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr:
        "the database is newer than this program: it has the migrations 99991231000000_later. Start the newer program, or use another database\n",
    });
    expect(await rowsOf(url, history)).toEqual(before);
  });

  it("may break every session, and the process goes on with new ones", async () => {
    const url = await emptyDatabase();
    const server = start(url);
    await server.ask("{ revision }");
    await rowsOf(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await server.ask("{ revision }")).data).toEqual({ revision: "0" });
    expect((await server.stop()).code).toBe(0);
  });
});
