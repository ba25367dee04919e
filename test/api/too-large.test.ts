// Operations that ask for too much are refused before they run, by rules that a client can count by itself.
import { getIntrospectionQuery } from "graphql";
import { startApi, type TestApi } from "../support/api";
import { refusalOf, refusalOfQuery, type Refusal } from "../support/refusal";
import { DatabaseWatch } from "../support/watched-database";

const watch = new DatabaseWatch();
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ wrap: (database) => watch.over(database) });
});
afterAll(() => api.close());

const refusal = (query: string, variables?: object): Promise<Refusal> => refusalOfQuery(api.url, query, variables);

function tooComplex(reason: string, status = 400): object {
  return { status, code: "QUERY_TOO_COMPLEX", reason, data: undefined };
}

const many = (count: number, what: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => what(i)).join(" ");

/** Cities of countries of cities …, each level a page of this size. */
function nested(levels: number, size: string): string {
  let selection = "id";
  for (let i = 1; i < levels; i += 1) selection = `country { cities(first: ${size}) { nodes { ${selection} } } }`;
  return `cities(first: ${size}) { nodes { ${selection} } }`;
}

describe("cost", () => {
  it("refuses lists nested four deep at 100 each", async () => {
    expect(await refusal(`{ ${nested(4, "100")} }`)).toMatchObject(tooComplex("COST"));
  });

  it.each([
    ["a variable", "query ($n: Int!) { LIST }", { n: 100 }],
    ["the default of a variable", "query ($n: Int = 100) { LIST }", {}],
    ["a fragment", "{ ...all } fragment all on Query { LIST }", {}],
    ["an inline fragment", "{ ... on Query { LIST } }", {}],
    ["an operation that is named among others", "query A { revision } query B { LIST }", {}],
  ])("counts sizes that come by %s", async (_by, document, variables) => {
    const query = document.replace("LIST", nested(4, document.includes("$n") ? "$n" : "100"));
    const body = JSON.stringify({ query, variables, operationName: query.includes("query B") ? "B" : undefined });
    expect(await refusalOf(api.url, { body })).toMatchObject(tooComplex("COST"));
  });

  it("takes the size from what a variable is, not from its default", async () => {
    const query = `query ($n: Int = 100) { ${nested(4, "$n")} }`;
    expect((await api.untypedData(query, { n: 1 })).cities.nodes).toHaveLength(1);
  });

  it("counts last as it counts first, and a size that is not given as 20", async () => {
    const last = nested(4, "100").replaceAll("first", "last");
    expect(await refusal(`{ ${last} }`)).toMatchObject(tooComplex("COST"));
    expect(
      await refusal(`{ ${nested(4, "20").replace("(first: 20)", "")} ${many(3, (i) => `a${i}: ${nested(4, "20")}`)} }`),
    ).toMatchObject(tooComplex("COST"));
  });

  it("says the limit and what was asked for", async () => {
    const { message } = await refusal(`{ ${nested(4, "100")} }`);
    const [, limit, got] = /^an operation may cost at most (\d+), but this one has (\d+)$/.exec(message) ?? [];
    expect(limit).toBe("200000");
    expect(Number(got)).toBeGreaterThan(1_000_000);
  });

  it("costs no statement when it is refused", async () => {
    expect(await watch.statementsOf(() => api.askUntyped(`{ ${nested(4, "100")} }`))).toHaveLength(0);
  });
});

describe("introspection", () => {
  it("is refused where it asks for the whole schema many times, wherever the aliases stand", async () => {
    const whole = getIntrospectionQuery();
    expect((await api.askUntyped(whole)).errors).toBeUndefined();
    const [, schema = "", fragments = ""] = /^\s*query IntrospectionQuery \{(.*?)\n {4}\}(.*)$/s.exec(whole) ?? [];
    expect(await refusal(`{ ${many(20, (i) => `a${i}: ${schema}`)} } ${fragments}`)).toMatchObject(tooComplex("COST"));
    const fields = "types { name fields { name args { name type { name } } type { name ofType { name } } } }";
    expect(await refusal(`{ __schema { ${many(60, (i) => `a${i}: ${fields}`)} } }`)).toMatchObject(tooComplex("COST"));
    const spread = `{ __schema { ...f ...g } } fragment f on __Schema { ...g } fragment g on __Schema { ${many(60, (i) => `a${i}: ${fields}`)} }`;
    expect(await refusal(spread)).toMatchObject(tooComplex("COST"));
  });
});

describe("filters within or, through relation after relation", () => {
  const far = "{ near: { latitude: -80, longitude: 10, withinKm: 1 } }";
  const or = (relation: string, inner: string): string =>
    `{ or: [{ ${relation}: { some: ${inner} } }, { slug: { eq: "zq" } }] }`;
  const four = or("networks", or("members", or("networks", or("members", far))));
  const total = `cities(first: 1, filter: ${four}) { totalCount }`;

  it("are answered in the time that each of their relations takes once, under twelve aliases too", async () => {
    const begun = Date.now();
    expect((await api.untypedData(`{ ${total} }`)).cities.totalCount).toBe(0);
    expect((await api.askUntyped(`{ ${many(12, (i) => `a${i}: ${total}`)} }`)).errors).toBeUndefined();
    // Four deep, one of them had no end.
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it("and are refused where that is too long", async () => {
    const query = `query ($or: [CityFilter!]) { ${many(150, (i) => `a${i}: cities(filter: { or: $or }) { totalCount }`)} }`;
    const at = (inner: object, relation: string): object => ({ or: [{ [relation]: { some: inner } }] });
    const filter = ["members", "networks", "members", "networks"].reduce(at, { slug: { eq: "zq" } });
    expect(await refusal(query, { or: [filter] })).toMatchObject(tooComplex("COST"));
  });
});

describe("depth", () => {
  // Each level but the first is three fields deep.
  it("refuses more than 30 fields below each other, and takes 30", async () => {
    expect((await api.askUntyped(`{ ${nested(10, "1")} }`)).errors).toBeUndefined();
    expect(await refusal(`{ ${nested(11, "1")} }`)).toMatchObject(tooComplex("DEPTH"));
  });

  it("refuses 31, by fragments too", async () => {
    const query = `{ ${nested(10, "1").replace(" id ", " country { id } ")} }`;
    expect(await refusal(query)).toMatchObject(tooComplex("DEPTH"));
    expect(await refusal(`{ ...f } fragment f on Query ${query}`)).toMatchObject(tooComplex("DEPTH"));
  });
});

describe("aliases", () => {
  it("are 200 at most", async () => {
    expect((await api.askUntyped(`{ ${many(200, (i) => `a${i}: revision`)} }`)).errors).toBeUndefined();
    expect(await refusal(`{ ${many(201, (i) => `a${i}: revision`)} }`)).toMatchObject(tooComplex("ALIASES"));
    expect(await refusal(`{ ${many(2_000, (i) => `a${i}: revision`)} }`)).toMatchObject(tooComplex("TOKENS"));
  });

  it("count as often as their fragment is spread", async () => {
    const fragment = `fragment f on City { ${many(101, (i) => `a${i}: slug`)} }`;
    const query = `{ city(by: { slug: "lyon" }) { ...f } cities(first: 1) { nodes { ...f } } } ${fragment}`;
    expect(await refusal(query)).toMatchObject(tooComplex("ALIASES"));
  });

  it("of __typename are taken as others are", async () => {
    // Relay asks for the type of each abstract fragment under a name of its own.
    expect((await api.askUntyped(`{ ${many(50, (i) => `a${i}: __typename`)} }`)).errors).toBeUndefined();
  });
});

describe("fragments", () => {
  it("that spread each other exponentially are counted at once and refused", async () => {
    const level = (i: number): string =>
      `fragment f${i} on City { a: country { cities(first: 1) { nodes { ...f${i + 1} } } } b: country { cities(first: 1) { nodes { ...f${i + 1} } } } }`;
    const bomb = `{ cities(first: 1) { nodes { ...f0 } } } ${many(30, level)} fragment f30 on City { id }`;
    const begun = Date.now();
    expect(await refusal(bomb)).toMatchObject({ code: "QUERY_TOO_COMPLEX", reason: "ALIASES" });
    const plain = `{ cities(first: 1) { nodes { ...f0 } } } ${many(40, (i) => `fragment f${i} on City { ...f${i + 1} ...f${i + 1} ...f${i + 1} }`)} fragment f40 on City { id }`;
    expect(await refusal(plain)).toMatchObject({ code: "QUERY_TOO_COMPLEX", reason: "COST" });
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  it("that spread themselves are refused", async () => {
    const query = "{ cities { nodes { ...a } } } fragment a on City { ...b } fragment b on City { ...a }";
    expect(await refusal(query)).toMatchObject({ status: 400, code: "GRAPHQL_VALIDATION_FAILED" });
  });
});

describe("documents, variables and bodies", () => {
  it("are refused with more than 3,000 tokens, 256 KiB, 250 levels or 5,000 objects", async () => {
    expect(await refusal(`{ ${"revision ".repeat(3_000)} }`)).toMatchObject(tooComplex("TOKENS"));
    expect(await refusal(`{ ${"#".repeat(1_000_000)}\n revision }`)).toMatchObject(tooComplex("BODY_SIZE", 413));
    const variables = (json: string): Promise<Refusal> =>
      refusalOf(api.url, { body: `{ "query": "{ revision }", "variables": { "v": ${json} } }` });
    for (const depth of [250, 30_000]) {
      expect(await variables(`${"[".repeat(depth)}${"]".repeat(depth)}`)).toMatchObject(tooComplex("VARIABLES_DEPTH"));
      expect(await variables(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`)).toMatchObject(
        tooComplex("VARIABLES_DEPTH"),
      );
    }
    expect(await variables(JSON.stringify(Array(5_000).fill({})))).toMatchObject(tooComplex("VARIABLES_SIZE"));
  });

  it("are taken below these sizes", async () => {
    const slugs = [...Array<string>(499).fill("x".repeat(400)), "lyon"];
    const data = await api.untypedData(
      "query ($s: [String!]) { cities(filter: { slug: { in: $s } }) { totalCount } }",
      {
        s: slugs,
      },
    );
    expect(data.cities.totalCount).toBe(1);
  });

  it.each([
    "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
    '{ __type(name: "City") { interfaces { possibleTypes { interfaces { possibleTypes { interfaces { possibleTypes { interfaces { name } } } } } } } } }',
  ])("introspection that goes round in circles is refused: %s", async (query) => {
    expect(await refusal(query)).toMatchObject({ status: 400, code: "GRAPHQL_VALIDATION_FAILED" });
  });
});
