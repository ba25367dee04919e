// The example queries that GraphiQL offers: each runs as it stands and shows something.
import "reflect-metadata";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../src/catalogue";
import { loadDataset } from "../../src/database/load/load";
import { parseExample } from "../../src/http/examples";
import { EXAMPLE_DATA_FOLDER, EXAMPLES_FOLDER } from "../../src/installation";
import { startApi, type TestApi } from "../support/api";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  // Types that the dataset has nothing of.
  await loadDataset(api.database, catalogue, EXAMPLE_DATA_FOLDER, () => undefined, "example");
});
afterAll(() => api.close());

const files = readdirSync(EXAMPLES_FOLDER).filter((name) => name.endsWith(".graphql"));

/** Whether something is there at the end of every root field: no null, no empty list, no total of nothing. */
function isShown(value: unknown): boolean {
  if (value === null || value === undefined || value === 0) return false;
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => item !== null);
  if (typeof value !== "object") return true;
  const { nodes, edges, totalCount } = value as { nodes?: unknown; edges?: unknown; totalCount?: unknown };
  return (
    [nodes, edges, totalCount].every((part) => part === undefined || isShown(part)) && Object.keys(value).length > 0
  );
}

it("are there", () => {
  expect(files.length).toBeGreaterThan(5);
});

it.each(files)("%s runs without errors and shows something in each of its fields", async (file) => {
  const { query, variables } = parseExample(file, readFileSync(join(EXAMPLES_FOLDER, file), "utf8"));
  const { status, data, errors } = await api.askUntyped(query, variables);
  expect(errors).toBeUndefined();
  expect(status).toBe(200);
  const empty = Object.entries(data as object).filter(([, value]) => !isShown(value));
  expect(empty).toEqual([]);
});
