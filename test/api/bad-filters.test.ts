// Filters that cannot be: empty, null, impossible or too large, literally and by variables.
import { startApi, type TestApi } from "../support/api";
import { refusalOfQuery, type Refusal } from "../support/refusal";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const literally = (filter: string): Promise<Refusal> =>
  refusalOfQuery(api.url, `{ cities(filter: ${filter}) { totalCount } }`);
const byVariable = (filter: unknown): Promise<Refusal> =>
  refusalOfQuery(api.url, "query ($f: CityFilter) { cities(filter: $f) { totalCount } }", { f: filter });

describe("a filter", () => {
  it.each([
    ["{ slug: { eq: null } }", "NULL_IN_FILTER"],
    ["{ slug: null }", "NULL_IN_FILTER"],
    ["{ slug: { isNull: null } }", "NULL_IN_FILTER"],
    ['{ slug: { eq: "a", startsWith: null } }', "NULL_IN_FILTER"],
    ["{ id: { eq: null } }", "NULL_IN_FILTER"],
    ["{ and: null }", "NULL_IN_FILTER"],
    ["{ or: null }", "NULL_IN_FILTER"],
    ["{ not: null }", "NULL_IN_FILTER"],
    ["{ country: null }", "NULL_IN_FILTER"],
    ["{ memberOn: null }", "NULL_IN_FILTER"],
    ["{ near: null }", "NULL_IN_FILTER"],
    ["{ designations: { some: null } }", "NULL_IN_FILTER"],
    ["{ designations: { some: {}, none: null } }", "NULL_IN_FILTER"],
    ["{ designations: { count: null } }", "NULL_IN_FILTER"],
    ["{ designations: { count: { eq: null } } }", "NULL_IN_FILTER"],
    ["{ designations: { some: { creativeField: { isNull: null } } } }", "NULL_IN_FILTER"],
    ["{ slug: {} }", "EMPTY_CONDITION"],
    ["{ id: {} }", "EMPTY_CONDITION"],
    ["{ designations: {} }", "EMPTY_CONDITION"],
    ["{ designations: { validOn: null } }", "EMPTY_CONDITION"],
    ['{ designations: { validOn: "2018-12-31" } }', "EMPTY_CONDITION"],
    ["{ designations: { count: {} } }", "EMPTY_CONDITION"],
    ['{ id: { eq: "krakow" } }', "BAD_ID"],
    ['{ id: { in: ["krakow"] } }', "BAD_ID"],
    ["{ near: { latitude: 91, longitude: 0, withinKm: 1 } }", "BAD_POINT"],
    ["{ near: { latitude: -90.5, longitude: 0, withinKm: 1 } }", "BAD_POINT"],
    ["{ near: { latitude: 0, longitude: 180.5, withinKm: 1 } }", "BAD_POINT"],
    ["{ near: { latitude: 1e999, longitude: 0, withinKm: 1 } }", "BAD_POINT"],
    ["{ near: { latitude: 0, longitude: -1e999, withinKm: 1 } }", "BAD_POINT"],
    ["{ near: { latitude: 0, longitude: 0, withinKm: -1 } }", "BAD_DISTANCE"],
    ["{ near: { latitude: 0, longitude: 0, withinKm: -1e999 } }", "BAD_DISTANCE"],
  ])("%s is refused: %s", async (filter, reason) => {
    expect(await literally(filter)).toMatchObject({ status: 200, code: "BAD_USER_INPUT", reason, data: null });
  });

  it.each([
    ['{ memberOn: "2018-02-30" }', 'Date must be text such as "2018-06-12", but got "2018-02-30"'],
    ['{ memberOn: "2018" }', 'Date must be text such as "2018-06-12", but got "2018"'],
    ['{ memberOn: "2018-1-1" }', 'Date must be text such as "2018-06-12", but got "2018-1-1"'],
    ['{ memberOn: "0000-01-01" }', 'Date must be text such as "2018-06-12", but got "0000-01-01"'],
    ['{ memberOn: "+2018-01-01" }', 'Date must be text such as "2018-06-12", but got "+2018-01-01"'],
    ["{ memberOn: 20180101 }", "Date must be text"],
    ['{ memberOn: "infinity" }', "Date must be text"],
    ['{ designations: { some: { designatedOn: { eq: "2018-13" } } } }', "PartialDate must be text"],
    ['{ designations: { some: { designatedOn: { eq: "2100-02-29" } } } }', "PartialDate must be text"],
    ['{ country: { code: { eq: "pl" } } }', "CountryCode must be text"],
    ['{ country: { region: { eq: "MARS" } } }', "cannot represent non-enum value"],
    ["{ population: { eq: 99999999999 } }", "Int cannot represent non 32-bit signed integer value"],
    ["{ population: { eq: 1e10 } }", "Int cannot represent non-integer value"],
    ["{ population: { eq: 1.5 } }", "Int cannot represent non-integer value"],
    ['{ latitude: { eq: "1" } }', "Float cannot represent non numeric value"],
    ["{ latitude: { eq: NaN } }", "Float cannot represent non numeric value"],
    ["{ population: { contains: 1 } }", 'Field "contains" is not defined'],
    ["{ and: [null] }", "found null"],
    ["{ nothing: { eq: 1 } }", 'Field "nothing" is not defined'],
  ])("%s is no filter of this schema", async (filter, message) => {
    const answer = await literally(filter);
    expect(answer).toMatchObject({ status: 400, code: "GRAPHQL_VALIDATION_FAILED", reason: undefined });
    expect(answer.message).toContain(message);
  });

  it.each([
    [{ memberOn: "2018-02-30" }],
    [{ population: { eq: 99_999_999_999 } }],
    [{ population: { eq: "1" } }],
    [{ latitude: { eq: "NaN" } }],
    [{ slug: { eq: 5 } }],
    [{ slug: { in: [null] } }],
    [{ and: [null] }],
    [{ nothing: {} }],
    ["slug"],
    [5],
  ])("%j by a variable is refused", async (filter) => {
    expect(await byVariable(filter)).toMatchObject({ status: 400, code: "BAD_USER_INPUT", data: undefined });
  });

  it.each([
    ["{}", 401],
    ["{ and: [] }", 401],
    ["{ or: [] }", 0],
    ["{ not: {} }", 0],
    ["{ country: {} }", 401],
    ["{ slug: { in: [] } }", 0],
    ["{ id: { in: [] } }", 0],
    ['{ id: { eq: "country_AAAAAAAAAAAAAAAAAAAAAA" } }', 0],
    ['{ memberOn: "0001-01-01" }', 0],
    ['{ memberOn: "9999-12-31" }', 401],
    ["{ latitude: { gt: 1e999 } }", 0],
    ["{ latitude: { gt: -1e999 } }", 400],
    ["{ near: { latitude: 0, longitude: 0, withinKm: 1e999 } }", 400],
    ["{ near: { latitude: 90, longitude: 180, withinKm: 0 } }", 0],
  ])("%s is odd, and means something: %i cities", async (filter, count) => {
    const { cities } = await api.untypedData(`{ cities(filter: ${filter}) { totalCount } }`);
    expect(cities.totalCount).toBe(count);
  });
});

describe("a filter that is too large", () => {
  const nested = (depth: number): object => {
    let filter: object = {};
    for (let i = 0; i < depth; i += 1) filter = { not: filter };
    return filter;
  };
  const TOO_LARGE = { status: 200, code: "BAD_USER_INPUT", reason: "FILTER_TOO_LARGE", data: null };

  it("is refused where it is nested 100 deep, literally and by variable", async () => {
    expect(await literally(`${"{ not: ".repeat(100)}{}${" }".repeat(100)}`)).toMatchObject(TOO_LARGE);
    expect(await byVariable(nested(100))).toMatchObject(TOO_LARGE);
    expect(await byVariable(nested(21))).toMatchObject(TOO_LARGE);
  });

  // Each round goes from cities to their networks and back to the networks' cities.
  const relationsDeep = (hops: number): object => {
    let filter: object = {};
    for (let i = hops; i > 0; i--) filter = { not: { [i % 2 === 1 ? "networks" : "members"]: { some: filter } } };
    return filter;
  };

  it("is refused where it asks of relations 5 deep, and answered soon where it does 4 deep", async () => {
    expect(await byVariable(relationsDeep(5))).toMatchObject(TOO_LARGE);
    const started = performance.now();
    const query = "query ($f: CityFilter) { cities(filter: $f) { totalCount } }";
    expect((await api.untypedData(query, { f: relationsDeep(4) })).cities.totalCount).toBeGreaterThan(0);
    // Row by row it took minutes; as joins some hundredths of a second.
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("is taken where it is nested 20 deep", async () => {
    const query = "query ($f: CityFilter) { cities(filter: $f) { totalCount } }";
    expect(await api.untypedData(query, { f: nested(20) })).toEqual({ cities: { totalCount: 401 } });
  });

  it("is refused with 41 conditions, however they are put together", async () => {
    const condition = { slug: { startsWith: "k" } };
    expect(await byVariable({ and: Array(41).fill(condition) })).toMatchObject(TOO_LARGE);
    expect(
      await byVariable({ or: [{ and: Array(20).fill(condition) }, ...Array<object>(21).fill({ not: condition })] }),
    ).toMatchObject(TOO_LARGE);
    expect(await byVariable({ country: { cities: { some: { or: Array(39).fill(condition) } } } })).toMatchObject(
      TOO_LARGE,
    );
    const query = "query ($f: CityFilter) { cities(filter: $f) { totalCount } }";
    expect(await api.untypedData(query, { f: { and: Array(40).fill(condition) } })).toEqual({
      cities: { totalCount: 30 },
    });
  });

  it("is refused with hundreds of empty filters", async () => {
    expect(await byVariable({ and: Array(400).fill({}) })).toMatchObject(TOO_LARGE);
    expect(await byVariable({ and: Array(200).fill({ not: {} }) })).toMatchObject(TOO_LARGE);
  });

  it.each([
    [{ slug: { in: Array(501).fill("krakow") } }],
    [{ id: { in: Array(501).fill("city_AAAAAAAAAAAAAAAAAAAAAA") } }],
    [{ population: { in: Array(501).fill(1) } }],
    [{ country: { region: { in: Array(501).fill("AFRICA") } } }],
    [{ designations: { some: { designatedOn: { in: Array(501).fill("2018") } } } }],
    [{ designations: { count: { in: Array(501).fill(1) } } }],
  ])("is refused where it lists 501 values", async (filter) => {
    const answer = await byVariable(filter);
    expect(answer).toMatchObject(TOO_LARGE);
    expect(answer.message).toBe('"in" may list 500 values at most, but got 501');
  });
});
