// A dump that is put back beside a running server: another epoch, and what was shown before is refused.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import sql from "sql-template-tag";
import { startApi, type TestApi } from "../support/api";
import { testServer } from "../support/home";

const run = promisify(execFile);
const onServerOnly = testServer === undefined ? describe.skip : describe;

onServerOnly("a dump that is put back (skipped without CCG_TEST_SERVER)", () => {
  let api: TestApi;
  let folder: string;
  beforeEach(async () => {
    api = await startApi();
    folder = mkdtempSync(join(tmpdir(), "ccg-dump-"));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await api.close();
  });

  const QUERY =
    "{ revision cities(first: 3) { totalCount nodes { name } } networks(first: 3) { nodes { kind } } projects(first: 3) { nodes { status } } }";

  async function ask(headers: Record<string, string> = {}): Promise<{ status: number; epoch: string; body: any }> {
    const response = await fetch(`${api.url}/graphql?query=${encodeURIComponent(QUERY)}`, { headers });
    return {
      status: response.status,
      epoch: response.headers.get("x-epoch") ?? "",
      body: await response.json(),
    };
  }

  async function write(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      await api.database.write("test", (session) =>
        session.query(sql`UPDATE city SET population = coalesce(population, 0) + 1 WHERE slug = 'krakow'`),
      );
    }
  }

  async function untilEpochChanges(epoch: string): Promise<void> {
    const deadline = Date.now() + 5_000;
    while ((await ask()).epoch === epoch) {
      if (Date.now() > deadline) throw new Error("the epoch stays");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it.each([
    ["the tables with their data", ["--format=custom"], ["--clean", "--if-exists"]],
    ["the same, in one transaction", ["--format=custom"], ["--clean", "--if-exists", "--single-transaction"]],
  ])("begins another epoch within two seconds: %s", async (_what, dumping, restoring) => {
    const url = api.databaseUrl ?? "";
    const file = join(folder, "dump");
    await write(1);
    for (let i = 0; i < 3; i++) await ask();
    const dumped = await ask();
    expect(dumped.body.errors).toBeUndefined();
    await run("pg_dump", [`--dbname=${url}`, `--file=${file}`, ...dumping]);
    await write(3);
    const lost = await ask();
    await run("pg_restore", [`--dbname=${url}`, ...restoring, file]);
    await untilEpochChanges(dumped.epoch);

    const restored = await ask();
    expect(restored.body).toEqual(dumped.body);
    const refused = await ask({ "x-epoch": lost.epoch, "x-min-revision": lost.body.data.revision });
    expect(refused.status).toBe(412);
    expect(refused.body.errors[0].extensions.reason).toBe("OTHER_EPOCH");
    // The numbers are given again, in the other epoch.
    await write(1);
    const written = await ask();
    expect(written.epoch).toBe(restored.epoch);
    expect(BigInt(written.body.data.revision)).toBe(BigInt(restored.body.data.revision) + 1n);
  });
});
