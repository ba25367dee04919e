// The example: something of every type, marked as invented, beside the reference dataset and out again without a trace.
import "reflect-metadata";
import sql, { raw } from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { loadDataset, type LoadReport } from "../../src/database/load/load";
import { removeMarked, StillReferredTo, type RemovalReport } from "../../src/database/load/remove-marked";
import { readRevision } from "../../src/database/read/revision";
import { EXAMPLE_DATA_FOLDER, EXAMPLE_SOURCE } from "../../src/installation";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { readLog } from "../support/log-replay";
import { addTo, called, cityList, records } from "../support/records";

/** What tells of the past, and so of the example too when it is gone. */
const HISTORY = ["record", "change_log", "revision_counter", "_prisma_migrations"];

let backend: TestDatabase;
beforeEach(async () => {
  backend = await openTestDatabase();
});
afterEach(() => backend.close());

const load = (): Promise<LoadReport> =>
  loadDataset(backend.database, catalogue, EXAMPLE_DATA_FOLDER, () => undefined, "example");
const remove = (): Promise<RemovalReport> => removeMarked(backend.database, catalogue, EXAMPLE_SOURCE, "example");

const rowsOf = async (table: string): Promise<string[]> =>
  (
    await backend.database.query<{ row: string }>(
      sql`SELECT to_jsonb(t)::text AS row FROM ${raw(`"${table}"`)} t ORDER BY 1`,
    )
  ).map(({ row }) => row);

/** Every row of every table, but of those that tell of the past. */
async function contents(): Promise<Record<string, string[]>> {
  const tables = await backend.database.query<{ name: string }>(
    sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (${HISTORY}) ORDER BY 1`,
  );
  const dumped: Record<string, string[]> = {};
  for (const { name } of tables) dumped[name] = await rowsOf(name);
  return dumped;
}

const console = (script: string): Promise<void> => backend.database.write("test", (session) => session.execute(script));

it("gives every record type a row", async () => {
  await load();
  const empty: string[] = [];
  for (const type of catalogue.records) if ((await rowsOf(type.table)).length === 0) empty.push(type.name);
  expect(empty).toEqual([]);
});

it("changes nothing that was there: no row, no head, no membership", async () => {
  const before = { rows: await contents(), heads: await rowsOf("record"), members: await rowsOf("home_membership") };
  expect(await load()).toMatchObject({ revision: "2", changed: true });
  const after = await contents();
  const heads = await rowsOf("record");
  const stillThere = new Set([...Object.values(after).flat(), ...heads]);
  expect([...Object.values(before.rows).flat(), ...before.heads].filter((row) => !stillThere.has(row))).toEqual([]);
  expect(await rowsOf("home_membership")).toEqual(before.members);
  expect(after.designation).toEqual(before.rows.designation);
  const log = await readLog(backend.database, "1");
  expect(new Set(log.map(({ actor }) => actor))).toEqual(new Set(["example"]));
  expect(new Set(log.map(({ recordId }) => recordId)).size).toBe(heads.length - before.heads.length);
});

it("marks every record that it adds: by source, by slug, by name, and by where its URLs lead", async () => {
  const before = new Set(Object.values(await contents()).flat());
  await load();
  const added = await backend.database.query<{ id: string; sources: string[] | null }>(sql`
    SELECT r.id, (SELECT array_agg(s.title) FROM record_source s WHERE s.record_id = r.id) AS sources
    FROM record r WHERE r.revision = 2`);
  expect(added.filter(({ sources }) => sources?.join() !== EXAMPLE_SOURCE)).toEqual([]);
  for (const type of catalogue.records) {
    const rows = (await rowsOf(type.table)).filter((row) => !before.has(row));
    for (const row of rows.map((text) => JSON.parse(text) as Record<string, string | null>)) {
      if ("slug" in row) expect(row.slug).toMatch(/^example-/);
      const textsOf = (columns: readonly string[]): string[] => columns.flatMap((column) => row[column] ?? []);
      for (const name of textsOf(["name", "title", "topic"])) expect(name).toMatch(/^Example /);
      for (const url of textsOf(["website", "url", "document"])) expect(url).toMatch(/^https:\/\/example\.org\//);
    }
  }
});

it("mints nothing when it is loaded again", async () => {
  await load();
  expect(await load()).toMatchObject({ revision: "2", changed: false });
});

it("is taken out without a trace but in the log, also what was changed meanwhile", async () => {
  const before = await contents();
  const report = await load();
  const added = await backend.database.query<{ id: string }>(sql`SELECT id FROM record WHERE revision = 2`);
  await backend.database.write("test", async (session) => {
    await session.execute(`
      UPDATE city SET name = 'Changed' WHERE slug = 'example-city-one';
      UPDATE project SET slug = 'changed' WHERE slug = 'example-project'`);
    const add = records(session);
    await add.recordName(await add.partnerId("example-city-two"), { language: "fr", name: "Ville" });
  });
  const removal = await remove();
  expect(removal.revision).toBe("4");
  expect(removal.rows).toEqual(report.rows.map(({ plural, count }) => ({ plural, count })));
  expect(await contents()).toEqual(before);
  const heads = await backend.database.query<{ operation: string; revision: string }>(
    sql`SELECT DISTINCT operation, revision::text FROM record WHERE id = ANY (${added.map(({ id }) => id)}::uuid[])`,
  );
  expect(heads).toEqual([{ operation: "DELETE", revision: "4" }]);
  expect(new Set((await readLog(backend.database, "3")).map(({ actor }) => actor))).toEqual(new Set(["example"]));
});

it("is removed from where it is not, and nothing happens", async () => {
  expect(await remove()).toEqual({ rows: [], revision: "1" });
});

it("comes again after it was removed, with ids of its own", async () => {
  const idOfCity = async (): Promise<unknown> =>
    (await backend.database.query<{ id: string }>(sql`SELECT id FROM city WHERE slug = 'example-city-one'`))[0]?.id;
  const report = await load();
  const first = await idOfCity();
  await remove();
  expect(await load()).toEqual({ ...report, revision: "4" });
  expect(await idOfCity()).not.toBe(first);
});

it("stays as it is while other records refer to it, and says which", async () => {
  await load();
  await addTo(backend.database, async (add) => {
    await add.networkMembership({ network: called("gnlc"), city: called("example-city-one") });
    await add.practice({
      slug: "my-practice",
      collection: called("example-collection"),
      cities: cityList("example-city-two"),
    });
    const partner = await add.partner("example-organization-two");
    await add.projectParticipation({ project: called("city-to-city-2020"), partner, status: "INVITED" });
  });
  const before = [await contents(), await readRevision(backend.database)];
  const error: unknown = await remove().catch((e: unknown) => e);
  if (!(error instanceof StillReferredTo)) throw error;
  expect(error.message.split("\n")).toEqual([
    expect.stringMatching(/^NetworkMembership network-membership_[\w-]{22} refers to City example-city-one$/),
    "Practice my-practice refers to City example-city-two",
    "Practice my-practice refers to PracticeCollection example-collection",
    expect.stringMatching(
      /^ProjectParticipation project-participation_[\w-]{22} refers to Organization example-organization-two$/,
    ),
    "nothing is removed: change or delete what refers first",
  ]);
  expect([await contents(), await readRevision(backend.database)]).toEqual(before);

  await console(`
    DELETE FROM project_participation WHERE partner_id IN (SELECT id FROM organization);
    DELETE FROM network_membership WHERE city_id IN (SELECT id FROM city WHERE slug = 'example-city-one') AND since IS NULL;
    DELETE FROM practice_city WHERE record_id IN (SELECT id FROM practice WHERE slug = 'my-practice');
    DELETE FROM practice WHERE slug = 'my-practice';`);
  expect((await remove()).rows).not.toEqual([]);
});
