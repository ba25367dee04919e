// Keys over HTTP: whom the server takes a caller for, and how it refuses one whose key is not good.
import { makeToken } from "../../src/access/api-key";
import { createKey, revokeKey } from "../../src/access/key-store";
import { makeLog } from "../../src/http/log";
import { KEY_ROLES, scopeTypeOf, type KeyRole } from "../../src/kernel/viewer";
import { startApi, type UntypedAnswer, type TestApi } from "../support/api";
import { askWith, bearing, deleteCity, makeCity, makeKey, scopeId } from "../support/keys";
import { addTo } from "../support/records";
import { DatabaseWatch } from "../support/watched-database";
import { databaseDouble } from "../support/database-double";

const lines: string[] = [];
const watch = new DatabaseWatch();
let now = new Date("2026-11-20T12:00:00.000Z");
let broken = false;
let api: TestApi;
beforeAll(async () => {
  api = await startApi({
    clock: () => now,
    log: makeLog("trace", { write: (line) => void lines.push(line) }),
    wrap: (database) => {
      const watched = watch.over(database);
      return databaseDouble(watched, (inner) => ({
        query: (statement) =>
          broken ? Promise.reject(Object.assign(new Error("no session"), { code: "53300" })) : inner.query(statement),
      }));
    },
  });
});
afterAll(() => api.close());

const VIEWER = "{ viewer { role keyName expiresAt city { slug } network { slug } organization { slug } } }";
const SCOPES: Partial<Record<KeyRole, string>> = { CITY: "krakow", NETWORK: "gnlc", ORGANIZATION: "of-the-tests" };

async function keyOf(role: KeyRole): Promise<string> {
  const slug = SCOPES[role];
  return makeKey(api.database, role, slug === undefined ? null : await scopeId(api.database, role, slug));
}

const make = (name: string, expiresAt: string | null = null): Promise<{ id: string; token: string }> =>
  api.database.write("test", (session) =>
    createKey(session, { name, role: "READER", scope: null, expiresAt, createdBy: "test" }, now),
  );

/** The answer to a request with this header, and the challenge that came with it. */
async function answerTo(authorization: string): Promise<UntypedAnswer & { challenge: string | null }> {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization },
    body: JSON.stringify({ query: VIEWER }),
  });
  const body = (await response.json()) as Omit<UntypedAnswer, "status">;
  return { status: response.status, challenge: response.headers.get("www-authenticate"), ...body };
}

async function expectRefused(token: string, reason: string, description: string): Promise<void> {
  const answer = await answerTo(`Bearer ${token}`);
  expect(answer).toMatchObject({
    status: 401,
    challenge: `Bearer error="invalid_token", error_description="${description}"`,
    errors: [{ message: description, extensions: { code: "UNAUTHENTICATED", reason } }],
  });
  expect(answer.data).toBeUndefined();
}

describe("a caller", () => {
  beforeAll(() => addTo(api.database, (add) => add.organization({ slug: "of-the-tests" })));

  it("without a key is anonymous, and the database is not asked who it is", async () => {
    let answer: UntypedAnswer | undefined;
    const statements = await watch.statementsOf(async () => (answer = await api.askUntyped(VIEWER)));
    expect(answer).toEqual({
      status: 200,
      data: {
        viewer: { role: "ANONYMOUS", keyName: null, expiresAt: null, city: null, network: null, organization: null },
      },
      extensions: expect.anything(),
    });
    expect(statements).toEqual([]);
    expect((await answerTo(" ")).data.viewer.role).toBe("ANONYMOUS");
  });

  it.each(KEY_ROLES)("with a key of role %s is known, with what the key belongs to", async (role) => {
    const token = await keyOf(role);
    const { viewer } = (await askWith(api.url, token, VIEWER)).data;
    expect(viewer).toMatchObject({ role, expiresAt: null });
    expect(viewer.keyName).toMatch(/^key \d+ of the tests$/);
    for (const [scoped, slug] of Object.entries(SCOPES)) {
      const field = (scopeTypeOf(scoped as KeyRole) ?? "").toLowerCase();
      expect(viewer[field]).toEqual(scoped === role ? { slug } : null);
    }
  });

  it("is looked up once in a request", async () => {
    const { token } = await make("looked up once");
    const statements = await watch.statementsOf(() =>
      askWith(api.url, token, "{ a: viewer { role } b: viewer { keyName } }"),
    );
    expect(statements.map(({ text }) => text)).toEqual([expect.stringContaining("WHERE k.hash = $")]);
  });

  let schemes = 0;
  it.each(["Bearer", "bearer", "BEARER", "Bearer  "])("may write the scheme as %j", async (scheme) => {
    schemes += 1;
    const { token } = await make(`scheme ${schemes}`);
    expect((await answerTo(`${scheme} ${token}`)).data.viewer.role).toBe("READER");
  });

  it("may show a key with GET as well", async () => {
    const response = await fetch(`${api.url}/graphql?query={viewer{role}}`, {
      headers: bearing(await keyOf("READER")),
    });
    expect(await response.json()).toEqual({ data: { viewer: { role: "READER" } }, extensions: expect.anything() });
  });
});

describe("a header", () => {
  it.each(["Bearer", "Basic YTpi", "ccg_abc", "Bearer a b", 'Bearer "x"', "Bearer,x"])(
    "that is no bearer token is refused: %j",
    async (authorization) => {
      expect(await answerTo(authorization)).toMatchObject({
        status: 401,
        challenge: "Bearer",
        errors: [{ extensions: { code: "UNAUTHENTICATED", reason: "BAD_AUTHORIZATION" } }],
      });
    },
  );

  const UNKNOWN = "the key in the Authorization header is not known here";

  it("with a token of somebody else's is refused without a look-up", async () => {
    const statements = await watch.statementsOf(async () => {
      await expectRefused("abc", "UNKNOWN_KEY", UNKNOWN);
      await expectRefused("x".repeat(8_000), "UNKNOWN_KEY", UNKNOWN);
      await expectRefused(`${makeToken()}A`, "UNKNOWN_KEY", UNKNOWN);
    });
    expect(statements).toEqual([]);
  });

  it("with a token that was never given out is refused", async () => {
    await expectRefused(makeToken(), "UNKNOWN_KEY", UNKNOWN);
  });
});

describe("a key", () => {
  it("is refused from the instant on at which it expires", async () => {
    const start = now;
    const { token } = await make("expires", "2026-11-20T12:00:05Z");
    now = new Date("2026-11-20T12:00:04.999Z");
    expect((await askWith(api.url, token, VIEWER)).data.viewer.expiresAt).toBe("2026-11-20T12:00:05.000Z");
    now = new Date("2026-11-20T12:00:05.000Z");
    await expectRefused(token, "EXPIRED_KEY", "the key has expired: ask for a new one");
    now = start;
  });

  it("is refused on the very next request once it is revoked", async () => {
    const { id, token } = await make("revoked");
    expect((await askWith(api.url, token, VIEWER)).data.viewer.keyName).toBe("revoked");
    await api.database.write("test", (session) => revokeKey(session, { id }, now));
    await expectRefused(token, "REVOKED_KEY", "the key was revoked: ask for a new one");
  });

  it("goes with its city into the one that it is merged into, and ends with that", async () => {
    const [city, survivor] = [await makeCity(api.database, "key-city"), await makeCity(api.database, "key-survivor")];
    const token = await makeKey(api.database, "CITY", city);
    await deleteCity(api.database, city, survivor);
    expect((await askWith(api.url, token, VIEWER)).data.viewer.city).toEqual({ slug: "key-survivor" });
    await deleteCity(api.database, survivor, null);
    await expectRefused(token, "ORPHANED_KEY", "the record that the key belongs to was deleted");
  });

  it("that cannot be looked up just now is neither known nor unknown, and the answer says nothing of the database", async () => {
    const { token } = await make("while the database is away");
    broken = true;
    const { data, errors, challenge } = await answerTo(`Bearer ${token}`);
    broken = false;
    expect({ data, challenge }).toEqual({ data: undefined, challenge: null });
    expect(errors).toMatchObject([
      { message: "the database takes no more sessions: try again", extensions: { code: "OVERLOADED" } },
    ]);
  });
});

describe("the log", () => {
  it("holds no token, wherever it was put and whatever became of the request", async () => {
    const { id, token } = await make("not to be logged");
    lines.length = 0;
    await askWith(api.url, token, VIEWER);
    await askWith(api.url, token, `{ nothing(key: "${token}") }`);
    await fetch(`${api.url}/graphql?query={revision}&access_token=${token}`, { headers: bearing(token) });
    await fetch(`${api.url}/${token}`, { headers: { ...bearing(token), "x-request-id": token } });
    await api.database.write("test", (session) => revokeKey(session, { id }, now));
    await askWith(api.url, token, VIEWER);
    broken = true;
    await askWith(api.url, token, VIEWER);
    broken = false;
    expect(lines.filter((line) => line.includes("incoming request"))).toHaveLength(6);
    expect(lines.join("")).toContain("access_token=[redacted]");
    expect(lines.join("")).not.toContain(token);
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it("holds no Authorization header that a request was logged with", () => {
    const written: string[] = [];
    const log = makeLog("trace", { write: (line) => void written.push(line) });
    const headers = { authorization: "Basic secret" };
    log.info({ headers });
    log.info({ req: { headers } });
    log.info({ err: Object.assign(new Error("x"), { request: { headers } }) });
    log.child({ authorization: "Basic secret" }).trace("x");
    expect(written).toHaveLength(4);
    expect(written.join("")).not.toContain("secret");
  });
});
