// What a process says of a PostgreSQL server that cannot take writes.
import { randomBytes } from "node:crypto";
import sql from "sql-template-tag";
import type { RevisionWatch } from "../../src/database/revision-watch";
import { openServerBackend } from "../../src/database/server-backend";
import { Vitals } from "../../src/database/vitals";
import { Readiness } from "../../src/http/readiness";
import { databaseUrl, onServer, TEMPLATE_DATABASE, testServer } from "../support/test-database";

describe("a server", () => {
  it("whose database is set to take no writes is not ready", async () => {
    const name = `ccg_test_${randomBytes(6).toString("hex")}`;
    await onServer(testServer ?? "", `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
    await onServer(testServer ?? "", `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const url = databaseUrl(testServer ?? "", name);
    const database = await openServerBackend({ url, poolSize: 2, statementTimeoutMs: 10_000 });
    try {
      const vitals = new Vitals(() => new Date("2026-11-20T12:00:00Z"));
      const noWatch = {} as RevisionWatch;
      expect(await new Readiness(vitals.over(database), vitals, noWatch).standing()).toEqual({
        status: "unready",
        why: "the database takes no writes",
      });
      await expect(database.write("somebody", (session) => session.query(sql`SELECT 1`))).rejects.toMatchObject({
        code: "25006",
      });
    } finally {
      await database.close();
      await onServer(testServer ?? "", `DROP DATABASE ${name} WITH (FORCE)`);
    }
  });
});
