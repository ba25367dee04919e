// The queries in the documents run, and find something.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VARIABLES } from "../../src/configuration";
import { startApi, type TestApi } from "../support/api";
import { askWith, makeKey } from "../support/keys";

const root = join(__dirname, "..", "..");
const documents = ["README.md", ...readdirSync(join(root, "docs")).map((name) => join("docs", name))].filter((name) =>
  name.endsWith(".md"),
);
const queries = documents.flatMap((name) =>
  [...readFileSync(join(root, name), "utf8").matchAll(/```graphql\n(.*?)```/gs)].map(([, query = ""], i) => ({
    title: `${name}, number ${i + 1}`,
    query,
  })),
);

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it("has queries to try", () => {
  expect(queries.length).toBeGreaterThan(2);
});

it.each(queries.filter(({ query }) => query.startsWith("mutation")))("$title is done", async ({ query }) => {
  const { data, errors } = await askWith(api.url, await makeKey(api.database, "SECRETARIAT"), query);
  expect(errors).toBeUndefined();
  for (const payload of Object.values<{ userErrors: unknown[] }>(data)) expect(payload.userErrors).toEqual([]);
});

it.each(queries.filter(({ query }) => !query.startsWith("mutation")))("$title finds something", async ({ query }) => {
  const data = await api.untypedData(query);
  for (const found of Object.values<{ nodes?: unknown[] } | null>(data)) {
    expect(found).not.toBeNull();
    const list = Array.isArray(found) ? found : found?.nodes;
    if (list !== undefined) expect(list).not.toHaveLength(0);
  }
});

it("has every variable of the environment in the README, with its default", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  for (const [name, { byDefault }] of Object.entries(VARIABLES)) {
    const [, shown] = new RegExp(`\\| \`${name}\` +\\| (\\S*) `).exec(readme) ?? [];
    expect([name, shown]).toEqual([name, byDefault === "" ? "" : `\`${byDefault}\``]);
  }
});
