// Reading your writes over HTTP: what an answer is at least as new as, and requests that wait until that is reached.
import "reflect-metadata";
import { beginEpoch, beginEpochIfRestored } from "../../src/database/epoch";
import { readRevision } from "../../src/database/read/revision";
import { RevisionWatch } from "../../src/database/revision-watch";
import { AWAIT_REVISION_AT_MOST_MS, showWrite } from "../../src/http/revision-headers";
import { startApi, type TestApi } from "../support/api";
import { bearing, makeCity, makeKey } from "../support/keys";

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await startApi();
  token = await makeKey(api.database, "SECRETARIAT");
});
afterAll(() => api.close());

const UNKNOWN_TOKEN = `ccg_${"x".repeat(43)}`;
const LOOK = "query ($slug: String!) { city(by: { slug: $slug }) { slug } }";

const post = (body: object | string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const ask = (headers: Record<string, string>): Promise<Response> => post({ query: "{ viewer { role } }" }, headers);
const shown = ({ headers }: Response): (string | null)[] => [headers.get("x-epoch"), headers.get("x-revision")];
const newest = async (): Promise<string[]> => {
  const { epoch, revision } = await readRevision(api.database);
  return [epoch, revision];
};
const after = (revision: string | undefined, by: number): string => String(BigInt(revision ?? "") + BigInt(by));

async function refusal(response: Response): Promise<unknown[]> {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string; reason: string } }[] };
  return [response.status, errors[0]?.extensions.code, errors[0]?.extensions.reason];
}

describe("an answer", () => {
  it.each<[string, number, () => Promise<Response>]>([
    ["to a query", 200, () => ask({})],
    ["to a query by GET", 200, () => fetch(`${api.url}/graphql?query={revision}`)],
    ["to a document that is none", 400, () => post({ query: "{" })],
    [
      "to a field that is refused",
      200,
      () => post({ query: "{ nodes(ids: []) { id } cities(first: 0) { totalCount } }" }),
    ],
    ["to a body that is no JSON", 400, () => post("{")],
    ["to a key that is not known", 401, () => ask(bearing(UNKNOWN_TOKEN))],
  ])("%s says what it is at least as new as", async (_what, status, request) => {
    const before = await newest();
    const response = await request();
    expect([response.status, ...shown(response)]).toEqual([status, ...before]);
  });

  it("to a mutation is as new as the last of its writes, and says so before the next request", async () => {
    const [epoch, before] = await newest();
    const make = (name: string, slug: string): string =>
      `${name}: createCity(input: { slug: "${slug}", name: "${slug}", kind: "city", country: { code: "PL" } }) {
        revision userErrors { code }
      }`;
    const query = `mutation { ${make("one", "first-of-two")} ${make("two", "second-of-two")} }`;
    const response = await post({ query }, bearing(token));
    expect(await response.json()).toEqual({
      data: {
        one: { revision: after(before, 1), userErrors: [] },
        two: { revision: after(before, 2), userErrors: [] },
      },
      extensions: expect.anything(),
    });
    expect(shown(response)).toEqual([epoch, after(before, 2)]);
    expect(shown(await ask({}))).toEqual([epoch, after(before, 2)]);
  });

  it("to a mutation that writes nothing is as new as what it found", async () => {
    const before = await newest();
    const query = `mutation {
      createCity(input: { slug: "krakow", name: "K", kind: "city", country: { code: "PL" } }) { userErrors { code } }
    }`;
    const response = await post({ query }, bearing(token));
    expect(((await response.json()) as any).data.createCity.userErrors).toHaveLength(1);
    expect(shown(response)).toEqual(before);
  });
});

describe("X-Min-Revision", () => {
  it("that is reached is served at once", async () => {
    const [epoch = "", revision = ""] = await newest();
    for (const headers of [
      { "x-min-revision": revision },
      { "x-min-revision": "0" },
      { "x-min-revision": revision, "x-epoch": epoch },
    ]) {
      const response = await ask(headers);
      expect([response.status, ...shown(response)]).toEqual([200, epoch, revision]);
    }
  });

  it("that is made while the request waits is served with what was written", async () => {
    const [epoch, before] = await newest();
    const slug = "made-meanwhile";
    let isAnswered = false;
    const waiting = post(
      { query: LOOK, variables: { slug } },
      { "x-min-revision": after(before, 1), "x-epoch": epoch ?? "" },
    ).finally(() => {
      isAnswered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAnswered).toBe(false);
    await makeCity(api.database, slug);
    const response = await waiting;
    expect(await response.json()).toEqual({ data: { city: { slug } }, extensions: expect.anything() });
    expect(shown(response)).toEqual([epoch, after(before, 1)]);
  });

  it("that does not come in time is refused, to be tried again", async () => {
    const [epoch, before] = await newest();
    const asked = Date.now();
    const response = await ask({ "x-min-revision": after(before, 1) });
    expect(Date.now() - asked).toBeGreaterThanOrEqual(AWAIT_REVISION_AT_MOST_MS - 1);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(shown(response)).toEqual([epoch, before]);
    expect(await refusal(response)).toEqual([503, "OVERLOADED", "REVISION_NOT_REACHED"]);
  });

  it("keeps a mutation from being done when it is not reached", async () => {
    const before = await newest();
    const query = `mutation {
      createCity(input: { slug: "too-early", name: "T", kind: "city", country: { code: "PL" } }) { revision }
    }`;
    const response = await post({ query }, { ...bearing(token), "x-min-revision": after(before[1], 1) });
    expect(response.status).toBe(503);
    expect(await newest()).toEqual(before);
  });

  it.each(["", "-1", "1.0", "1e3", "0x1", "one", "1, 2", "9".repeat(19)])('"%s" is refused', async (revision) => {
    const response = await ask({ "x-min-revision": revision });
    expect(await refusal(response)).toEqual([400, "BAD_REQUEST", "BAD_REVISION"]);
  });

  it("is no way around a key that is not good", async () => {
    const [, revision] = await newest();
    const asked = Date.now();
    const response = await ask({ ...bearing(UNKNOWN_TOKEN), "x-min-revision": after(revision, 1) });
    expect(response.status).toBe(401);
    expect(Date.now() - asked).toBeLessThan(AWAIT_REVISION_AT_MOST_MS);
  });

  it("may be sent by a page of another origin", async () => {
    const headers = "authorization, x-epoch, x-min-revision";
    const response = await fetch(`${api.url}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin: "https://example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": headers,
      },
    });
    expect(response.headers.get("access-control-allow-headers")).toBe(headers);
  });
});

describe("X-Epoch", () => {
  it("of another database is refused, whatever the revision", async () => {
    const [, revision = ""] = await newest();
    const other = { "x-epoch": "01900000-0000-7000-8000-00000000000e" };
    for (const headers of [other, { ...other, "x-min-revision": revision }, { "x-epoch": "" }, { "x-epoch": "1" }]) {
      expect(await refusal(await ask(headers))).toEqual([412, "BAD_REQUEST", "OTHER_EPOCH"]);
    }
  });

  it("that began just now is known at once, and the one before is refused", async () => {
    const [before = ""] = await newest();
    await beginEpochIfRestored(api.database);
    await api.database.execute("UPDATE revision_counter SET home = '1:1:1'");
    await beginEpochIfRestored(api.database);
    const [epoch = "", revision = ""] = await newest();
    expect(epoch).not.toBe(before);
    const response = await ask({ "x-epoch": epoch, "x-min-revision": revision });
    expect([response.status, ...shown(response)]).toEqual([200, epoch, revision]);
    expect(await refusal(await ask({ "x-epoch": before, "x-min-revision": revision }))).toEqual([
      412,
      "BAD_REQUEST",
      "OTHER_EPOCH",
    ]);
  });

  it("that ended while the request waited is refused", async () => {
    const [before = "", revision] = await newest();
    const waiting = ask({ "x-epoch": before, "x-min-revision": after(revision, 1) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await beginEpoch(api.database);
    await makeCity(api.database, "of-another-epoch");
    expect(await refusal(await waiting)).toEqual([412, "BAD_REQUEST", "OTHER_EPOCH"]);
  });
});

it("a write that is older than what was shown before it has the database asked at once", async () => {
  const { database } = api;
  const watch = await RevisionWatch.start(
    { ...database, listen: () => Promise.resolve(() => Promise.resolve()) },
    { pollMs: 600_000 },
  );
  const [epoch = "", revision = ""] = await newest();
  const shown = after(revision, 2);
  watch.note({ epoch, revision: shown });
  showWrite(watch, { getHeader: () => shown, header: () => undefined } as never, after(revision, 1));
  await watch.close();
  expect(watch.current().epoch).not.toBe(epoch);
});
