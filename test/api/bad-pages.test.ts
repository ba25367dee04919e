// Pages that cannot be: cursors that this list never gave, sizes out of bounds, orders that say too little or too much.
import { startApi, type TestApi } from "../support/api";
import { refusalOfQuery, type Refusal } from "../support/refusal";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const refusal = (query: string, variables?: object): Promise<Refusal> => refusalOfQuery(api.url, query, variables);

function cursorOf(values: readonly unknown[] | string): string {
  const json = typeof values === "string" ? values : JSON.stringify(values);
  return Buffer.from(json).toString("base64url");
}

describe("a cursor", () => {
  let given: string;
  let binding: string;
  let id: string;
  beforeAll(async () => {
    const { cities } = await api.untypedData("{ cities(first: 2) { pageInfo { endCursor } } }");
    given = cities.pageInfo.endCursor;
    [binding, , id] = JSON.parse(Buffer.from(given, "base64url").toString()) as [string, string, string];
  });

  it.each(["", "!!!", "x", "null", "{}", "[]", "Ω", "a".repeat(10_000)])(
    "%j is refused as malformed",
    async (after) => {
      for (const side of ["after", "before"]) {
        expect(
          await refusal(`query ($c: String!) { cities(${side}: $c) { nodes { id } } }`, { c: after }),
        ).toMatchObject({
          status: 200,
          code: "BAD_USER_INPUT",
          reason: "BAD_CURSOR",
        });
      }
    },
  );

  it.each([
    ["with too few values", () => [binding, "a"]],
    ["with too many values", () => [binding, "a", id, id]],
    ["with a number for a text", () => [binding, 5, id]],
    ["with an object for a text", () => [binding, {}, id]],
    ["with null for what is never null", () => [binding, null, id]],
    ["with a null character", () => [binding, "a\0", id]],
    ["with no UUID", () => [binding, "a", "x"]],
    ["with a UUID in upper case", () => [binding, "a", id.toUpperCase()]],
    ["with SQL for a UUID", () => [binding, "a", "'; DROP TABLE city; --"]],
  ])("%s is refused as malformed", async (_what, values) => {
    const after = cursorOf(values());
    const answer = await refusal(`{ cities(after: "${after}") { nodes { id } } }`);
    expect(answer).toMatchObject({ code: "BAD_USER_INPUT", reason: "BAD_CURSOR" });
    expect(answer.message).toContain("is malformed");
  });

  it("with half of a surrogate pair is refused as malformed", async () => {
    const after = cursorOf(`["${binding}","\\udc00\\udc00","${id}"]`);
    expect(await refusal(`{ cities(after: "${after}") { nodes { id } } }`)).toMatchObject({ reason: "BAD_CURSOR" });
  });

  it.each([
    ["in another list", (c: string) => `{ designations(after: "${c}") { nodes { id } } }`],
    ["in a nested list", (c: string) => `{ country(code: "PL") { cities(first: 2, after: "${c}") { nodes { id } } } }`],
    [
      "with another filter",
      (c: string) => `{ cities(after: "${c}", filter: { kind: { eq: "city" } }) { nodes { id } } }`,
    ],
    ["with another order", (c: string) => `{ cities(after: "${c}", orderBy: [{ field: SLUG }]) { nodes { id } } }`],
    [
      "with its order turned around",
      (c: string) => `{ cities(after: "${c}", orderBy: [{ field: NAME, direction: DESC }]) { nodes { id } } }`,
    ],
    ["in a search", (c: string) => `{ search(query: "a", after: "${c}") { nodes { id } } }`],
  ])("is refused %s", async (_where, query) => {
    const answer = await refusal(query(given));
    expect(answer).toMatchObject({ status: 200, code: "BAD_USER_INPUT", reason: "BAD_CURSOR" });
    expect(answer.message).toContain("belongs to another list, filter or order");
  });

  it("of one day's list is refused in another day's", async () => {
    const { designations } = await api.untypedData(
      '{ designations(validOn: "2018-12-31", first: 1) { pageInfo { endCursor } } }',
    );
    const after = designations.pageInfo.endCursor as string;
    expect(await refusal(`{ designations(validOn: "2018-12-30", after: "${after}") { nodes { id } } }`)).toMatchObject({
      reason: "BAD_CURSOR",
    });
  });

  it("of one search is refused in another", async () => {
    const { search } = await api.untypedData('{ search(query: "krakow", first: 1) { pageInfo { endCursor } } }');
    const after = search.pageInfo.endCursor as string;
    expect(await refusal(`{ search(query: "lyon", after: "${after}") { nodes { id } } }`)).toMatchObject({
      reason: "BAD_CURSOR",
    });
    expect(
      await refusal(`{ search(query: "krakow", types: [CITY], after: "${after}") { nodes { id } } }`),
    ).toMatchObject({ reason: "BAD_CURSOR" });
  });

  it("that was given is taken", async () => {
    const { cities } = await api.untypedData(`{ cities(first: 1, after: "${given}") { nodes { slug } } }`);
    expect(cities.nodes).toHaveLength(1);
  });
});

describe("a page", () => {
  const LISTS: Record<string, (args: string) => string> = {
    "of a root field": (args) => `{ cities(${args}) { nodes { id } } }`,
    "of a nested field": (args) => `{ country(code: "PL") { cities(${args}) { nodes { id } } } }`,
    "of which only the total is asked": (args) => `{ cities(${args}) { totalCount } }`,
  };

  it.each(
    Object.keys(LISTS).flatMap((list) =>
      ["first", "last"].flatMap((end) => [0, -1, 101, 1000].map((size) => [list, end, size] as const)),
    ),
  )("%s is refused with %s: %i", async (list, end, size) => {
    const answer = await refusal((LISTS[list] as (args: string) => string)(`${end}: ${size}`));
    expect(answer).toMatchObject({ status: 200, code: "BAD_USER_INPUT", reason: "BAD_PAGE_SIZE" });
    expect(answer.message).toBe(`${end} must be 1 to 100, but got ${size}`);
  });

  it.each(Object.keys(LISTS))("%s is refused from both ends at once", async (list) => {
    expect(await refusal((LISTS[list] as (args: string) => string)("first: 1, last: 1"))).toMatchObject({
      status: 200,
      code: "BAD_USER_INPUT",
      reason: "FIRST_AND_LAST",
    });
  });

  it.each(["filter: {}", "first: null", "first: null, last: null"])(
    "of a nested field is refused without a size: %s",
    async (args) => {
      expect(await refusal((LISTS["of a nested field"] as (args: string) => string)(args))).toMatchObject({
        status: 200,
        code: "BAD_USER_INPUT",
        reason: "NO_PAGE_SIZE",
      });
    },
  );

  it.each(["2147483648", "1.5", '"2"', "1e999", "true"])("is refused with first: %s, which is no Int", async (size) => {
    expect(await refusal(`{ cities(first: ${size}) { nodes { id } } }`)).toMatchObject({
      status: 400,
      code: "GRAPHQL_VALIDATION_FAILED",
    });
    expect(
      await refusal("query ($n: Int) { cities(first: $n) { nodes { id } } }", {
        n: size === "1e999" ? 1e100 : JSON.parse(size),
      }),
    ).toMatchObject({ status: 400, code: "BAD_USER_INPUT" });
  });

  it.each([0, 101])("of a search is refused with first: %i", async (first) => {
    expect(await refusal(`{ search(query: "krakow", first: ${first}) { nodes { id } } }`)).toMatchObject({
      code: "BAD_USER_INPUT",
      reason: "BAD_PAGE_SIZE",
    });
  });
});

describe("an order", () => {
  it.each([
    ["[{ field: DISTANCE }]", "NO_POINT"],
    ["[{ field: DISTANCE, from: null }]", "NO_POINT"],
    ["[{ field: DISTANCE, from: { latitude: 90.1, longitude: 0 } }]", "BAD_POINT"],
    ["[{ field: DISTANCE, from: { latitude: 0, longitude: -180.1 } }]", "BAD_POINT"],
    ["[{ field: DISTANCE, from: { latitude: 1e999, longitude: 0 } }]", "BAD_POINT"],
    [`[${Array(6).fill("{ field: NAME }").join(", ")}]`, "ORDER_TOO_LONG"],
  ])("%s is refused: %s", async (orderBy, reason) => {
    expect(await refusal(`{ cities(orderBy: ${orderBy}) { nodes { id } } }`)).toMatchObject({
      status: 200,
      code: "BAD_USER_INPUT",
      reason,
    });
  });

  it("by a field that is none is refused before it runs", async () => {
    expect(await refusal("{ cities(orderBy: [{ field: KIND }]) { nodes { id } } }")).toMatchObject({
      status: 400,
      code: "GRAPHQL_VALIDATION_FAILED",
    });
  });
});
