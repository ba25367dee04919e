// Ready is a process that can serve: it says so at once, and says why where it cannot.
import type { Database } from "../../src/database/database";
import { FAULT_REMEMBERED_MS } from "../../src/database/vitals";
import { HEARD_WITHIN_MS } from "../../src/http/readiness";
import { startApi, type TestApi } from "../support/api";
import { bearing, makeKey } from "../support/keys";
import { databaseDouble } from "../support/database-double";

let api: TestApi;
let nowMs = Date.parse("2026-11-20T12:00:00Z");
let asked = 0;
let answer: (database: Database, statement: Parameters<Database["query"]>[0]) => Promise<never[]>;
const faithfully: typeof answer = (database, statement) => database.query(statement);
const never: typeof answer = () => new Promise(() => undefined);
const failing =
  (code: string): typeof answer =>
  () =>
    Promise.reject(Object.assign(new Error("in words of its own"), { code }));
let failingWrite: string | undefined;

beforeEach(async () => {
  answer = faithfully;
  failingWrite = undefined;
  api = await startApi({
    clock: () => new Date(nowMs),
    wrap: (database) =>
      databaseDouble(database, (inner) => ({
        query: (statement) => {
          if (statement.text.includes("transaction_read_only")) asked += 1;
          return answer(inner, statement);
        },
        write: (actor, work) =>
          failingWrite === undefined
            ? inner.write(actor, work)
            : Promise.reject(Object.assign(new Error("in words of its own"), { code: failingWrite })),
      })),
  });
});
afterEach(() => api.close());

async function ready(): Promise<unknown[]> {
  const began = performance.now();
  const response = await fetch(`${api.url}/health/ready`);
  const body = (await response.json()) as { status: string; revision?: string; why?: string };
  expect(performance.now() - began).toBeLessThan(500);
  return [response.status, body.status, body.why ?? body.revision];
}
const revision = async (): Promise<unknown> => (await api.untypedData("{ revision }")).revision as unknown;
const unready = (why: string): unknown[] => [503, "unready", why];

describe("a database that does not answer the probe", () => {
  it("is trusted for some seconds after it answered anything, and then no more", async () => {
    const known = await revision();
    answer = never;
    expect(await ready()).toEqual([200, "ready", known]);
    nowMs += HEARD_WITHIN_MS;
    expect(await ready()).toEqual([200, "ready", known]);
    nowMs += 1;
    expect(await ready()).toEqual(unready("the database does not answer"));
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
  });

  it("is asked once, however many ask for it", async () => {
    await revision();
    answer = never;
    asked = 0;
    await Promise.all(Array.from({ length: 20 }, ready));
    await ready();
    expect(asked).toBe(1);
  });

  it("for want of a session is as one that is silent", async () => {
    const known = await revision();
    answer = failing("53300");
    expect(await ready()).toEqual([200, "ready", known]);
    nowMs += HEARD_WITHIN_MS + 1;
    expect(await ready()).toEqual(unready("the database does not answer"));
  });

  it.each(["57P01", "ECONNREFUSED", "42P01"])("because it is away is not ready at once: %s", async (code) => {
    await revision();
    answer = failing(code);
    expect(await ready()).toEqual(unready("the database does not answer"));
    answer = faithfully;
    expect(await ready()).toEqual([200, "ready", await revision()]);
  });
});

describe("after a write that failed", () => {
  const CREATE = `mutation { createCity(input: { slug: "after-all", name: "A", kind: "city", country: { code: "PL" } }) { revision } }`;

  it.each([
    ["25006", "the database takes no writes"],
    ["53100", "the database's disk is full"],
    ["58030", "the database's disk fails"],
  ])("by %s it says %s, until that is long ago", async (code, why) => {
    const headers = { "content-type": "application/json", ...bearing(await makeKey(api.database, "SECRETARIAT")) };
    const write = (): Promise<Response> =>
      fetch(`${api.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: CREATE }) });
    failingWrite = code;
    expect((await write()).status).toBe(503);
    expect(await ready()).toEqual(unready(why));
    nowMs += FAULT_REMEMBERED_MS + 1;
    expect(await ready()).toEqual([200, "ready", await revision()]);
    expect((await write()).status).toBe(503);
    expect(await ready()).toEqual(unready(why));
    failingWrite = undefined;
    expect((await write()).status).toBe(200);
    expect(await ready()).toEqual([200, "ready", await revision()]);
  });
});
