// The figures of the network's mission, and what the newest records say.
import { startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const END_OF_2018 = "2018-12-31";

describe("the mission's figures", () => {
  it("counts 180 members in 72 countries at the end of 2018", async () => {
    const data = await api.data(
      gql(`query ($day: Date!) {
        cities(filter: { memberOn: $day }, first: 1) { totalCount }
        countries(filter: { cities: { some: { memberOn: $day } } }) { code }
      }`),
      { day: END_OF_2018 },
    );
    expect(data.cities.totalCount).toBe(180);
    expect(data.countries).toHaveLength(72);
  });

  it.each([
    ["crafts-and-folk-art", 37],
    ["design", 31],
    ["film", 13],
    ["gastronomy", 26],
    ["literature", 28],
    ["media-arts", 14],
    ["music", 31],
    ["architecture", 0],
  ])("counts the members in %s that day: %i", async (field, members) => {
    const data = await api.data(
      gql(`query ($field: String!, $day: Date!) {
        byArgument: designations(filter: { creativeField: { slug: { eq: $field } } }, validOn: $day, first: 1) { totalCount }
        byFilter: designations(filter: { validOn: $day, creativeField: { slug: { eq: $field } } }, first: 1) { totalCount }
        cities(filter: { designations: { validOn: $day, some: { creativeField: { slug: { eq: $field } } } } }, first: 1) { totalCount }
        creativeField(by: { slug: $field }) { cities(validOn: $day, first: 1) { totalCount } }
      }`),
      { field, day: END_OF_2018 },
    );
    expect([
      data.byArgument.totalCount,
      data.byFilter.totalCount,
      data.cities.totalCount,
      data.creativeField?.cities.totalCount,
    ]).toEqual([members, members, members, members]);
  });
});

describe("the records of today", () => {
  it("has 401 members", async () => {
    const data = await api.data(gql(`{ cities(filter: { memberOn: "2026-11-20" }, first: 1) { totalCount } }`));
    expect(data.cities.totalCount).toBe(401);
  });

  it("keeps Lyon a member since 2008 through its change of field", async () => {
    const data = await api.data(
      gql(`query ($day: Date!) { city(by: { slug: "lyon" }) {
        memberSince
        today: creativeFields { name }
        then: creativeFields(validOn: $day) { name(language: FR) }
        designations { designatedOn endedOn creativeField { slug } }
      } }`),
      { day: END_OF_2018 },
    );
    expect(data.city).toEqual({
      memberSince: "2008",
      today: [{ name: "Literature" }],
      then: [{ name: "Arts numériques" }],
      designations: [
        { designatedOn: "2008", endedOn: "2023-10-31", creativeField: { slug: "media-arts" } },
        { designatedOn: "2023-10-31", endedOn: null, creativeField: { slug: "literature" } },
      ],
    });
  });

  it("tells the two Granadas apart", async () => {
    const data = await api.data(
      gql(`{ cities(filter: { name: { eq: "Granada" } }) { nodes { slug country { code } } } }`),
    );
    expect(data.cities.nodes).toEqual(
      expect.arrayContaining([
        { slug: "granada", country: { code: "ES" } },
        { slug: "granada-ni", country: { code: "NI" } },
      ]),
    );
    expect(data.cities.nodes).toHaveLength(2);
  });

  it.each(["Cracovia", "krakow", "Kraków", "Краков", "KRAKAU", "Krakkow", "克拉科夫"])(
    "finds Krakow first for %s",
    async (query) => {
      const data = await api.data(
        gql(`query ($query: String!) { search(query: $query, first: 3) { nodes { ... on City { slug } } } }`),
        { query },
      );
      expect(data.search.nodes[0]).toEqual({ slug: "krakow" });
    },
  );
});
