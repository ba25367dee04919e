// Records that are gone, and those that others were merged into.
import { startApi, type TestApi } from "../support/api";
import { gql } from "../support/gql";
import { addTo } from "../support/records";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

async function run(script: string): Promise<void> {
  await api.database.write("tester", (session) => session.execute(script));
}

const CITY = gql("query ($slug: String!) { city(by: { slug: $slug }) { id } }");

/** New cities with these slugs, and their ids. */
async function makeCities(...slugs: string[]): Promise<string[]> {
  for (const slug of slugs) {
    await addTo(api.database, async (add) => {
      const { id } = await add.city({ slug });
      await add.externalId(id, "test", slug);
    });
  }
  const ids: string[] = [];
  for (const slug of slugs) ids.push((await api.data(CITY, { slug })).city!.id);
  return ids;
}

async function merge(slug: string, into: string): Promise<void> {
  await run(`
    CREATE TEMPORARY TABLE merging AS SELECT (SELECT id FROM city WHERE slug = '${slug}') AS gone,
      coalesce((SELECT id FROM city WHERE slug = '${into}'), (SELECT record_id FROM change_log WHERE changes -> 'slug' ->> 1 = '${into}' LIMIT 1)) AS target;
    DELETE FROM city WHERE id = (SELECT gone FROM merging);
    UPDATE record SET merged_into = (SELECT target FROM merging) WHERE id = (SELECT gone FROM merging);
    DROP TABLE merging`);
}

const ways = async (id: string): Promise<unknown[]> => {
  const { node, nodes, city } = await api.data(
    gql(`query ($id: ID!) {
      node(id: $id) { ... on City { slug } }
      nodes(ids: [$id, $id]) { ... on City { slug } }
      city(by: { id: $id }) { slug }
    }`),
    { id },
  );
  return [node, ...nodes, city].map((found) => (found !== null && "slug" in found ? found.slug : null));
};

describe("a deleted record", () => {
  it("is null by every way that led to it, and out of every list", async () => {
    const [id] = (await makeCities("short-lived")) as [string];
    expect(await ways(id)).toEqual(Array(4).fill("short-lived"));
    await run("DELETE FROM city WHERE slug = 'short-lived'");
    expect(await ways(id)).toEqual(Array(4).fill(null));
    expect(
      await api.data(
        gql(`query ($id: ID!) {
          city(by: { slug: "short-lived" }) { id }
          other: city(by: { externalId: { scheme: "test", value: "short-lived" } }) { id }
          cities(filter: { id: { eq: $id } }) { totalCount }
          search(query: "short-lived") { nodes { id } }
        }`),
        { id },
      ),
    ).toEqual({ city: null, other: null, cities: { totalCount: 0 }, search: { nodes: [] } });
  });
});

describe("a merged record", () => {
  it("leads to the one that it was merged into, by every id, through chains of three", async () => {
    const [a, b, c, d] = (await makeCities("merge-a", "merge-b", "merge-c", "merge-d")) as [
      string,
      string,
      string,
      string,
    ];
    await merge("merge-a", "merge-b");
    expect(await ways(a)).toEqual(Array(4).fill("merge-b"));
    await merge("merge-b", "merge-c");
    await merge("merge-c", "merge-d");
    for (const id of [a, b, c, d]) expect(await ways(id)).toEqual(Array(4).fill("merge-d"));
    const { nodes } = await api.data(gql("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"), { ids: [c, a, d, b] });
    expect(nodes).toEqual(Array(4).fill({ id: d }));
  });

  it("is null when the one at the end is gone", async () => {
    const [e] = (await makeCities("merge-e", "merge-f")) as [string, string];
    await merge("merge-e", "merge-f");
    await run("DELETE FROM city WHERE slug = 'merge-f'");
    expect(await ways(e)).toEqual(Array(4).fill(null));
  });

  it("cannot be made a ring with one that is there, nor be its own end", async () => {
    await makeCities("merge-g");
    await expect(
      run("UPDATE record SET merged_into = id WHERE id = (SELECT id FROM city WHERE slug = 'merge-g')"),
    ).rejects.toThrow("record_only_a_deleted_one_is_merged");
    await expect(
      run(
        "UPDATE record SET merged_into = (SELECT id FROM city WHERE slug = 'krakow') WHERE id = (SELECT id FROM city WHERE slug = 'merge-g')",
      ),
    ).rejects.toThrow("record_only_a_deleted_one_is_merged");
  });

  it("in a ring of deleted ones, made by hand, is null and ends", async () => {
    const [h, i] = (await makeCities("merge-h", "merge-i")) as [string, string];
    await merge("merge-h", "merge-i");
    await run(`
      DELETE FROM city WHERE slug = 'merge-i';
      UPDATE record SET merged_into = (SELECT r.id FROM record r WHERE r.merged_into = record.id)
      WHERE id = (SELECT record_id FROM change_log WHERE changes -> 'slug' ->> 1 = 'merge-i' LIMIT 1)`);
    expect(await ways(h)).toEqual(Array(4).fill(null));
    expect(await ways(i)).toEqual(Array(4).fill(null));
  });
});

describe("a reference", () => {
  it("to a city by an external id follows no merge: the key went with the city", async () => {
    await makeCities("merge-j", "merge-k");
    await merge("merge-j", "merge-k");
    const query = gql('query ($v: String!) { city(by: { externalId: { scheme: "test", value: $v } }) { slug } }');
    expect(await api.data(query, { v: "merge-j" })).toEqual({ city: null });
    expect(await api.data(query, { v: "merge-k" })).toEqual({ city: { slug: "merge-k" } });
  });

  it("by a code or by an external id finds its record", async () => {
    expect(
      await api.data(
        gql(`{
        country(code: "PL") { name }
        city(by: { externalId: { scheme: "WIKIDATA", value: "Q31487" } }) { slug }
        wrongScheme: city(by: { externalId: { scheme: "GEONAMES", value: "Q31487" } }) { slug }
      }`),
      ),
    ).toEqual({ country: { name: "Poland" }, city: { slug: "krakow" }, wrongScheme: null });
  });
});
