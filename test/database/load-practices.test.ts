// Practices from a file: in the collection, unless the file says that they wait for it.
import "reflect-metadata";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { loadDataset, type LoadReport } from "../../src/database/load/load";
import { newFolder, removeFolders } from "../support/dataset-folder";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(async () => {
  await backend.close();
  removeFolders();
});

function load(...rows: string[]): Promise<LoadReport> {
  const header =
    "slug,title,summary,collection_slug,areas_of_action,year,url,state,submitting_city_slug,city_slugs,sdgs,source";
  const folder = newFolder();
  writeFileSync(join(folder, "practices.csv"), [header, ...rows, ""].join("\n"));
  return loadDataset(backend.database, catalogue, folder, () => undefined);
}

const row = (slug: string, state: string, submitter: string): string =>
  `${slug},${slug},,lab-2030,,,,${state},${submitter},,,test`;

const stored = (): Promise<object[]> =>
  backend.database.query(sql`
    SELECT p.slug, p.state, c.slug AS submitter FROM practice p LEFT JOIN city c ON c.id = p.submitted_by_id ORDER BY p.slug`);

it("refuses one that waits or was declined and that nobody submitted", async () => {
  const error: unknown = await load(row("waiting", "SUBMITTED", ""), row("refused", "DECLINED", "")).catch(
    (e: unknown) => e,
  );
  const problem = "submitting_city_slug: must not be empty for a practice that is not accepted";
  expect(String(error)).toContain(`practices.csv:2: ${problem}`);
  expect(String(error)).toContain(`practices.csv:3: ${problem}`);
  expect(await stored()).toEqual([]);
});

it("takes one for accepted where nothing is said", async () => {
  await load(row("given", "", ""), row("krakows", "", "krakow"), row("waiting", "SUBMITTED", "york"));
  expect(await stored()).toEqual([
    { slug: "given", state: "ACCEPTED", submitter: null },
    { slug: "krakows", state: "ACCEPTED", submitter: "krakow" },
    { slug: "waiting", state: "SUBMITTED", submitter: "york" },
  ]);
});
