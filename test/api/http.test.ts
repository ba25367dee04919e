// What the server is over HTTP, beside the answers of GraphQL: headers, other addresses, other methods.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { request, type IncomingHttpHeaders } from "node:http";
import { startApi, type TestApi } from "../support/api";
import { databaseDouble } from "../support/database-double";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const SDL_FILE = join(__dirname, "../../schema.graphql");
const JSON_HEADERS = { "content-type": "application/json" };

const post = (headers: Record<string, string> = {}, query = "{ revision }"): Promise<Response> =>
  fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { ...JSON_HEADERS, ...headers },
    body: JSON.stringify({ query }),
  });
const get = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
  fetch(api.url + path, { headers, method, redirect: "manual" });

describe("another origin", () => {
  it("may ask, and read the request's id, the revision and the budget", async () => {
    const response = await post({ origin: "https://example.org" });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-expose-headers")).toBe(
      "x-request-id, x-revision, x-epoch, ratelimit-policy, ratelimit, retry-after",
    );
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  });

  it("is told before what it may send", async () => {
    const response = await get(
      "/graphql",
      {
        origin: "https://example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type, authorization",
      },
      "OPTIONS",
    );
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-methods")).toBe("GET, HEAD, POST");
    expect(response.headers.get("access-control-allow-headers")).toBe("content-type, authorization");
    expect(response.headers.get("access-control-max-age")).toBe("86400");
  });

  it("may read a refusal as well", async () => {
    const response = await post({ origin: "https://example.org", authorization: "Bearer x" });
    expect(response.status).toBe(401);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("health", () => {
  it("is live as long as the process answers, and ready while the database does", async () => {
    const live = await get("/health/live");
    expect([live.status, await live.json()]).toEqual([200, { status: "live" }]);
    const { revision } = await api.untypedData("{ revision }");
    const ready = await get("/health/ready");
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", revision }]);
  });

  it("is not ready, though live, when the database does not answer", async () => {
    const broken = await startApi({
      wrap: (database) => databaseDouble(database, () => ({ query: () => Promise.reject(new Error("gone")) })),
    });
    try {
      const ready = await fetch(`${broken.url}/health/ready`);
      expect([ready.status, await ready.json()]).toEqual([
        503,
        { status: "unready", why: "the database does not answer" },
      ]);
      expect((await fetch(`${broken.url}/health/live`)).status).toBe(200);
    } finally {
      await broken.close();
    }
  });
});

describe("the schema", () => {
  it("is served as it is committed", async () => {
    const response = await get("/schema.graphql");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/graphql; charset=utf-8");
    expect(await response.text()).toBe(readFileSync(SDL_FILE, "utf8"));
  });
});

describe("an address", () => {
  it.each([
    ["GET", "/nothing"],
    ["POST", "/nothing"],
    ["PUT", "/graphql"],
    ["DELETE", "/graphql"],
    ["GET", "/graphql/"],
    ["GET", `/${"x".repeat(5_000)}`],
  ])("that there is none of is answered as GraphQL answers: %s %s", async (method, path) => {
    const response = await get(path, {}, method);
    expect(response.status).toBe(404);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toBe(`there is no ${method} ${path.slice(0, 100)}: the API is at /graphql`);
    expect(errors[0]?.extensions).toEqual({
      code: "BAD_REQUEST",
      reason: "NO_SUCH_PATH",
      requestId: response.headers.get("x-request-id"),
    });
  });

  it("that is malformed is answered as GraphQL answers", async () => {
    const response = await get("/%zz");
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { extensions: object }[] };
    expect(errors[0]?.extensions).toEqual({
      code: "BAD_REQUEST",
      reason: "INVALID_REQUEST",
      requestId: response.headers.get("x-request-id"),
    });
  });

  it("/ leads to the API", async () => {
    const response = await get("/");
    expect([response.status, response.headers.get("location")]).toEqual([302, "/graphql"]);
  });
});

describe("compression", () => {
  const PATH = `/graphql?query=${encodeURIComponent("{ countries { name region names { name } } }")}`;

  /** As it comes over the wire: fetch would undo it. */
  function raw(path: string, accepted: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const asked = request(api.url + path, { headers: { "accept-encoding": accepted } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({ headers: response.headers, body: Buffer.concat(chunks) });
        });
      });
      asked.on("error", reject);
      asked.end();
    });
  }

  it("is that which the client takes, and none where it takes none", async () => {
    const plain = await raw(PATH, "identity");
    const [brotli, gzip] = [await raw(PATH, "br, gzip"), await raw(PATH, "gzip")];
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect(brotli.headers.vary).toContain("accept-encoding");
    expect(brotli.body.length).toBeLessThan(plain.body.length / 3);
  });

  it("is not spent on a small answer", async () => {
    expect((await raw("/health/live", "br, gzip")).headers["content-encoding"]).toBeUndefined();
  });
});

describe("GraphQL by GET", () => {
  it("answers a query with its variables and operation name", async () => {
    const search = new URLSearchParams({
      query: "query A { revision } query B($s: String!) { city(by: { slug: $s }) { slug } }",
      variables: '{"s":"krakow"}',
      operationName: "B",
    });
    const response = await get(`/graphql?${search.toString()}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { city: { slug: "krakow" } }, extensions: expect.anything() });
  });

  it("answers in the media type that is asked for", async () => {
    const path = "/graphql?query=%7Brevision%7D";
    expect((await get(path)).headers.get("content-type")).toBe("application/json; charset=utf-8");
    const accept = "application/graphql-response+json";
    expect((await get(path, { accept })).headers.get("content-type")).toBe(`${accept}; charset=utf-8`);
  });

  it("gives a browser the page instead", async () => {
    const response = await get("/graphql", { accept: "text/html,application/xhtml+xml,*/*;q=0.8" });
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("vary")).toContain("Accept");
    const html = await response.text();
    expect(html.toLowerCase()).toContain("<!doctype html>");
    const head = await get("/graphql", { accept: "text/html" }, "HEAD");
    expect([head.status, await head.text()]).toEqual([response.status, ""]);
  });

  it("refuses HEAD for data, without a body", async () => {
    const response = await get("/graphql?query=%7Brevision%7D", {}, "HEAD");
    expect([response.status, response.headers.get("allow"), await response.text()]).toEqual([405, "GET, POST", ""]);
  });

  it("answers HEAD elsewhere with the headers alone", async () => {
    const response = await get("/schema.graphql", {}, "HEAD");
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

describe("the id of a request", () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it("is made where none is given, another one each time", async () => {
    const [one, other] = [(await post()).headers.get("x-request-id"), (await post()).headers.get("x-request-id")];
    expect(one).toMatch(UUID);
    expect(other).not.toBe(one);
  });

  it.each(["01HZX3-abc_def.1:2", "a".repeat(100), "12345678"])("that a proxy gave is kept: %s", async (id) => {
    expect((await post({ "x-request-id": id })).headers.get("x-request-id")).toBe(id);
    const refused = await post({ "x-request-id": id }, "{ nope }");
    const { errors } = (await refused.json()) as { errors: { extensions: { requestId: string } }[] };
    expect(errors[0]?.extensions.requestId).toBe(id);
  });

  it.each([
    "short",
    "a".repeat(101),
    "has a space in it",
    "<script>alert(1)</script>",
    '"quoted-quoted"',
    "ünïcödé-ünïcödé",
    "a;b=c;d=e;f",
  ])("that could harm a log is replaced: %s", async (id) => {
    expect((await post({ "x-request-id": id })).headers.get("x-request-id")).toMatch(UUID);
  });
});

it("says nothing of what it is built with, and lets no page guess at types", async () => {
  const { headers } = await post();
  expect(headers.get("x-powered-by")).toBeNull();
  expect(headers.get("server")).toBeNull();
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});
