// The command ccg key beside two servers on one PostgreSQL database.
import { randomBytes } from "node:crypto";
import { commandOf, listedKeys, type RunCommand } from "../support/command";
import { databaseUrl, onServer, TEMPLATE_DATABASE, testServer } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { viewerOf } from "../support/keys";
import { killServers, ServerProcess } from "../support/server-process";

/** Each of several commands opens the database anew. */
const MANY_COMMANDS_MS = 180_000;

const name = `ccg_test_${randomBytes(6).toString("hex")}`;
const environment = { DATABASE_URL: databaseUrl(testServer ?? "", name) };
let installation: Installation;
let ccg: RunCommand;
beforeAll(async () => {
  installation = makeInstallation();
  ccg = commandOf(installation, environment);
  await onServer(testServer ?? "", `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
});
afterEach(killServers);
afterAll(async () => {
  installation.remove();
  await onServer(testServer ?? "", `DROP DATABASE ${name} WITH (FORCE)`);
});

it(
  "makes and revokes keys while servers run, in force in each of them on the next request",
  async () => {
    const servers = [1, 2].map(() => new ServerProcess(installation.main, environment));
    const views = (token: string): Promise<unknown[]> =>
      Promise.all(servers.map((server) => server.url().then((url) => viewerOf(url, token))));
    const token = ccg("key", "create", "--name", "city", "--role", "CITY", "--city", "krakow").stdout.trimEnd();
    const known = { role: "CITY", keyName: "city", city: { slug: "krakow" } };
    expect(await views(token)).toEqual([known, known]);
    expect(ccg("key", "revoke", "city").code).toBe(0);
    expect(await views(token)).toEqual(["REVOKED_KEY", "REVOKED_KEY"]);
    for (const server of servers) expect((await server.stop()).code).toBe(0);
    const [key] = listedKeys(ccg);
    expect(key).toMatchObject({ name: "city", state: "REVOKED", lastUsedAt: expect.stringMatching(/Z$/) as string });
  },
  MANY_COMMANDS_MS,
);
