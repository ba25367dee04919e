// A record is deleted with what stands beside it, in one revision, and nothing of it stays but its head and its log.
import sql, { raw } from "sql-template-tag";
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { addRowsOfEmptyTypes } from "../support/rows-of-every-type";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
  await addRowsOfEmptyTypes(backend.database);
});
afterAll(() => backend.close());

const linked = [
  ...new Map(
    catalogue.relations.flatMap((relation) =>
      relation.kind === "joined" && relation.join.fromColumn === "recordId"
        ? [[relation.join.table, relation.from] as const]
        : [],
    ),
  ),
];

it.each(linked)("takes the rows of %s along", async (table, type) => {
  const { database } = backend;
  const [row] = await database.query<{ id: string }>(sql`SELECT record_id AS id FROM ${raw(`"${table}"`)} LIMIT 1`);
  expect(row).toBeDefined();
  await database.write("deleter", async (session) => {
    // What refers to it is no matter here.
    await session.query(sql`UPDATE project SET opportunity_id = NULL WHERE opportunity_id = ${row?.id}::uuid`);
    await session.query(sql`UPDATE project SET meeting_id = NULL WHERE meeting_id = ${row?.id}::uuid`);
    await session.query(
      sql`UPDATE practice_collection SET published_at_id = NULL WHERE published_at_id = ${row?.id}::uuid`,
    );
    await session.query(sql`DELETE FROM opportunity_response WHERE opportunity_id = ${row?.id}::uuid`);
    await session.query(sql`DELETE FROM expert_mission WHERE expert_id = ${row?.id}::uuid`);
    await session.query(sql`DELETE FROM project_participation WHERE project_id = ${row?.id}::uuid`);
    await session.query(sql`DELETE FROM ${raw(`"${type.table}"`)} WHERE id = ${row?.id}::uuid`);
  });
  const left = await database.query(sql`SELECT FROM ${raw(`"${table}"`)} WHERE record_id = ${row?.id}::uuid`);
  expect(left).toEqual([]);
  const [head] = await database.query(sql`SELECT operation, revision FROM record WHERE id = ${row?.id}::uuid`);
  const log = await database.query<{ operation: string; revision: string }>(
    sql`SELECT operation, revision FROM change_log WHERE record_id = ${row?.id}::uuid ORDER BY revision DESC, ordinal DESC`,
  );
  expect(head).toEqual({ operation: "DELETE", revision: log[0]?.revision });
  expect(log[0]?.operation).toBe("DELETE");
});
