// Filters of any shape over cities, against a plain reading of all cities: and, or and not mean what they say, and a
// condition on days means what its dates say.
import fc from "fast-check";
import { allRows, type Row } from "../support/all-rows";
import { startApi, TODAY, type TestApi } from "../support/api";
import { distanceKm } from "../support/distance";
import { asSecretariat } from "../support/viewers";

let api: TestApi;
let cities: Row[];
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
  await api.database.execute("UPDATE city SET population = nullif(length(name), 7) * 1000");
  cities = await allRows(
    api,
    "cities",
    "",
    `slug name kind population location { latitude longitude } country { code region globalSouth }
     designations { designatedOn endedOn creativeField { slug } }`,
  );
});
afterAll(() => api.close());

/** A filter together with its plain meaning. */
interface Condition {
  filter: object;
  holds: (city: Row) => boolean;
}

interface Designation {
  designatedOn: string;
  endedOn: string | null;
  creativeField: { slug: string } | null;
}

const firstDay = (date: string): string => `${date}-01-01`.slice(0, 10);
const inForce = ({ designatedOn, endedOn }: Designation, day: string): boolean =>
  firstDay(designatedOn) <= day && (endedOn === null || firstDay(endedOn) > day);

const day = fc.oneof(
  fc
    .date({ min: new Date("2003-01-01"), max: new Date("2027-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.constantFrom("2018-12-31", "2023-10-31", "2023-10-30", "2008-01-01", TODAY),
);
const fieldSlug = fc.constantFrom("music", "literature", "design", "film", "media-arts", "gastronomy", "architecture");

const ofDesignation: fc.Arbitrary<{ filter: object; holds: (designation: Designation) => boolean }> = fc.oneof(
  fc.constant({ filter: {}, holds: () => true }),
  fieldSlug.map((slug) => ({
    filter: { creativeField: { slug: { eq: slug } } },
    holds: (d: Designation) => d.creativeField?.slug === slug,
  })),
  fc.boolean().map((isNull) => ({
    filter: { creativeField: { isNull } },
    holds: (d: Designation) => (d.creativeField === null) === isNull,
  })),
  fc
    .boolean()
    .map((isNull) => ({ filter: { endedOn: { isNull } }, holds: (d: Designation) => (d.endedOn === null) === isNull })),
  day.map((from) => ({
    filter: { designatedOn: { gte: from } },
    holds: (d: Designation) => firstDay(d.designatedOn) >= from,
  })),
  day.map((on) => ({ filter: { validOn: on }, holds: (d: Designation) => inForce(d, on) })),
);

const onDesignations: fc.Arbitrary<Condition> = fc
  .record({
    inner: ofDesignation,
    when: fc.option(day, { nil: undefined }),
    kind: fc.constantFrom("some", "none", "count"),
    most: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ inner, when, kind, most }) => {
    const validOn = when === undefined ? {} : { validOn: when };
    const among = (city: Row): Designation[] =>
      (city.designations as Designation[]).filter((d) => when === undefined || inForce(d, when));
    if (kind === "count")
      return {
        filter: { designations: { count: { lte: most }, ...validOn } },
        holds: (city) => among(city).length <= most,
      };
    return {
      filter: { designations: { [kind]: inner.filter, ...validOn } },
      holds: (city) => among(city).some(inner.holds) === (kind === "some"),
    };
  });

// The fields of a city that are joined through its designations; silent about the day, those of today.
const onFields: fc.Arbitrary<Condition> = fc
  .record({ slug: fieldSlug, when: fc.option(fc.option(day, { nil: null }), { nil: undefined }) })
  .map(({ slug, when }) => ({
    filter: { creativeFields: { some: { slug: { eq: slug } }, ...(when === undefined ? {} : { validOn: when }) } },
    holds: (city) =>
      (city.designations as Designation[]).some(
        (d) => d.creativeField?.slug === slug && (when === null || inForce(d, when ?? TODAY)),
      ),
  }));

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant({ filter: {}, holds: () => true }),
  fc
    .constantFrom("a", "kr", "s", "zz")
    .map((text) => ({ filter: { slug: { startsWith: text } }, holds: (city: Row) => city.slug.startsWith(text) })),
  fc
    .constantFrom("a", "ã", "San", "-", " ")
    .map((text) => ({ filter: { name: { contains: text } }, holds: (city: Row) => city.name.includes(text) })),
  fc.integer({ min: 3, max: 12 }).map((n) => ({
    filter: { population: { gt: n * 1000 } },
    holds: (city: Row) => city.population !== null && city.population > n * 1000,
  })),
  fc.boolean().map((isNull) => ({
    filter: { population: { isNull } },
    holds: (city: Row) => (city.population === null) === isNull,
  })),
  fc
    .constantFrom("PL", "BR", "JP", "XX")
    .map((code) => ({ filter: { country: { code: { eq: code } } }, holds: (city: Row) => city.country.code === code })),
  fc.constantFrom("AFRICA", "ARAB_STATES").map((region) => ({
    filter: { country: { region: { in: [region] } } },
    holds: (city: Row) => city.country.region === region,
  })),
  fc.boolean().map((is) => ({
    filter: { country: { globalSouth: { eq: is } } },
    holds: (city: Row) => city.country.globalSouth === is,
  })),
  day.map((on) => ({
    filter: { memberOn: on },
    holds: (city: Row) => (city.designations as Designation[]).some((d) => inForce(d, on)),
  })),
  fc
    .record({
      latitude: fc.integer({ min: -90, max: 90 }),
      longitude: fc.integer({ min: -180, max: 180 }),
      withinKm: fc.integer({ min: 0, max: 20_000 }),
    })
    .map((near) => ({
      filter: { near },
      holds: (city: Row) => city.location !== null && distanceKm(near, city.location) <= near.withinKm,
    })),
  onDesignations,
  onFields,
);

const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie("tree").map(({ filter, holds }) => ({ filter: { not: filter }, holds: (city: Row) => !holds(city) })),
    fc.array(tie("tree"), { maxLength: 3 }).map((parts) => ({
      filter: { and: parts.map((part) => part.filter) },
      holds: (city: Row) => parts.every((part) => part.holds(city)),
    })),
    fc.array(tie("tree"), { maxLength: 3 }).map((parts) => ({
      filter: { or: parts.map((part) => part.filter) },
      holds: (city: Row) => parts.some((part) => part.holds(city)),
    })),
    // Conditions that stand beside each other must all hold.
    fc.tuple(leaf, tie("tree")).map(([a, b]) => ({
      filter: { ...a.filter, and: [b.filter] },
      holds: (city: Row) => a.holds(city) && b.holds(city),
    })),
  ),
}));

async function found(filter: object): Promise<{ total: number; slugs: string[] }> {
  const query = "query ($f: CityFilter) { cities(filter: $f, first: 100) { totalCount nodes { slug } } }";
  const { data, errors } = await api.askUntyped(query, { f: filter });
  expect(errors).toBeUndefined();
  return { total: data.cities.totalCount, slugs: (data.cities.nodes as Row[]).map((city) => city.slug as string) };
}

describe("a filter of any shape", () => {
  it("finds the cities for which it holds, in their order", async () => {
    const property = fc.asyncProperty(tree, async ({ filter, holds }) => {
      const expected = cities.filter(holds).map((city) => city.slug as string);
      expect(await found(filter)).toEqual({ total: expected.length, slugs: expected.slice(0, 100) });
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("and its not together find every city once", async () => {
    const property = fc.asyncProperty(tree, async ({ filter }) => {
      const [those, others] = [await found(filter), await found({ not: filter })];
      expect(those.total + others.total).toBe(cities.length);
    });
    await fc.assert(property, { numRuns: 50 });
  });
});

describe("a member on a day", () => {
  it("is found by memberOn exactly where a designation was in force", async () => {
    await fc.assert(
      fc.asyncProperty(day, async (on) => {
        const members = cities.filter((city) => (city.designations as Designation[]).some((d) => inForce(d, on)));
        const data = await api.untypedData(
          `query ($on: Date!) {
            cities(filter: { memberOn: $on }, first: 1) { totalCount }
            byDesignations: cities(filter: { designations: { some: { validOn: $on } } }, first: 1) { totalCount }
            designations(validOn: $on, first: 1) { totalCount }
            filtered: designations(filter: { validOn: $on }, first: 1) { totalCount }
          }`,
          { on },
        );
        const inForceThen = cities.flatMap((city) =>
          (city.designations as Designation[]).filter((d) => inForce(d, on)),
        ).length;
        expect(data).toEqual({
          cities: { totalCount: members.length },
          byDesignations: { totalCount: members.length },
          designations: { totalCount: inForceThen },
          filtered: { totalCount: inForceThen },
        });
      }),
      { numRuns: 60 },
    );
  });
});
