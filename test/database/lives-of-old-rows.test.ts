// Practices and missions that were recorded before they had states: what the migration makes of them.
import "reflect-metadata";
import sql from "sql-template-tag";
import type { Database } from "../../src/database/database";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { migrate } from "../../src/database/migrate";
import { removeFolders } from "../support/dataset-folder";
import { migrationsUpTo } from "../support/migrations-up-to";

const MIGRATION = "20261121130100_practices_and_missions_have_lives";

const OLD_ROWS = `
  INSERT INTO country (code, name, region, global_south) VALUES ('PL', 'Poland', 'EUROPE_AND_NORTH_AMERICA', false);
  INSERT INTO city (slug, name, kind, country_id) SELECT 'old-city', 'Old City', 'city', id FROM country;
  INSERT INTO practice_collection (slug, title) VALUES ('old-collection', 'Old');
  INSERT INTO practice (slug, title, collection_id) SELECT 'old-practice', 'Old', id FROM practice_collection;
  INSERT INTO expert (slug, name) VALUES ('old-expert', 'Old');
  INSERT INTO expert_mission (expert_id, host_city_id, topic) SELECT e.id, c.id, t.topic
  FROM expert e, city c, (VALUES ('Old'), ('Gone')) t (topic);
  DELETE FROM expert_mission WHERE topic = 'Gone';`;

let database: Database;
let before: { log: object[]; head: object[] };
beforeAll(async () => {
  database = await openEmbeddedBackend({});
  await migrate(
    database,
    migrationsUpTo((name) => name < MIGRATION),
  );
  await database.write("test", (session) => session.execute(OLD_ROWS));
  before = await pasts();
  await migrate(
    database,
    migrationsUpTo((name) => name <= MIGRATION),
  );
});
afterAll(async () => {
  await database.close();
  removeFolders();
});

const pasts = async (): Promise<{ log: object[]; head: object[] }> => ({
  log: await database.query(sql`SELECT * FROM change_log ORDER BY revision, ordinal`),
  head: await database.query(sql`SELECT id, type, revision, operation, updated_at FROM record ORDER BY id`),
});

it("takes practices for accepted, and submitted by nobody", async () => {
  expect(await database.query(sql`SELECT slug, state, submitted_by_id FROM practice`)).toEqual([
    { slug: "old-practice", state: "ACCEPTED", submitted_by_id: null },
  ]);
  expect(await database.query(sql`SELECT authority FROM record WHERE type = 'Practice'`)).toEqual([
    { authority: null },
  ]);
});

it("takes missions for completed, and gives them to their host cities", async () => {
  expect(await database.query(sql`SELECT topic, state FROM expert_mission`)).toEqual([
    { topic: "Old", state: "COMPLETED" },
  ]);
  const owners = await database.query(sql`
    SELECT r.operation, c.slug FROM record r LEFT JOIN city c ON c.id = r.authority
    WHERE r.type = 'ExpertMission' ORDER BY r.operation`);
  expect(owners).toEqual([
    { operation: "UPSERT", slug: "old-city" },
    { operation: "DELETE", slug: null },
  ]);
});

it("mints no revision, and leaves the log and all else of the heads as they were", async () => {
  expect(before.log.length).toBeGreaterThan(0);
  expect(await pasts()).toEqual(before);
});

it("logs later changes of them under their new authority", async () => {
  await database.write("test", (session) =>
    session.execute(`
      UPDATE practice SET state = 'DECLINED', submitted_by_id = (SELECT id FROM city);
      UPDATE expert_mission SET ends_on = '2026'`),
  );
  const [{ city }] = (await database.query<{ city: string }>(sql`SELECT id AS city FROM city`)) as [{ city: string }];
  const heads = await database.query(sql`
    SELECT type, authority FROM record WHERE type IN ('Practice', 'ExpertMission') AND operation = 'UPSERT' ORDER BY type`);
  expect(heads).toEqual([
    { type: "ExpertMission", authority: city },
    { type: "Practice", authority: city },
  ]);
  const entries = await database.query(sql`
    SELECT changes, audience_before, audience_after FROM change_log ORDER BY revision DESC, ordinal LIMIT 2`);
  expect(entries).toEqual([
    {
      changes: { state: ["ACCEPTED", "DECLINED"], submitted_by_id: [null, city] },
      audience_before: "PUBLIC",
      audience_after: city,
    },
    { changes: { ends_on: [null, "2026"] }, audience_before: "PUBLIC", audience_after: "PUBLIC" },
  ]);
});
