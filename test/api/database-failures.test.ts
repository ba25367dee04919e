// What a client hears where the database fails: a code, a reason and a status that say what to do, and never a bug of ours.
import sql from "sql-template-tag";
import type { Database } from "../../src/database/database";
import { makeToken } from "../../src/access/api-key";
import { makeLog } from "../../src/http/log";
import { startApi, type TestApi } from "../support/api";
import { bearing, makeKey } from "../support/keys";
import { databaseDouble } from "../support/database-double";

let api: TestApi;
let token: string;
let failing: { when: RegExp; error: Error } | undefined;
let failingWrites: Error | undefined;
const logged: { level: number; msg: string; err?: unknown; reqId?: unknown }[] = [];
const log = makeLog("warn", { write: (line) => void logged.push(JSON.parse(line) as (typeof logged)[number]) });

const coded = (code: string, words = "in words of its own"): Error => Object.assign(new Error(words), { code });

function failingDatabase(database: Database): Database {
  return databaseDouble(database, (inner) => ({
    query: (statement) =>
      failing?.when.test(statement.text) === true ? Promise.reject(failing.error) : inner.query(statement),
    write: (actor, work) =>
      failingWrites === undefined
        ? inner.write(actor, work)
        : inner.write(actor, async (session) => {
            await work(session);
            return Promise.reject(failingWrites ?? new Error("no failure"));
          }),
  }));
}

beforeAll(async () => {
  api = await startApi({ wrap: failingDatabase, log });
  token = await makeKey(api.database, "SECRETARIAT");
});
afterEach(() => {
  failing = undefined;
  failingWrites = undefined;
});
afterAll(() => api.close());

const ANY = /./;
const CITIES = "{ cities(first: 1) { nodes { slug } } }";

interface Heard {
  status: number;
  retryAfter: string | null;
  data: unknown;
  extensions: Record<string, unknown> | undefined;
  message: string | undefined;
}

async function hears(query: string, headers: Record<string, string> = {}): Promise<Heard> {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
  const [error] = body.errors ?? [];
  if (error !== undefined) expect(error.extensions.requestId).toBe(response.headers.get("x-request-id"));
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    data: body.data,
    extensions: error?.extensions,
    message: error?.message,
  };
}

const FAILURES: [string, number, string | null, string, string][] = [
  ["53100", 503, "30", "OVERLOADED", "DISK_FULL"],
  ["25006", 503, "30", "OVERLOADED", "READ_ONLY"],
  ["58030", 503, "30", "OVERLOADED", "DISK_FAULT"],
  ["53200", 503, "1", "OVERLOADED", "OUT_OF_MEMORY"],
  ["53300", 503, "1", "OVERLOADED", "TOO_MANY_SESSIONS"],
  ["40001", 503, "1", "OVERLOADED", "CONCURRENT_CHANGE"],
  ["40P01", 503, "1", "OVERLOADED", "CONCURRENT_CHANGE"],
  ["55P03", 503, "1", "OVERLOADED", "LOCKED"],
  ["57P01", 503, "1", "OVERLOADED", "DATABASE_UNREACHABLE"],
  ["08006", 503, "1", "OVERLOADED", "DATABASE_UNREACHABLE"],
  ["ECONNREFUSED", 503, "1", "OVERLOADED", "DATABASE_UNREACHABLE"],
  ["57014", 504, null, "TIMEOUT", "STATEMENT_TIMEOUT"],
];

describe.each(FAILURES)("a database that fails by %s", (code, status, retryAfter, ...[errorCode, reason]) => {
  it("is told to who reads", async () => {
    failing = { when: ANY, error: coded(code) };
    const heard = await hears(CITIES);
    expect(heard).toMatchObject({ status, retryAfter, data: null, extensions: { code: errorCode, reason } });
  });

  it("is told to who shows a key, before anything is done", async () => {
    failing = { when: /api_key/, error: coded(code) };
    const heard = await hears(CITIES, bearing(token));
    expect(heard).toMatchObject({ status, retryAfter, data: undefined, extensions: { code: errorCode, reason } });
  });

  it("is told to who writes, and nothing was written", async () => {
    failingWrites = coded(code);
    const slug = `never-${code.toLowerCase()}`;
    const heard = await hears(
      `mutation { createCity(input: { slug: "${slug}", name: "N", kind: "city", country: { code: "PL" } }) { revision } }`,
      bearing(token),
    );
    expect(heard).toMatchObject({ status, retryAfter, data: null, extensions: { code: errorCode, reason } });
    expect(await api.untypedData(`{ city(by: { slug: "${slug}" }) { id } }`)).toEqual({ city: null });
  });
});

it("a full pool is no server that cannot be reached", async () => {
  failing = { when: /api_key/, error: coded("ECONNRESET", "timeout exceeded when trying to connect") };
  expect(await hears(CITIES, bearing(token))).toMatchObject({
    status: 503,
    retryAfter: "1",
    extensions: { code: "OVERLOADED", reason: "DATABASE_BUSY" },
    message: "the database had no free session in time: try again",
  });
});

it.each<[string, number, string, string]>([
  ["54001", 200, "QUERY_TOO_COMPLEX", "DATABASE_LIMIT"],
  ["22003", 200, "BAD_USER_INPUT", "BAD_VALUE"],
  ["XX001", 200, "INTERNAL_SERVER_ERROR", "DATA_DAMAGED"],
  ["42601", 200, "INTERNAL_SERVER_ERROR", "UNEXPECTED"],
])("what asking again would not mend keeps the status of an answer: %s", async (code, status, errorCode, reason) => {
  failing = { when: ANY, error: coded(code) };
  expect(await hears(CITIES)).toMatchObject({ status, retryAfter: null, extensions: { code: errorCode, reason } });
});

it("a bug while a key is looked up is masked", async () => {
  failing = { when: /api_key/, error: coded("42601", "syntax error at secrets") };
  const heard = await hears(CITIES, bearing(token));
  expect(heard).toMatchObject({ status: 500, extensions: { code: "INTERNAL_SERVER_ERROR", reason: "UNEXPECTED" } });
  expect(heard.message).not.toContain("secrets");
});

it("what failed is in the log with the id that the caller heard, and what was refused is not", async () => {
  const idOf = ({ extensions }: Heard): unknown => extensions?.requestId;
  failing = { when: ANY, error: coded("42601", "syntax error at secrets") };
  const bug = idOf(await hears(CITIES));
  failing = { when: /api_key/, error: coded("53300") };
  const full = idOf(await hears(CITIES, bearing(token)));
  failing = undefined;
  const refusals = [await hears("{ nope }"), await hears(CITIES, bearing(makeToken()))].map(idOf);
  const told = logged.filter(({ level, err }) => level >= 40 && err !== undefined);
  expect(told).toContainEqual(
    expect.objectContaining({
      level: 50,
      reqId: bug,
      path: expect.arrayContaining(["cities"]),
      msg: "a request failed",
    }),
  );
  expect(told).toContainEqual(expect.objectContaining({ level: 40, reqId: full, msg: "the database did not serve" }));
  expect(told.filter(({ reqId }) => refusals.includes(reqId))).toEqual([]);
});

it("a key that is not known stays refused, and a document that is none, whatever the database does", async () => {
  failing = { when: /FROM city|revision_counter/, error: coded("57P01") };
  expect(await hears(CITIES, bearing(makeToken()))).toMatchObject({ status: 401 });
  failing = { when: ANY, error: coded("57P01") };
  expect(await hears("{")).toMatchObject({ status: 400, extensions: { code: "GRAPHQL_PARSE_FAILED" } });
  expect(await hears("{ nope }")).toMatchObject({ status: 400, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
});

it("an answer that holds some data keeps its status, and says when to ask for the rest", async () => {
  failing = { when: /network/, error: coded("53300") };
  const query = `{ city(by: { slug: "krakow" }) { slug } network(by: { slug: "no-such-network" }) { id } }`;
  expect(await hears(query)).toMatchObject({
    status: 200,
    retryAfter: "1",
    data: { city: { slug: "krakow" }, network: null },
    extensions: { code: "OVERLOADED", reason: "TOO_MANY_SESSIONS" },
  });
});

it("the database is asked as before once it is well again", async () => {
  expect(await hears(CITIES)).toMatchObject({ status: 200, retryAfter: null, extensions: undefined });
  expect(await api.database.query(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
});
