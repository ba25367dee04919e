// Cities and projects counted in groups: by each dimension and each two, and with any filter, the groups add up to the list that they are of.
import { cityDimensions } from "../../../src/statistics/city-dimensions";
import { projectDimensions } from "../../../src/statistics/project-dimensions";
import { startApi, TODAY, type TestApi } from "../../support/api";
import { addRowsOfEmptyTypes } from "../../support/rows-of-every-type";

const END_OF_2018 = "2018-12-31";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await addRowsOfEmptyTypes(api.database);
});
afterAll(() => api.close());

interface Group {
  keys: { key: string | null }[];
  count: number;
}

async function groups(field: string, args: string): Promise<Group[]> {
  const data = await api.untypedData(`{ ${field}(${args}) { keys { key } count } }`);
  return data[field] as Group[];
}

const names = (of: readonly { name: string }[]): string[] => of.map(({ name }) => name);
const pairs = (of: string[]): string[] =>
  of.flatMap((one, i) => [one, ...of.slice(i + 1).map((other) => `[${one}, ${other}]`)]);
const filters = {
  cities: [
    "{}",
    `{ memberOn: "${END_OF_2018}" }`,
    '{ networks: { count: { gte: 2 } }, not: { country: { code: { eq: "CN" } } } }',
    '{ slug: { eq: "no-such-city" } }',
  ],
  projects: ["{}", "{ goals: { some: {} } }", '{ cities: { some: { country: { code: { in: ["KR", "PL"] } } } } }'],
};
const cases = [
  ...pairs(names(cityDimensions)).map((groupBy) => ["cities", "cityStatistics", groupBy] as const),
  ...pairs(names(projectDimensions)).map((groupBy) => ["projects", "projectStatistics", groupBy] as const),
];

it.each(cases)("the groups add up to the list of %s with any filter: %s by %s", async (list, field, groupBy) => {
  for (const filter of filters[list]) {
    for (const day of list === "cities" ? [TODAY, END_OF_2018] : [undefined]) {
      const args = `filter: ${filter}, groupBy: ${groupBy}${day === undefined ? "" : `, validOn: "${day}"`}`;
      const found = await groups(field, args);
      const data = await api.untypedData(`{ ${list}(filter: ${filter}, first: 1) { totalCount } }`);
      expect(found.reduce((all, { count }) => all + count, 0)).toBe(data[list].totalCount);
      // No two groups are the same.
      expect(new Set(found.map(({ keys }) => JSON.stringify(keys))).size).toBe(found.length);
    }
  }
});
