// Requests that are malformed before any list is asked for: bodies, documents, operations, keys, characters.
import { startApi, type TestApi } from "../support/api";
import { refusalOf, refusalOfQuery, type RawRequest } from "../support/refusal";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const JSON_HEADERS = { "content-type": "application/json" };

describe("a body", () => {
  it.each<[string, RawRequest, number, string | undefined]>([
    ["that is empty", { body: "" }, 400, "INVALID_JSON"],
    ["that is no JSON", { body: "{" }, 400, "INVALID_JSON"],
    ["that is JSON and more", { body: '{"query":"{revision}"} x' }, 400, "INVALID_JSON"],
    ["with NaN for a number", { body: '{"query":"{revision}","variables":{"a":NaN}}' }, 400, "INVALID_JSON"],
    ["that would change prototypes", { body: '{"__proto__":{},"query":"{revision}"}' }, 400, "INVALID_JSON"],
    [
      "of a form",
      { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "query={revision}" },
      415,
      "CONTENT_TYPE",
    ],
    [
      "that is a bare document",
      { headers: { "content-type": "application/graphql" }, body: "{revision}" },
      415,
      "CONTENT_TYPE",
    ],
    ["of an unknown type", { headers: { "content-type": "x" }, body: "{}" }, 415, "CONTENT_TYPE"],
    [
      "of plain text",
      { headers: { "content-type": "text/plain" }, body: '{"query":"{revision}"}' },
      415,
      "CONTENT_TYPE",
    ],
    [
      "that is said to be compressed and is not",
      { headers: { ...JSON_HEADERS, "content-encoding": "gzip" }, body: '{"query":"{revision}"}' },
      400,
      "INVALID_REQUEST",
    ],
    ["that is not there", { headers: {} }, 400, undefined],
    ["that is an empty object", { body: "{}" }, 400, undefined],
    ["that is null", { body: "null" }, 400, undefined],
    ["that is a text", { body: '"{revision}"' }, 400, undefined],
    ["that is a batch", { body: '[{"query":"{revision}"},{"query":"{revision}"}]' }, 400, undefined],
    ["that is an empty batch", { body: "[]" }, 400, undefined],
    ["that is nested without end", { body: "[".repeat(100_000) + "]".repeat(100_000) }, 400, undefined],
    [
      "whose query is nested without end",
      { body: `{"query":${"[".repeat(100_000)}${"]".repeat(100_000)}}` },
      400,
      undefined,
    ],
    ["whose query is a number", { body: '{"query":5}' }, 400, undefined],
    ["whose query is null", { body: '{"query":null}' }, 400, undefined],
    ["whose query is empty", { body: '{"query":""}' }, 400, undefined],
    ["whose variables are a text", { body: '{"query":"{revision}","variables":"{}"}' }, 400, undefined],
    ["whose variables are a list", { body: '{"query":"{revision}","variables":[1]}' }, 400, undefined],
    ["whose operation name is a number", { body: '{"query":"query A{revision}","operationName":5}' }, 400, undefined],
    ["whose extensions are a text", { body: '{"query":"{revision}","extensions":"x"}' }, 400, undefined],
  ])("%s is refused", async (_what, request, status, reason) => {
    expect(await refusalOf(api.url, request)).toMatchObject({ status, code: "BAD_REQUEST", reason });
  });
});

describe("an operation", () => {
  it.each<[string, string, number, string | undefined]>([
    ["without a query", "/graphql?variables={}", 400, undefined],
    ["with variables that are no JSON", "/graphql?query={revision}&variables={", 400, undefined],
    ["with two queries", "/graphql?query={revision}&query={revision}", 400, undefined],
    [
      "that is a mutation",
      `/graphql?query=${encodeURIComponent('mutation{startProject(input:{by:{slug:"x"}}){revision}}')}`,
      405,
      undefined,
    ],
  ])("by GET %s is refused", async (_what, path, status, reason) => {
    expect(await refusalOf(api.url, { method: "GET", path, headers: {} })).toMatchObject({
      status,
      code: "BAD_REQUEST",
      reason,
    });
  });

  it("of a kind that there is none of is refused", async () => {
    const answer = await refusalOfQuery(api.url, "subscription { x }");
    expect(answer).toMatchObject({ status: 400, code: "BAD_REQUEST", reason: "OPERATION_TYPE" });
    expect(answer.message).toBe("this API has no subscriptions");
  });

  it.each([
    '{"query":"query A { revision }","operationName":"B"}',
    '{"query":"query A { revision } query B { revision }"}',
    '{"query":"fragment a on City { id }"}',
  ])("that is not in the document is refused: %s", async (body) => {
    expect(await refusalOf(api.url, { body })).toMatchObject({
      status: 400,
      code: body.includes("fragment") ? "GRAPHQL_VALIDATION_FAILED" : "BAD_REQUEST",
    });
  });

  it("that is not named among several says so by its reason", async () => {
    const body = '{"query":"query A { revision } query B { revision }"}';
    expect(await refusalOf(api.url, { body })).toMatchObject({ reason: "OPERATION_RESOLUTION_FAILURE" });
  });

  it.each(["", "{ revision }"])(
    "by its hash is refused in the way that clients know how to go on from: %j",
    async (query) => {
      const extensions = { persistedQuery: { version: 1, sha256Hash: "a".repeat(64) } };
      const body = JSON.stringify({ ...(query === "" ? {} : { query }), extensions });
      expect(await refusalOf(api.url, { body })).toMatchObject({
        code: "BAD_REQUEST",
        reason: "PERSISTED_QUERY_NOT_SUPPORTED",
        message: "PersistedQueryNotSupported",
      });
    },
  );
});

describe("a document", () => {
  it.each([
    "{",
    "{ cities( }",
    "  ",
    "#",
    "query",
    '{ city(by: { slug: "krakow }) { id } }',
    "\u{1F600}",
    "{ \u0000 }",
    '{ city(by: { slug: "\\uD800" }) { id } }',
    '{ city(by: { slug: "\\u{110000}" }) { id } }',
  ])("that is no GraphQL is refused: %j", async (query) => {
    expect(await refusalOfQuery(api.url, query)).toMatchObject({ status: 400, code: "GRAPHQL_PARSE_FAILED" });
  });

  it.each([
    "{ nope }",
    "{ ...x }",
    "{ cities }",
    "{ revision { x } }",
    "{ city(by: { slug: $s }) { id } }",
    "query ($s: Int) { city(by: { slug: $s }) { id } }",
    "query ($s: String!, $s: String!) { city(by: { slug: $s }) { id } }",
    "{ cities { nodes { name(language: XX) } } }",
    '{ search(query: "x", types: [NOPE]) { totalCount } }',
    "{ node { id } }",
    "{ a: revision a: viewer { role } }",
    "query A { revision } query A { revision }",
    "{ cities(first: 1, first: 2) { totalCount } }",
    "{ revision @nothing }",
  ])("that is not for this schema is refused: %s", async (query) => {
    expect(await refusalOfQuery(api.url, query)).toMatchObject({ status: 400, code: "GRAPHQL_VALIDATION_FAILED" });
  });

  it("with thousands of fields that might be merged is refused without comparing all with all", async () => {
    const begun = Date.now();
    expect(await refusalOfQuery(api.url, `{ cities(first: 1) { nodes { ${"id ".repeat(2_900)} } } }`)).toMatchObject({
      status: 400,
      code: "GRAPHQL_VALIDATION_FAILED",
    });
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  it("whose variable is missing or of another type is refused", async () => {
    const query = "query ($s: String!) { city(by: { slug: $s }) { id } }";
    for (const variables of [{}, { s: null }, { s: 5 }, { s: ["krakow"] }, { s: {} }]) {
      expect(await refusalOfQuery(api.url, query, variables)).toMatchObject({ status: 400, code: "BAD_USER_INPUT" });
    }
  });
});

describe("a key", () => {
  it.each([
    ["Bearer abc", "UNKNOWN_KEY"],
    ["Bearer ", "BAD_AUTHORIZATION"],
    ["Bearer", "BAD_AUTHORIZATION"],
    ["Basic YTpi", "BAD_AUTHORIZATION"],
    ["garbage", "BAD_AUTHORIZATION"],
    ["bearer x y z", "BAD_AUTHORIZATION"],
  ])("that is not known is refused: %j", async (authorization, reason) => {
    const headers = { ...JSON_HEADERS, authorization };
    const expected = { status: 401, code: "UNAUTHENTICATED", reason, data: undefined };
    expect(await refusalOf(api.url, { headers, body: '{"query":"{ revision }"}' })).toMatchObject(expected);
    expect(await refusalOf(api.url, { method: "GET", path: "/graphql?query={revision}", headers })).toMatchObject(
      expected,
    );
  });
});

describe("the null character", () => {
  it.each<[string, string, object]>([
    ["in a literal", '{ city(by: { slug: "a\\u0000b" }) { id } }', {}],
    ["in a literal as it is", '{ city(by: { slug: "a\0b" }) { id } }', {}],
    ["in a block literal", '{ city(by: { slug: """a\0b""" }) { id } }', {}],
    ["in a variable", "query ($v: String!) { city(by: { slug: $v }) { id } }", { v: "a\0b" }],
    [
      "deep in a variable",
      "query ($v: CityFilter) { cities(filter: $v) { totalCount } }",
      { v: { or: [{ name: { in: ["a", "\0"] } }] } },
    ],
    ["in a search", "query ($v: String!) { search(query: $v) { totalCount } }", { v: "\0" }],
    ["in an id", "query ($v: ID!) { node(id: $v) { id } }", { v: "city_\0" }],
    ["in a cursor", "query ($v: String!) { cities(after: $v) { totalCount } }", { v: "\0" }],
    [
      "in an external id",
      'query ($v: String!) { city(by: { externalId: { scheme: $v, value: "1" } }) { id } }',
      { v: "\0" },
    ],
  ])("is refused %s", async (_where, query, variables) => {
    expect(await refusalOfQuery(api.url, query, variables)).toMatchObject({
      status: 400,
      code: "BAD_USER_INPUT",
      reason: "NULL_CHARACTER",
    });
  });

  it("is refused in a GET", async () => {
    const path = `/graphql?query=${encodeURIComponent('{ city(by: { slug: "a\0b" }) { id } }')}`;
    expect(await refusalOf(api.url, { method: "GET", path, headers: {} })).toMatchObject({ reason: "NULL_CHARACTER" });
  });
});

it.each(["\ud800", "\udfff", "a\ud800b", "\udc00\udc00"])(
  "refuses half of a surrogate pair in a variable: %j",
  async (text) => {
    const query = "query ($t: String!) { city(by: { slug: $t }) { id } }";
    expect(await refusalOfQuery(api.url, query, { t: text })).toMatchObject({
      status: 400,
      code: "BAD_USER_INPUT",
      reason: "LONE_SURROGATE",
    });
  },
);

it.each(["\u{1F600}", "\uFFFF", "\u202E", "e\u0301".repeat(60)])("takes %j as text that no city has", async (text) => {
  const query = `query ($t: String!) {
    city(by: { slug: $t }) { id }
    cities(filter: { or: [{ slug: { in: [$t] } }, { kind: { contains: $t } }, { kind: { startsWith: $t } }] }) { totalCount }
    search(query: $t) { totalCount }
  }`;
  expect(await api.untypedData(query, { t: text })).toEqual({
    city: null,
    cities: { totalCount: 0 },
    search: { totalCount: 0 },
  });
});
