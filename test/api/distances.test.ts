// Distances between places that hardly differ, and at the edges of the earth: numbers that a float cannot hold are no reason to fail.
import "reflect-metadata";
import { startApi, type TestApi } from "../support/api";
import { distanceKm } from "../support/distance";
import { addTo } from "../support/records";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await addTo(api.database, async (add) => {
    await add.city({ slug: "place-1", latitude: 1e-300, longitude: -1e-300 });
    await add.city({ slug: "place-2", latitude: 0, longitude: 0 });
    await add.city({ slug: "place-3", latitude: 90, longitude: 180 });
    await add.city({ slug: "place-4", latitude: -90, longitude: -180 });
    await add.city({ slug: "place-5", latitude: 1e-8, longitude: 0 });
  });
});
afterAll(() => api.close());

const places: Record<string, { latitude: number; longitude: number }> = {
  "place-1": { latitude: 0, longitude: 0 },
  "place-2": { latitude: 0, longitude: 0 },
  "place-3": { latitude: 90, longitude: 180 },
  "place-4": { latitude: -90, longitude: -180 },
  "place-5": { latitude: 1e-8, longitude: 0 },
};

it.each([
  [5e-324, 0],
  [0, 0],
  [-1e-310, 1e-170],
  [1e-200, 5e-324],
  [90, 0],
  [-90, 180],
])("are counted from latitude %p, longitude %p", async (latitude, longitude) => {
  const query = `query ($near: NearInput, $from: GeoPointInput) {
    near: cities(first: 100, filter: { near: $near, slug: { startsWith: "place-" } }) { nodes { slug } }
    order: cities(first: 100, filter: { slug: { startsWith: "place-" } }, orderBy: [{ field: DISTANCE, from: $from }]) { nodes { slug } }
  }`;
  const { near, order } = await api.untypedData(query, {
    near: { latitude, longitude, withinKm: 0.00001 },
    from: { latitude, longitude },
  });
  const from = (slug: string): number => distanceKm({ latitude, longitude }, places[slug]!);
  const slugs = order.nodes.map(({ slug }: { slug: string }) => slug) as string[];
  expect([...slugs].sort()).toEqual(Object.keys(places));
  expect(slugs.map(from)).toEqual(slugs.map(from).sort((a, b) => a - b));
  const within = Object.keys(places).filter((slug) => from(slug) <= 0.00001);
  expect(near.nodes.map(({ slug }: { slug: string }) => slug).sort()).toEqual(within);
});
