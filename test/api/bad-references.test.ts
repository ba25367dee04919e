// Ids and references that lead nowhere, or to something else than is meant.
import { startApi, type TestApi } from "../support/api";
import { refusalOfQuery, type Refusal } from "../support/refusal";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const refusal = (query: string, variables?: object): Promise<Refusal> => refusalOfQuery(api.url, query, variables);

const NOWHERE = "AAAAAAAAAAAAAAAAAAAAAA";
const MALFORMED = [
  "",
  " ",
  "42",
  "krakow",
  "city",
  "city_",
  `city_${NOWHERE.slice(1)}`,
  `city_${NOWHERE}A`,
  // 22 characters whose last bits are not those of any UUID
  `city_${NOWHERE.slice(1)}B`,
  `City_${NOWHERE}`,
  ` city_${NOWHERE}`,
  `city_${NOWHERE}\n`,
  "01a1fc3e-1c3c-703b-b031-000000000000",
  "city_' OR 1=1; --'''''''''",
  "x".repeat(10_000),
];

describe("an id", () => {
  it.each(MALFORMED)("that was never given is refused wherever it stands: %j", async (id) => {
    const queries = [
      "query ($id: ID!) { node(id: $id) { id } }",
      "query ($id: ID!) { city(by: { id: $id }) { id } }",
      "query ($id: ID!) { cities(filter: { id: { eq: $id } }) { nodes { id } } }",
      "query ($id: ID!) { cities(filter: { id: { in: [$id] } }) { totalCount } }",
    ];
    for (const query of queries) {
      const answer = await refusal(query, { id });
      expect(answer).toMatchObject({ status: 200, code: "BAD_USER_INPUT", reason: "BAD_ID" });
      expect(answer.message.length).toBeLessThan(200);
    }
  });

  it("of a type that there is none of is refused", async () => {
    expect(await refusal(`{ node(id: "nothing_${NOWHERE}") { id } }`)).toMatchObject({
      code: "BAD_USER_INPUT",
      reason: "BAD_ID",
    });
  });

  it("of another type is refused as a reference, and finds nothing in a filter", async () => {
    const [country] = (await api.untypedData("{ countries { id } }")).countries as { id: string }[];
    const { id } = country as { id: string };
    expect(await refusal(`{ city(by: { id: "${id}" }) { id } }`)).toMatchObject({
      status: 200,
      code: "BAD_USER_INPUT",
      reason: "WRONG_ID_TYPE",
      data: { city: null },
    });
    const { cities } = await api.untypedData(`{ cities(filter: { id: { in: ["${id}"] } }) { totalCount } }`);
    expect(cities.totalCount).toBe(0);
    const impostor = id.replace(/^country_/, "city_");
    expect(await api.untypedData(`{ node(id: "${impostor}") { id } }`)).toEqual({ node: null });
  });

  it("that is well-formed and leads nowhere gives null", async () => {
    const query = `{
      node(id: "city_${NOWHERE}") { id }
      nodes(ids: ["city_${NOWHERE}", "designation-round_${NOWHERE}"]) { id }
      city(by: { id: "city_${NOWHERE}" }) { id }
      creativeField(by: { slug: "no-such-field" }) { id }
      other: city(by: { externalId: { scheme: "WIKIDATA", value: "Q0" } }) { id }
      country(code: "XX") { code }
    }`;
    expect(await api.untypedData(query)).toEqual({
      node: null,
      nodes: [null, null],
      city: null,
      creativeField: null,
      other: null,
      country: null,
    });
  });

  it("among many leaves the others alone only where it is well-formed", async () => {
    const { city } = await api.untypedData('{ city(by: { slug: "krakow" }) { id } }');
    const ids = [city.id, `city_${NOWHERE}`, city.id];
    expect(await api.untypedData("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids })).toEqual({
      nodes: [{ id: city.id }, null, { id: city.id }],
    });
    expect(await refusal("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [...ids, "x"] })).toMatchObject({
      reason: "BAD_ID",
    });
  });

  it("is refused as the 101st", async () => {
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    const ids = Array(101).fill(`city_${NOWHERE}`);
    expect(await refusal(query, { ids })).toMatchObject({ code: "BAD_USER_INPUT", reason: "TOO_MANY_IDS" });
    expect((await api.untypedData(query, { ids: ids.slice(1) })).nodes).toHaveLength(100);
  });
});

describe("a reference", () => {
  it.each(["{}", '{ slug: "krakow", id: "x" }', "{ slug: null }", '{ slug: "krakow", externalId: null }'])(
    "%s is refused: it must be exactly one",
    async (by) => {
      expect(await refusal(`{ city(by: ${by}) { id } }`)).toMatchObject({
        status: 400,
        code: "GRAPHQL_VALIDATION_FAILED",
      });
    },
  );

  it.each([[{}], [{ slug: "krakow", id: "x" }], [{ slug: null }], [{ slug: "krakow", externalId: null }], [null]])(
    "%j by a variable is refused: it must be exactly one",
    async (by) => {
      expect(await refusal("query ($by: CityRef!) { city(by: $by) { id } }", { by })).toMatchObject({
        status: 400,
        code: "BAD_USER_INPUT",
      });
    },
  );

  it("of which one member is a variable without a value is refused", async () => {
    const query = "query ($slug: String) { city(by: { slug: $slug }) { slug } }";
    expect(await refusal(query, {})).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await refusal(query, { slug: null })).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await api.untypedData(query, { slug: "krakow" })).toEqual({ city: { slug: "krakow" } });
  });

  it("may be null by a variable only where the schema says so", async () => {
    const query = 'query ($id: ID = "x") { node(id: $id) { id } }';
    expect(await refusal(query, { id: null })).toMatchObject({ code: "BAD_USER_INPUT", reason: undefined });
  });

  it("by an external id needs scheme and value", async () => {
    expect(await refusal('{ city(by: { externalId: { scheme: "WIKIDATA" } }) { id } }')).toMatchObject({
      status: 400,
      code: "GRAPHQL_VALIDATION_FAILED",
    });
  });

  it("by an external id of a record of another type leads nowhere", async () => {
    const { city } = await api.untypedData('{ city(by: { slug: "krakow" }) { externalIds { scheme value } } }');
    const [externalId] = city.externalIds as object[];
    const query =
      "query ($x: ExternalIdInput!) { creativeField(by: { externalId: $x }) { id } city(by: { externalId: $x }) { slug } }";
    expect(await api.untypedData(query, { x: externalId })).toEqual({ creativeField: null, city: { slug: "krakow" } });
  });
});
