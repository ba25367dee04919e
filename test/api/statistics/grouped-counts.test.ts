// Cities and projects counted in groups: the figures of the reference data, and groups that add up to the list they are of.
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";
import { startApi, TODAY, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { isInForce, referenceRows, tally } from "../../support/reference-rows";

const END_OF_2018 = "2018-12-31";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const CITIES = gql(`query ($by: [CityDimension!]!, $filter: CityFilter, $validOn: Date) {
  cityStatistics(groupBy: $by, filter: $filter, validOn: $validOn) { keys { key label values { value label } } count isRest }
}`);
const PROJECTS = gql(`query ($by: [ProjectDimension!]!, $severalValues: SeveralValues) {
  projectStatistics(groupBy: $by, severalValues: $severalValues) { keys { key label values { value label } } count isRest }
}`);
type Group = ResultOf<typeof CITIES>["cityStatistics"][number];

const cityGroups = async (variables: VariablesOf<typeof CITIES>): Promise<Group[]> =>
  (await api.data(CITIES, variables)).cityStatistics;
const projectGroups = async (variables: VariablesOf<typeof PROJECTS>): Promise<Group[]> =>
  (await api.data(PROJECTS, variables)).projectStatistics;

const counted = (of: Group[]): [string | null, number][] => of.map(({ keys, count }) => [keys[0]!.key, count]);
const sum = (of: Group[]): number => of.reduce((all, { count }) => all + count, 0);

describe("cities", () => {
  const cities = referenceRows("cities.csv");
  const countries = new Map(referenceRows("countries.csv").map((row) => [row.code, row]));
  const designations = referenceRows("designations.csv");

  it("are counted by country", async () => {
    const expected = tally(cities.map((row) => row.country_code!));
    expect(expected[0]).toEqual(["CN", 20]);
    expect(counted(await cityGroups({ by: "COUNTRY" }))).toEqual(expected);
  });

  it("are counted by region and by their place in the Global South", async () => {
    expect(counted(await cityGroups({ by: "REGION" }))).toEqual([
      ["EUROPE_AND_NORTH_AMERICA", 174],
      ["ASIA_AND_THE_PACIFIC", 109],
      ["LATIN_AMERICA_AND_THE_CARIBBEAN", 65],
      ["ARAB_STATES", 27],
      ["AFRICA", 26],
    ]);
    const south = cities.filter((row) => countries.get(row.country_code)?.unctad_status === "developing");
    expect(counted(await cityGroups({ by: "GLOBAL_SOUTH" }))).toEqual([
      ["true", south.length],
      ["false", cities.length - south.length],
    ]);
  });

  it.each([TODAY, END_OF_2018, "2005-06-30"])(
    "that are members on %s are counted by their fields then",
    async (day) => {
      const then = designations.filter((row) => isInForce(row, day));
      const found = await cityGroups({ by: "CREATIVE_FIELD", filter: { memberOn: day }, validOn: day });
      expect(counted(found)).toEqual(tally(then.map((row) => row.creative_field || null)));
    },
  );

  it("are counted by the year since which they are members", async () => {
    const by2018 = await cityGroups({
      by: "MEMBER_SINCE_YEAR",
      filter: { memberOn: END_OF_2018 },
      validOn: END_OF_2018,
    });
    expect(counted(by2018)).toEqual(
      tally(designations.filter((row) => isInForce(row, END_OF_2018)).map((row) => row.year!)),
    );
    // Lyon changed its field in 2023 and is a member since 2008.
    const lyon = await cityGroups({ by: "MEMBER_SINCE_YEAR", filter: { slug: { eq: "lyon" } } });
    expect(counted(lyon)).toEqual([["2008", 1]]);
    // In 2018 those that came later were no members.
    const others = await cityGroups({ by: "MEMBER_SINCE_YEAR", validOn: END_OF_2018 });
    expect(others[0]).toMatchObject({ keys: [{ key: null, label: "No member", values: [] }], count: 401 - 180 });
  });

  it("are counted by two dimensions at once", async () => {
    const fieldOf = new Map(
      designations.filter((row) => isInForce(row, TODAY)).map((row) => [row.city_slug, row.creative_field || ""]),
    );
    const expected = tally(cities.map((row) => `${row.country_code} ${fieldOf.get(row.slug)}`));
    const found = await cityGroups({ by: ["COUNTRY", "CREATIVE_FIELD"] });
    expect(found.map(({ keys: [country, field], count }) => [`${country!.key} ${field!.key ?? ""}`, count])).toEqual(
      expected,
    );
  });

  it("are called in the language that is asked for, where there is a name in it", async () => {
    const data = await api.data(
      gql(`{ cityStatistics(groupBy: [COUNTRY, REGION], filter: { slug: { eq: "krakow" } }) {
      keys { dimension key label german: label(language: DE) values { value label(language: FR) } }
    } }`),
    );
    expect(data.cityStatistics).toEqual([
      {
        keys: [
          {
            dimension: "COUNTRY",
            key: "PL",
            label: "Poland",
            german: "Poland",
            values: [{ value: "PL", label: "Pologne" }],
          },
          {
            dimension: "REGION",
            key: "EUROPE_AND_NORTH_AMERICA",
            label: "Europe and North America",
            german: "Europe and North America",
            values: [{ value: "EUROPE_AND_NORTH_AMERICA", label: "Europe and North America" }],
          },
        ],
      },
    ]);
  });
});

describe("records with several values", () => {
  const rows = referenceRows("projects.csv");
  const goalsOf = (row: (typeof rows)[number]): string[] =>
    row.sdgs!.split(";").flatMap((goal) => (goal.trim() === "" ? [] : [goal.trim()]));

  it("count once, in the group of exactly these values", async () => {
    const together = await projectGroups({ by: "GOAL" });
    const combined = (row: (typeof rows)[number]): string | null =>
      [...new Set(goalsOf(row))].sort((one, other) => Number(one) - Number(other)).join("+") || null;
    expect(new Map(counted(together))).toEqual(new Map(tally(rows.map(combined))));
    expect(sum(together)).toBe(54);
    const several = together.find(({ keys }) => keys[0]!.values.length > 1)!;
    expect(several.keys[0]!.key).toBe(several.keys[0]!.values.map(({ value }) => value).join("+"));
    expect(several.keys[0]!.label).toBe(several.keys[0]!.values.map(({ label }) => label).join(" + "));
  });

  it("count once for each value where that is asked for", async () => {
    const each = await projectGroups({ by: "GOAL", severalValues: "EACH" });
    const expected = tally(rows.flatMap((row) => (goalsOf(row).length === 0 ? [null] : goalsOf(row))));
    expect(counted(each)).toEqual(expected);
    expect(sum(each)).toBeGreaterThan(54);
    for (const { keys } of each) expect(keys[0]!.values.length).toBeLessThan(2);
  });

  it("count for each pair of values of two dimensions", async () => {
    const expected = tally(
      rows.flatMap((row) =>
        (goalsOf(row).length === 0 ? [""] : goalsOf(row)).flatMap((goal) =>
          (row.creative_fields || "").split(";").map((field) => `${goal} ${field.trim()}`),
        ),
      ),
    );
    const each = await projectGroups({ by: ["GOAL", "CREATIVE_FIELD"], severalValues: "EACH" });
    const found = each.map(({ keys, count }) => [`${keys[0]!.key ?? ""} ${keys[1]!.key ?? ""}`, count] as const);
    expect(new Map(found)).toEqual(new Map(expected));
  });
});
