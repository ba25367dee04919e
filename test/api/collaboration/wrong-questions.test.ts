// Questions about links that cannot be answered: each is refused in words, and what is merely empty is no error.
import "reflect-metadata";
import { startApi, type TestApi } from "../../support/api";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const ENDS = 'from: { city: "krakow" }, to: { city: "york" }';
const paths = (args: string): string => `{ collaborationPaths(${args}) { length } }`;
const around = (args: string): string => `{ collaborationNeighborhood(${args}) { truncated } }`;
const graph = (args: string): string => `{ collaborationGraph(${args}) { truncated } }`;
const collaborators = (args: string): string =>
  `{ city(by: { slug: "krakow" }) { collaborators(${args}) { totalCount nodes { __typename } } } }`;

it.each([
  [paths('from: { city: "krakow" }, to: { city: "nowhere" }'), "NO_SUCH_PARTNER", '"to" must be a city'],
  [paths('from: { network: "krakow" }, to: { city: "york" }'), "NO_SUCH_PARTNER", '"from" must be a city'],
  [paths(`${ENDS}, maxLength: 7`), "OUT_OF_BOUNDS", "maxLength must be 1 to 6, but got 7"],
  [paths(`${ENDS}, maxLength: 0`), "OUT_OF_BOUNDS", "maxLength must be 1 to 6, but got 0"],
  [paths(`${ENDS}, limit: 11`), "OUT_OF_BOUNDS", "limit must be 1 to 10, but got 11"],
  [paths(`${ENDS}, maxSharedBy: 1`), "OUT_OF_BOUNDS", "maxSharedBy must be 2 to 100, but got 1"],
  [paths(`${ENDS}, maxSharedBy: 101`), "OUT_OF_BOUNDS", "maxSharedBy must be 2 to 100, but got 101"],
  [paths(`${ENDS}, filter: { minStrength: -0.1 }`), "OUT_OF_BOUNDS", "minStrength must be 0 or more, but got -0.1"],
  [paths(`${ENDS}, filter: { creativeFields: ["jazz"] }`), "NO_SUCH_FIELD", 'no creative field is called "jazz"'],
  [paths(`${ENDS}, filter: { kinds: null }`), "NULL_IN_FILTER", '"kinds" must not be null'],
  [around('of: { city: "nowhere" }'), "NO_SUCH_PARTNER", '"of" must be a city'],
  [around('of: { city: "krakow" }, depth: 4'), "OUT_OF_BOUNDS", "depth must be 1 to 3, but got 4"],
  [around('of: { city: "krakow" }, limit: 501'), "OUT_OF_BOUNDS", "limit must be 1 to 500, but got 501"],
  [graph("limit: 2001"), "OUT_OF_BOUNDS", "limit must be 1 to 2000, but got 2001"],
  [graph("filter: { countries: null }"), "NULL_IN_FILTER", '"countries" must not be null'],
  [collaborators("first: 0"), "BAD_PAGE_SIZE", "first must be 1 to 100, but got 0"],
  [collaborators('first: 5, after: "abc"'), "BAD_CURSOR", "cursor"],
])("refuses %s with %s", async (query, reason, message) => {
  const { errors } = await api.askUntyped(query);
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", reason });
  expect(errors?.[0]?.message).toContain(message);
});

it.each([
  ["a partner and itself", paths('from: { city: "krakow" }, to: { city: "krakow" }'), { collaborationPaths: [] }],
  ["no kind of link", paths(`${ENDS}, filter: { kinds: [] }`), { collaborationPaths: [] }],
  ["a country without cities", paths(`${ENDS}, filter: { countries: ["AQ"] }`), { collaborationPaths: [] }],
  [
    "a strength that no link has",
    graph("filter: { minStrength: 1e308 }"),
    { collaborationGraph: { truncated: false } },
  ],
])("finds nothing, and no fault, for %s", async (_what, query, expected) => {
  expect(await api.untypedData(query)).toEqual(expected);
});

it("takes null for a bound as left out", async () => {
  const all = `${ENDS}, maxLength: null, limit: null, maxSharedBy: null`;
  expect(await api.untypedData(paths(all))).toEqual(await api.untypedData(paths(ENDS)));
  expect(await api.untypedData(graph("limit: null"))).toEqual(await api.untypedData(graph("limit: 1000")));
});
