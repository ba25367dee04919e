// A database that is put back into its own place beside a running server, in the ways in which operators do it: the server
// shows another epoch in seconds, without a restart, and refuses what was shown before.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import type { Database } from "../../src/database/database";
import { openServerBackend } from "../../src/database/server-backend";
import { databaseUrl, onServer, TEMPLATE_DATABASE, testServer } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { bearing, makeKey } from "../support/keys";
import { killServers, ServerProcess } from "../support/server-process";

const NOTICED_WITHIN_MS = 2_000;
const MAKE = `mutation ($slug: String!) {
  createCity(input: { slug: $slug, name: $slug, kind: "city", country: { code: "PL" }, idempotencyKey: $slug }) {
    revision userErrors { code }
  }
}`;
// With values of types that a restore makes anew.
const LOOK = `query ($slug: String!) {
  city(by: { slug: $slug }) { slug }
  networks(first: 2) { nodes { kind } }
  projects(first: 2) { nodes { status } }
}`;

interface Shown {
  epoch: string;
  revision: string;
}

describe("a server beside a restore", () => {
  const name = `ccg_test_${randomBytes(6).toString("hex")}`;
  const backup = `${name}_backup`;
  const url = databaseUrl(testServer ?? "", name);
  let installation: Installation;
  let token: string;
  let server: ServerProcess;
  beforeAll(() => {
    installation = makeInstallation();
  });
  beforeEach(async () => {
    await onMaintenance(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
    token = await withDatabase((database) => makeKey(database, "SECRETARIAT"));
    server = new ServerProcess(installation.main, { DATABASE_URL: url });
    await server.url();
  });
  afterEach(async () => {
    await killServers();
    for (const one of [name, backup]) await onMaintenance(`DROP DATABASE IF EXISTS ${one} WITH (FORCE)`);
  });
  afterAll(() => installation.remove());

  const onMaintenance = (statement: string): Promise<void> => onServer(testServer ?? "", statement);

  async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await openServerBackend({ url, poolSize: 2, statementTimeoutMs: 10_000 });
    return work(database).finally(() => database.close());
  }

  async function ask(query: string, slug: string, headers = {}): Promise<Response> {
    return fetch(`${await server.url()}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...bearing(token), ...headers },
      body: JSON.stringify({ query, variables: { slug } }),
    });
  }

  const shown = ({ headers }: Response): Shown => ({
    epoch: headers.get("x-epoch") ?? "",
    revision: headers.get("x-revision") ?? "",
  });

  async function make(slug: string): Promise<Shown> {
    const response = await ask(MAKE, slug);
    const { revision } = shown(response);
    expect(await response.json()).toMatchObject({ data: { createCity: { revision, userErrors: [] } } });
    return shown(response);
  }

  /** What is shown as soon as it is another epoch than the one before. */
  async function otherThan(before: Shown): Promise<Shown> {
    const restored = Date.now();
    for (;;) {
      const response = await ask(LOOK, "kept");
      if (response.status === 200 && shown(response).epoch !== before.epoch) return shown(response);
      if (Date.now() - restored > NOTICED_WITHIN_MS) throw new Error("the server shows the epoch that was before");
    }
  }

  async function refusal(before: Shown): Promise<unknown> {
    const response = await ask(LOOK, "kept", { "x-epoch": before.epoch, "x-min-revision": before.revision });
    const { errors } = (await response.json()) as { errors?: { extensions: { reason: string } }[] };
    return [response.status, errors?.[0]?.extensions.reason];
  }

  async function slugSeen(slug: string): Promise<unknown> {
    const { data } = (await (await ask(LOOK, slug)).json()) as { data: { city: { slug: string } | null } };
    return data.city?.slug ?? null;
  }

  const file = (): string => join(installation.folder, "dump");
  const run = (command: string, ...words: string[]): void => {
    execFileSync(command, words, { stdio: ["ignore", "ignore", "pipe"] });
  };
  const dump = (...words: string[]): void => run("pg_dump", "--file", file(), ...words, url);
  const restore = (...words: string[]): void => run("pg_restore", "--dbname", url, ...words, file());

  /** As an operator empties the tables whose rows shall come back: TRUNCATE is refused while triggers are on. */
  const emptyTables = (): Promise<void> =>
    withDatabase((database) =>
      database.execute(`
        BEGIN;
        SET LOCAL session_replication_role = replica;
        DO $$ BEGIN
          EXECUTE (SELECT 'TRUNCATE ' || string_agg(tablename, ', ') FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> '_prisma_migrations');
        END $$;
        COMMIT;`),
    );

  /** A copy of a whole database needs it for itself. */
  async function copy(from: string, to: string): Promise<void> {
    await onMaintenance(`ALTER DATABASE ${from} ALLOW_CONNECTIONS false`);
    await onMaintenance(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${from}'`);
    await onMaintenance(`CREATE DATABASE ${to} TEMPLATE ${from}`);
    await onMaintenance(`ALTER DATABASE ${from} ALLOW_CONNECTIONS true`);
  }

  const ALL_TABLES_BUT_MIGRATIONS = "--exclude-table=_prisma_migrations";
  it.each<[string, () => unknown, () => unknown]>([
    ["pg_restore --clean", () => dump("--format=custom"), () => restore("--clean")],
    [
      "pg_restore --clean in one transaction",
      () => dump("--format=custom"),
      () => restore("--clean", "--if-exists", "--single-transaction"),
    ],
    [
      "a script of inserts",
      () => dump("--clean", "--inserts"),
      () => run("psql", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--file", file(), url),
    ],
    [
      "the rows alone, past all triggers",
      () => dump("--format=custom", "--data-only", ALL_TABLES_BUT_MIGRATIONS),
      async () => {
        await emptyTables();
        restore("--data-only", "--disable-triggers", "--single-transaction");
      },
    ],
    [
      "a copy of the whole database",
      () => copy(name, backup),
      async () => {
        await onMaintenance(`DROP DATABASE ${name} WITH (FORCE)`);
        await copy(backup, name);
      },
    ],
  ])("is in another epoch after %s", async (_how, backUp, putBack) => {
    const kept = await make("kept");
    await backUp();
    const before = await make("lost");
    expect(before.epoch).toBe(kept.epoch);
    // Often enough that sessions have prepared it.
    for (let i = 0; i < 3; i++) expect(await refusal(before)).toEqual([200, undefined]);
    await putBack();

    const begun = await otherThan(before);
    expect(begun.revision).toBe(kept.revision);
    expect(await refusal(before)).toEqual([412, "OTHER_EPOCH"]);
    expect(await refusal(kept)).toEqual([412, "OTHER_EPOCH"]);
    expect(await refusal(begun)).toEqual([200, undefined]);
    expect([await slugSeen("kept"), await slugSeen("lost")]).toEqual(["kept", null]);
    // What was lost is no repetition: it is done again, with the same number in the epoch that stays.
    expect(await make("lost")).toEqual({ epoch: begun.epoch, revision: before.revision });
    expect(await slugSeen("lost")).toBe("lost");
    expect((await server.stop()).code).toBe(0);
  });

  it("follows a new epoch that its operator begins", async () => {
    const before = await make("kept");
    const cli = join(dirname(installation.main), "cli.js");
    const ccg = (...words: string[]): string =>
      execFileSync(process.execPath, [cli, "epoch", ...words], {
        env: { PATH: process.env.PATH ?? "", DATABASE_URL: url },
        encoding: "utf8",
      });
    expect(ccg()).toBe(`epoch ${before.epoch}, revision ${before.revision}\n`);
    const told = ccg("--new");
    const begun = await otherThan(before);
    expect(told).toBe(`epoch ${begun.epoch}, revision ${before.revision}; it was ${before.epoch} before\n`);
    expect(begun.revision).toBe(before.revision);
    expect(await refusal(before)).toEqual([412, "OTHER_EPOCH"]);
  });
});
