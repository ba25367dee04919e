// A server on the embedded database while one statement takes for ever: it hears everybody, ends the statement, and stops when it is told to.
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { copyTemplateTo } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { killServers, ServerProcess } from "../support/server-process";

let installation: Installation;
let directory: string;
beforeAll(async () => {
  installation = makeInstallation();
  directory = mkdtempSync(join(installation.folder, "data-"));
  copyTemplateTo(directory);
  const database = await openEmbeddedBackend({ dataDirectory: directory });
  // What a filter compares with is folded first; of one word it takes hours.
  await database.execute(`
    ALTER FUNCTION fold(text) RENAME TO fold_of_before;
    CREATE FUNCTION fold(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
    BEGIN
      IF value = 'forever' THEN PERFORM count(*) FROM generate_series(1, 2000000000); END IF;
      RETURN public.fold_of_before(value);
    END $$`);
  await database.close();
});
afterEach(killServers);
afterAll(() => installation.remove());

const start = (more: Record<string, string>): ServerProcess =>
  new ServerProcess(installation.main, { DATA_DIR: directory, ...more });

const POINT = `{ city(by: { slug: "krakow" }) { name } }`;
const FOREVER = `{ cities(filter: { name: { matches: "forever" } }) { totalCount } }`;

it("answers for its health meanwhile, gives TIMEOUT to the one, and then serves the others", async () => {
  const server = start({ STATEMENT_TIMEOUT_MS: "3000" });
  const url = await server.url();
  expect((await server.ask(POINT)).data).toEqual({ city: { name: "Krakow" } });

  const order: string[] = [];
  const slow = server.ask(FOREVER).finally(() => order.push("slow"));
  await delay(500);
  const waiting = server.ask(POINT).finally(() => order.push("waiting"));
  for (let times = 0; times < 5; times++) {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    order.push("health");
  }
  const { data, errors } = await slow;
  expect(data).toBeNull();
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["TIMEOUT"]);
  expect((await waiting).data).toEqual({ city: { name: "Krakow" } });
  expect(order).toEqual(["health", "health", "health", "health", "health", "slow", "waiting"]);
  expect((await server.stop()).code).toBe(0);
});

it("stops in its time when it is told to, and leaves a directory that opens at once", async () => {
  const server = start({ STATEMENT_TIMEOUT_MS: "600000", SHUTDOWN_TIMEOUT_MS: "1500" });
  await server.url();
  const slow = server.ask(FOREVER).catch(() => "gone");
  await delay(500);
  const stoppedAt = performance.now();
  const ending = await server.stop();
  expect(ending.code).toBe(1);
  expect(ending.stdout).toContain("requests did not end in time");
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  expect(await slow).toBe("gone");

  const next = start({});
  expect((await next.ask(POINT)).data).toEqual({ city: { name: "Krakow" } });
  expect((await next.opened()).filled).toBe(false);
});
