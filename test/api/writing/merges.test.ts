// Two records that turn out to be one: every way to the one that went leads to the one that stayed, for ever.
import "reflect-metadata";
import { catalogue } from "../../../src/catalogue";
import { loadDataset } from "../../../src/database/load/load";
import { readRevision } from "../../../src/database/read/revision";
import { DATA_FOLDER } from "../../../src/installation";
import { postGraphql, startApi, type TestApi } from "../../support/api";
import { askWith, bearing, makeKey, scopeId } from "../../support/keys";

let api: TestApi;
let secretariat: string;
beforeAll(async () => {
  api = await startApi();
  secretariat = await makeKey(api.database, "SECRETARIAT");
});
afterAll(() => api.close());

const MERGE = `mutation ($input: MergeCitiesInput!) {
  mergeCities(input: $input) { revision userErrors { code path message } city { id slug names { language name } externalIds { scheme value } } }
}`;

async function merge(by: string, into: string): Promise<any> {
  const { data, errors } = await askWith(api.url, secretariat, MERGE, {
    input: { by: { slug: by }, into: { slug: into } },
  });
  expect(errors).toBeUndefined();
  return data.mergeCities;
}

async function write(query: string): Promise<any> {
  const { data, errors } = await askWith(api.url, secretariat, `mutation { ${query} }`);
  expect(errors).toBeUndefined();
  return data;
}

it("leads every old way to the record that stays, and moves what referred to the other", async () => {
  const made = await write(`
    createCity(input: { slug: "krakow-again", name: "Cracovia Nova", kind: "city", country: { code: "PL" }, population: 3,
      externalIds: [{ scheme: "MINE", value: "7" }], names: [{ language: "fr", name: "Cracovie" }] }) { city { id } userErrors { message } }
    createNetworkMembership(input: { network: { slug: "iccar" }, city: { slug: "krakow-again" }, role: MEMBER, since: "1999", until: "2000" })
      { networkMembership { id } userErrors { message } }`);
  const key = await makeKey(api.database, "CITY", await scopeId(api.database, "CITY", "krakow-again"));
  const before = await api.untypedData(
    `{ city(by: { slug: "krakow" }) { id designations { id } memberships(first: 100) { totalCount } } }`,
  );

  const merged = await merge("krakow-again", "krakow");
  expect(merged.userErrors).toEqual([]);
  expect(merged.city).toMatchObject({ id: before.city.id, slug: "krakow" });
  expect(merged.city.names).toEqual(
    expect.arrayContaining([
      { language: null, name: "Cracovia Nova" },
      { language: "fr", name: "Cracovie" },
    ]),
  );
  expect(merged.city.externalIds).toEqual(expect.arrayContaining([{ scheme: "MINE", value: "7" }]));

  const oldId = made.createCity.city.id as string;
  const ways = await api.untypedData(
    `query ($id: ID!) {
      node(id: $id) { id } nodes(ids: [$id]) { id } byId: city(by: { id: $id }) { id }
      bySlug: city(by: { slug: "krakow-again" }) { id } byKey: city(by: { externalId: { scheme: "MINE", value: "7" } }) { id }
      city(by: { slug: "krakow" }) { designations { id } population memberships(first: 100) { totalCount nodes { id } } }
    }`,
    { id: oldId },
  );
  const krakow = { id: before.city.id };
  expect(ways).toMatchObject({ node: krakow, nodes: [krakow], byId: krakow, bySlug: krakow, byKey: krakow });
  expect(ways.city.designations).toEqual(before.city.designations);
  expect(ways.city.population).toBe(3);
  expect(ways.city.memberships.totalCount).toBe(Number(before.city.memberships.totalCount) + 1);
  expect(ways.city.memberships.nodes).toContainEqual(made.createNetworkMembership.networkMembership);

  // The key of the city that went is one of the city that stayed; mutations follow the old slug too.
  const { data } = await postGraphql(api.url, { query: `{ viewer { city { slug } } }` }, bearing(key));
  expect(data.viewer.city).toEqual({ slug: "krakow" });
  const { updateCity } = await write(
    `updateCity(input: { by: { slug: "krakow-again" }, kind: "city" }) { city { slug } userErrors { message } }`,
  );
  expect(updateCity).toEqual({ city: { slug: "krakow" }, userErrors: [] });

  // Its slug is not given again.
  const { createCity } = await write(
    `createCity(input: { slug: "krakow-again", name: "Other", kind: "city", country: { code: "PL" } }) { userErrors { code path } }`,
  );
  expect(createCity.userErrors).toEqual([{ code: "NOT_UNIQUE", path: ["input", "slug"] }]);
});

it("refuses to merge two that have what one can have only once, and a record with itself", async () => {
  const { revision } = await readRevision(api.database);
  expect((await merge("krakow", "krakow")).userErrors).toMatchObject([{ code: "INVALID", path: ["input", "into"] }]);
  // Both are designated in the same field at the same time.
  expect((await merge("krakow", "dublin")).userErrors).toMatchObject([{ code: "NOT_UNIQUE", path: ["input", "by"] }]);
  expect((await readRevision(api.database)).revision).toBe(revision);
});

it("follows a chain of merges", async () => {
  await write(
    ["one", "two", "three"]
      .map(
        (slug) =>
          `${slug}: createCity(input: { slug: "chain-${slug}", name: "Chain", kind: "city", country: { code: "FR" } }) { userErrors { code } }`,
      )
      .join(" "),
  );
  await merge("chain-one", "chain-two");
  await merge("chain-two", "chain-three");
  const { city } = await api.untypedData(`{ city(by: { slug: "chain-one" }) { slug } }`);
  expect(city.slug).toBe("chain-three");
});

it("stays merged when the files that know both are loaded again", async () => {
  await write(
    `createCity(input: { slug: "lugdunum", name: "Lugdunum", kind: "city", country: { code: "FR" } }) { userErrors { code } }`,
  );
  const before = await parts("lyon");
  expect((await merge("lyon", "lugdunum")).userErrors).toEqual([]);
  expect(await parts("lugdunum")).toEqual(before);

  const first = await loadDataset(api.database, catalogue, DATA_FOLDER, () => undefined);
  expect(first.changed).toBe(false);
  expect(await parts("lyon")).toEqual(before);
});

async function parts(slug: string): Promise<object> {
  const { city } = await api.untypedData(
    `query ($slug: String!) { city(by: { slug: $slug }) {
      designations { id } networks(first: 100) { nodes { slug } } projects(first: 100) { nodes { slug } }
      practices(first: 100) { totalCount } meetingsHosted { id }
    } }`,
    { slug },
  );
  return city as object;
}
