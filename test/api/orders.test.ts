// Orders by values with ties and gaps, forward and backward, against a plain sort of all rows.
import { startApi, type TestApi } from "../support/api";
import { allRows, type Row } from "../support/all-rows";
import { distanceKm } from "../support/distance";
import { asSecretariat } from "../support/viewers";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
});
afterAll(() => api.close());

const KRAKOW = { latitude: 50.06, longitude: 19.94 };

describe("an order", () => {
  const RANDOM_POPULATIONS = `UPDATE city SET population = nullif(length(name) % 5, 0)`;
  let rows: Row[];
  beforeAll(async () => {
    await api.database.execute(RANDOM_POPULATIONS);
    rows = await allRows(api, "cities", "", "slug population location { latitude longitude }");
  });

  const cases = ["POPULATION", "LATITUDE"].flatMap((field) =>
    ["ASC", "DESC"].flatMap((direction) =>
      ["FIRST", "LAST"].flatMap((nulls) =>
        ["forward", "backward"].map((way) => [field, direction, nulls, way] as const),
      ),
    ),
  );
  it.each(cases)(
    "by %s %s, unknown ones %s, read %s, is that of a plain sort",
    async (field, direction, nulls, way) => {
      const value = (row: Row): number | null =>
        field === "POPULATION" ? row.population : (row.location?.latitude ?? null);
      const expected = [...rows].sort(
        (a, b) =>
          compare(value(a), value(b), direction, nulls) ||
          (direction === "ASC" ? 1 : -1) * (uuidOf(a) < uuidOf(b) ? -1 : 1),
      );
      const read: string[] = [];
      let cursor: string | null = null;
      do {
        const args: string = way === "forward" ? `first: 60, after: $c` : `last: 60, before: $c`;
        const data = await api.untypedData(
          `query ($c: String) { cities(orderBy: [{ field: ${field}, direction: ${direction}, nulls: ${nulls} }], ${args}) { nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
          { c: cursor },
        );
        const page = (data.cities.nodes as { slug: string }[]).map((node) => node.slug);
        const { pageInfo } = data.cities;
        if (way === "forward") read.push(...page);
        else read.unshift(...page);
        cursor =
          way === "forward"
            ? pageInfo.hasNextPage
              ? pageInfo.endCursor
              : null
            : pageInfo.hasPreviousPage
              ? pageInfo.startCursor
              : null;
      } while (cursor !== null);
      expect(read).toEqual(expected.map((row) => row.slug));
    },
  );

  it("by distance has the nearest first, and the places that are not known where nulls says", async () => {
    const by = (nulls: string): string =>
      `, orderBy: [{ field: DISTANCE, from: { latitude: 50.06, longitude: 19.94 }, nulls: ${nulls} }]`;
    const sorted = await allRows(api, "cities", by("LAST"), "slug location { latitude longitude }");
    expect(sorted[0]?.slug).toBe("krakow");
    const known = sorted.filter((row) => row.location !== null).map((row) => distanceKm(KRAKOW, row.location));
    expect(known.length).toBeGreaterThan(390);
    known.reduce((nearer, farther) => {
      expect(farther).toBeGreaterThanOrEqual(nearer - 1e-6);
      return farther;
    });
    expect(sorted.slice(known.length).every((row) => row.location === null)).toBe(true);
    const unknownFirst = await allRows(api, "cities", by("FIRST"), "slug");
    expect(unknownFirst.findIndex((row) => row.slug === "krakow")).toBe(sorted.length - known.length);
  });
});

function compare(a: number | null, b: number | null, direction: string, nulls: string): number {
  if (a === null || b === null) return a === b ? 0 : (a === null) === (nulls === "FIRST") ? -1 : 1;
  return direction === "ASC" ? a - b : b - a;
}

/** Ids are in the order of the UUIDs that they hold. */
function uuidOf({ id }: Row): string {
  return Buffer.from(id.split("_").slice(1).join("_"), "base64url").toString("hex");
}
