// check:database: schema.prisma and what the migrations make differ only in what is listed.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildProjectCopy, runNode, type ProjectCopy, type Outcome } from "./project-copy";

let project: ProjectCopy;
let schema: string;
let listed: string;
beforeAll(async () => {
  project = await buildProjectCopy(["prisma", "prisma.config.ts", "scripts"]);
  schema = await readFile(join(project.folder, "prisma/schema.prisma"), "utf8");
  listed = await readFile(join(project.folder, "prisma/expected-differences.sql"), "utf8");
});
afterAll(() => project.remove());

async function check(schemaText: string, listedText = listed): Promise<Outcome> {
  await writeFile(join(project.folder, "prisma/expected-differences.sql"), listedText);
  const planted = join(project.folder, "planted.prisma");
  await writeFile(planted, schemaText);
  return runNode("scripts/check-database.mjs", [planted], project.folder);
}

describe("check:database", () => {
  it("passes the project's schema and migrations", async () => {
    const { status, output } = await check(schema);
    expect(output).toMatch(/^Schema and migrated database differ in the \d+ ways that are meant, and in no other\.\n$/);
    expect(status).toBe(0);
  });

  it("names each difference that is not meant, that is no longer there, or that has no reason", async () => {
    const { status, output } = await check(
      schema
        .replace(/^model Country \{$/m, "$&\n  motto String?\n\n  @@index([region])")
        .replace("@@index([creativeFieldId, id])", ""),
      `${listed}\n-- It was meant once.\nDROP INDEX "gone_key";\n\nDROP INDEX "for_no_reason_key";\n`,
    );
    expect(status).toBe(1);
    expect(output.split("\n").slice(0, -2)).toEqual([
      "not expected: to get from the migrations to the schema takes",
      '    DROP INDEX "designation_creative_field_id_id_idx";',
      "not expected: to get from the migrations to the schema takes",
      '    ALTER TABLE "country" ADD COLUMN "motto" TEXT;',
      "not expected: to get from the migrations to the schema takes",
      '    CREATE INDEX "country_region_idx" ON "country"("region");',
      "no longer there, take it out of prisma/expected-differences.sql:",
      '    DROP INDEX "gone_key";',
      "no longer there, take it out of prisma/expected-differences.sql:",
      '    DROP INDEX "for_no_reason_key";',
      "has no comment above it in prisma/expected-differences.sql that says why it is meant:",
      '    DROP INDEX "for_no_reason_key";',
    ]);
  });

  it("refuses a declaration that says of a row that others see it than the log does", async () => {
    const file = join(project.folder, "dist/registry/application.record.js");
    const sound = await readFile(file, "utf8");
    const planted = sound.replace(/only: \[\s*"cityId"\s*\]/, 'only: ["callId"]');
    expect(planted).not.toBe(sound);
    await writeFile(file, planted);
    const { status, output } = await check(schema);
    await writeFile(file, sound);
    expect(status).toBe(1);
    expect(output).toContain("record_audience() in the migrations is not what the declarations say");
    expect(output).toContain("WHEN record_type = 'Application' THEN row_now ->> 'call_id'");
  });

  it("refuses a schema that is none, before anything else", async () => {
    const { status, output } = await check(schema.replace("model Country {", "model Country {\n  motto Strong"));
    expect(status).toBe(1);
    expect(output).toContain("planted.prisma is not valid:");
    expect(output).toContain("Strong");
  });
});
