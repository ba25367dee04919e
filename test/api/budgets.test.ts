// Budgets over HTTP: who has which, what is told of them, and what becomes of a request that they do not cover.
import sql from "sql-template-tag";
import { getIntrospectionQuery } from "graphql";
import { makeToken } from "../../src/access/api-key";
import { VARIABLES } from "../../src/configuration";
import { postGraphql, startApi, type UntypedAnswer, type TestApi } from "../support/api";
import { bearing, makeKey } from "../support/keys";
import { FakeTime } from "../support/fake-time";
import { DatabaseWatch } from "../support/watched-database";

const ANONYMOUS_BUDGET = 20_000;
const KEY_BUDGET = 40_000;
const WRONG_KEYS = 5;

const CHEAP = "{ revision }";
const DEAR = "{ cities(first: 100) { nodes { id slug name networks(first: 10) { nodes { id slug } } } } }";

const watch = new DatabaseWatch();
let time: FakeTime;
let api: TestApi;
beforeAll(async () => {
  time = new FakeTime();
  api = await startApi({
    // Hundreds of guesses come at once.
    connections: { perAddressAtMost: 1_000 },
    wrap: (database) => watch.over(database),
    budgets: { anonymousPerMinute: ANONYMOUS_BUDGET, keyPerMinute: KEY_BUDGET, wrongKeysPerMinute: WRONG_KEYS },
  });
});
beforeEach(() => {
  // All buckets are full again.
  time.pass(60_001);
});
afterAll(async () => {
  await api.close();
  jest.restoreAllMocks();
});

interface Told extends UntypedAnswer {
  policy: string | null;
  left: string | null;
  retryAfter: string | null;
  challenge: string | null;
}

async function send(body: string, headers: Record<string, string> = {}): Promise<Told> {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return {
    status: response.status,
    policy: response.headers.get("ratelimit-policy"),
    left: response.headers.get("ratelimit"),
    retryAfter: response.headers.get("retry-after"),
    challenge: response.headers.get("www-authenticate"),
    ...((await response.json()) as Omit<UntypedAnswer, "status">),
  };
}

const ask = (query: string, headers: Record<string, string> = {}): Promise<Told> =>
  send(JSON.stringify({ query }), headers);

/** What is left without a key, once this question is paid for. */
async function remaining(): Promise<number> {
  return (await ask(CHEAP)).extensions?.cost.remaining ?? 0;
}

/** Asks until it is refused. @returns the refusal */
async function askUntilRefused(query: string, headers: Record<string, string> = {}): Promise<Told> {
  for (let i = 0; i < 1_000; i += 1) {
    const answer = await ask(query, headers);
    if (answer.status !== 200) return answer;
  }
  throw new Error("was never refused");
}

const key = (): Promise<string> => makeKey(api.database, "SECRETARIAT");

describe("an answer", () => {
  it("tells what the operation was taken to cost, and what is left of how much", async () => {
    const first = await ask(CHEAP);
    const estimated = first.extensions?.cost.estimated ?? 0;
    const left = first.extensions?.cost.remaining ?? 0;
    expect(first.extensions?.cost).toEqual({ estimated, limit: ANONYMOUS_BUDGET, remaining: left });
    expect(estimated).toBeGreaterThan(0);
    const taken = ANONYMOUS_BUDGET - left;
    expect(taken).toBeGreaterThanOrEqual(estimated + 50);
    expect(await remaining()).toBe(ANONYMOUS_BUDGET - 2 * taken);
  });

  it("tells it in header fields, with the time until all is back", async () => {
    const { policy, left, extensions, retryAfter } = await ask(DEAR);
    expect(policy).toBe(`"anonymous";q=${ANONYMOUS_BUDGET};qu="cost";w=60`);
    const rest = extensions?.cost.remaining ?? 0;
    expect(left).toBe(`"anonymous";r=${rest};t=${Math.ceil(((ANONYMOUS_BUDGET - rest) * 60) / ANONYMOUS_BUDGET)}`);
    expect(retryAfter).toBeNull();
  });

  it("tells it in the viewer as well", async () => {
    const query = "{ viewer { role budget { limit remaining resetsAt } } }";
    const { data, extensions } = await ask(query);
    expect(data.viewer).toEqual({
      role: "ANONYMOUS",
      budget: {
        limit: ANONYMOUS_BUDGET,
        remaining: extensions?.cost.remaining,
        resetsAt: expect.stringMatching(/^2026-11-20T12:00:0\d\.\d{3}Z$/),
      },
    });
  });

  it("to a key tells of the key's own budget, which is another one", async () => {
    await askUntilRefused(DEAR);
    const { status, policy, extensions } = await ask(DEAR, bearing(await key()));
    expect([status, policy]).toEqual([200, `"key";q=${KEY_BUDGET};qu="cost";w=60`]);
    expect(extensions?.cost.limit).toBe(KEY_BUDGET);
  });

  it("to a request without an operation tells no cost, but takes something", async () => {
    const before = await remaining();
    for (const body of ["{", JSON.stringify({ query: "{" }), JSON.stringify({ query: "{ nothing }" })]) {
      const answer = await send(body);
      expect([answer.status, answer.extensions]).toEqual([400, undefined]);
    }
    const each = ANONYMOUS_BUDGET - before;
    expect(before - (await remaining())).toBeGreaterThanOrEqual(3 * 50 + each);
  });

  it("to an operation that is too large takes as little", async () => {
    const before = await remaining();
    const page =
      "cities(first: 100) { nodes { networks(first: 100) { nodes { members(first: 100) { nodes { networks(first: 100) { totalCount } } } } } } }";
    expect((await ask(`{ ${page} }`)).errors).toMatchObject([{ extensions: { code: "QUERY_TOO_COMPLEX" } }]);
    expect(before - (await remaining())).toBeLessThan(500);
  });
});

describe("a spent budget", () => {
  it("is refused with 429, the time to wait, and what it would cost", async () => {
    await askUntilRefused(DEAR);
    await askUntilRefused(CHEAP);
    // A second brings enough for the request, but not for what it asks.
    time.pass(1_000);
    const refusal = await ask(DEAR);
    const { estimated, remaining: left } = refusal.extensions?.cost ?? {};
    const retryAfter = Number(refusal.retryAfter);
    expect(refusal).toMatchObject({
      status: 429,
      policy: `"anonymous";q=${ANONYMOUS_BUDGET};qu="cost";w=60`,
      left: `"anonymous";r=${left};t=${retryAfter}`,
      errors: [
        {
          message: expect.stringMatching(/^the budget is used up: this costs \d+, and \d+ of 20000 a minute are left$/),
          extensions: { code: "RATE_LIMITED", reason: "BUDGET_SPENT", requestId: expect.any(String) },
        },
      ],
    });
    expect(refusal.data).toBeUndefined();
    expect(left).toBeLessThan(estimated ?? 0);
    time.pass(retryAfter * 1_000);
    expect((await ask(DEAR)).status).toBe(200);
  });

  it("runs nothing", async () => {
    const refused = await askUntilRefused(DEAR);
    expect(refused.status).toBe(429);
    let again: Told | undefined;
    const statements = await watch.statementsOf(async () => (again = await ask(DEAR)));
    expect([again?.status, statements]).toEqual([429, []]);
  });

  it("writes nothing", async () => {
    const headers = bearing(await key());
    const make = (i: number): string => `mutation { createCity(input: {
      slug: "spent-${i}", name: "Spent", kind: "city", country: { code: "PL" } }) { revision } }`;
    let written = 0;
    while ((await ask(make(written), headers)).status === 200) written += 1;
    const refused = await ask(make(written), headers);
    expect(refused.errors).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
    const found = await api.database.query(sql`SELECT slug FROM city WHERE slug LIKE 'spent-%'`);
    expect(written).toBeGreaterThan(0);
    expect(found).toHaveLength(written);
  });

  it("is never overdrawn, however many ask at the same time", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(DEAR)));
    const granted = answers.filter(({ status }) => status === 200);
    const cost = answers[0]?.extensions?.cost.estimated ?? 0;
    expect(granted.length).toBeGreaterThan(0);
    expect(granted.length * cost).toBeLessThanOrEqual(ANONYMOUS_BUDGET);
    expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true);
  });

  it("is not made new by a header that names another address", async () => {
    await askUntilRefused(DEAR);
    for (const name of ["x-forwarded-for", "x-real-ip", "forwarded", "true-client-ip"]) {
      expect((await ask(DEAR, { [name]: name === "forwarded" ? "for=192.0.2.9" : "192.0.2.9" })).status).toBe(429);
    }
  });

  it("of one key leaves that of another as it was", async () => {
    const [one, other] = [await key(), await key()];
    await askUntilRefused(DEAR, bearing(one));
    expect((await ask(DEAR, bearing(other))).status).toBe(200);
  });

  it("holds up neither health nor GraphiQL's page", async () => {
    await askUntilRefused(DEAR);
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${api.url}/graphql`, { headers: { accept: "text/html" } })).status).toBe(200);
  });
});

it("an operation that costs more than a whole budget is too complex, not early", async () => {
  const small = await startApi({ budgets: { anonymousPerMinute: 500 } });
  const answer = await postGraphql(small.url, { query: DEAR });
  await small.close();
  expect(answer).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: "QUERY_TOO_COMPLEX", reason: "COST" } }],
  });
});

it("the budget of whoever sets none covers introspection again and again, as tools do it", async () => {
  const anonymousPerMinute = Number(VARIABLES.BUDGET_PER_MINUTE_ANONYMOUS.byDefault);
  const usual = await startApi({ budgets: { anonymousPerMinute } });
  const statuses: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    statuses.push((await postGraphql(usual.url, { query: getIntrospectionQuery() })).status);
  }
  await usual.close();
  expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
});

describe("wrong keys", () => {
  const askWith = (token: string): Promise<Told> => ask(CHEAP, bearing(token));

  it("are told to wait after some, whether they look like keys or not, and spend nobody's budget", async () => {
    const before = await remaining();
    const each = ANONYMOUS_BUDGET - before;
    for (let i = 0; i < WRONG_KEYS; i += 1) {
      expect((await askWith(i % 2 === 0 ? makeToken() : "no-key")).status).toBe(401);
    }
    for (const token of [makeToken(), "no-key", "no key"]) {
      expect(await askWith(token)).toMatchObject({
        status: 429,
        retryAfter: "12",
        challenge: null,
        errors: [{ extensions: { code: "RATE_LIMITED", reason: "TOO_MANY_WRONG_KEYS" } }],
      });
    }
    expect(await remaining()).toBe(before - each);
    time.pass(12_001);
    expect((await askWith(makeToken())).status).toBe(401);
  });

  it("hold up no good key from the same address", async () => {
    const token = await key();
    const guesses = Array.from({ length: 300 }, () => askWith(makeToken()));
    expect((await askWith(token)).status).toBe(200);
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(WRONG_KEYS);
    expect(statuses.filter((status) => status === 429)).toHaveLength(300 - WRONG_KEYS);
    expect((await askWith(token)).status).toBe(200);
  });
});
