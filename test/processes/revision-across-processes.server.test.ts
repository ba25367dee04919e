// Two servers on one PostgreSQL database: what one writes, the other is asked for by its revision.
import { randomBytes } from "node:crypto";
import { openServerBackend } from "../../src/database/server-backend";
import { databaseUrl, onServer, TEMPLATE_DATABASE, testServer } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { bearing, makeKey } from "../support/keys";
import { killServers, ServerProcess } from "../support/server-process";

const WRITES = 20;
const MAKE = `mutation ($slug: String!) {
  createCity(input: { slug: $slug, name: $slug, kind: "city", country: { code: "PL" } }) { revision userErrors { code } }
}`;
const LOOK = "query ($slug: String!) { city(by: { slug: $slug }) { slug } }";

describe("two servers on one database", () => {
  const name = `ccg_test_${randomBytes(6).toString("hex")}`;
  let url: string;
  let installation: Installation;
  let token: string;
  let writer: ServerProcess;
  let reader: ServerProcess;
  beforeAll(async () => {
    url = databaseUrl(testServer ?? "", name);
    installation = makeInstallation();
    await onServer(testServer ?? "", `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
    const database = await openServerBackend({ url, poolSize: 2, statementTimeoutMs: 10_000 });
    token = await makeKey(database, "SECRETARIAT");
    await database.close();
  });
  beforeEach(async () => {
    [writer, reader] = [1, 2].map(() => new ServerProcess(installation.main, { DATABASE_URL: url })) as [
      ServerProcess,
      ServerProcess,
    ];
    await Promise.all([writer.url(), reader.url()]);
  });
  afterEach(killServers);
  afterAll(async () => {
    await onServer(testServer ?? "", `DROP DATABASE ${name} WITH (FORCE)`);
    installation.remove();
  });

  async function ask(server: ServerProcess, query: string, slug: string, headers = {}): Promise<Response> {
    return fetch(`${await server.url()}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...bearing(token), ...headers },
      body: JSON.stringify({ query, variables: { slug } }),
    });
  }

  const shown = ({ headers }: Response): { "x-epoch": string; "x-revision": string } => ({
    "x-epoch": headers.get("x-epoch") ?? "",
    "x-revision": headers.get("x-revision") ?? "",
  });

  it("reads in one what was written in the other, every time", async () => {
    for (let i = 0; i < WRITES; i++) {
      const slug = `written-${i}`;
      const written = await ask(writer, MAKE, slug);
      const { "x-epoch": epoch, "x-revision": revision } = shown(written);
      expect(await written.json()).toEqual({
        data: { createCity: { revision, userErrors: [] } },
        extensions: expect.anything(),
      });
      const read = await ask(reader, LOOK, slug, { "x-epoch": epoch, "x-min-revision": revision });
      expect(await read.json()).toEqual({ data: { city: { slug } }, extensions: expect.anything() });
      expect(shown(read)).toEqual({ "x-epoch": epoch, "x-revision": revision });
    }
  });

  it("waits in one for what is yet to be written in the other", async () => {
    const slug = "yet-to-be-written";
    const before = shown(await ask(writer, LOOK, slug));
    const next = String(BigInt(before["x-revision"]) + 1n);
    let isAnswered = false;
    const waiting = ask(reader, LOOK, slug, { "x-min-revision": next }).finally(() => {
      isAnswered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAnswered).toBe(false);
    expect(shown(await ask(writer, MAKE, slug))["x-revision"]).toBe(next);
    expect(await (await waiting).json()).toEqual({ data: { city: { slug } }, extensions: expect.anything() });
  });

  it("hears in one what was written in the other, without being asked for it", async () => {
    const { "x-revision": revision } = shown(await ask(writer, MAKE, "heard-of"));
    const deadline = Date.now() + 10_000;
    let heard = "0";
    while (BigInt(heard) < BigInt(revision) && Date.now() < deadline) {
      heard = shown(await ask(reader, LOOK, "heard-of"))["x-revision"];
    }
    expect(heard).toBe(revision);
    for (const server of [writer, reader]) expect((await server.stop()).code).toBe(0);
  });
});
