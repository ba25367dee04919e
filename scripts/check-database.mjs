// Prisma's schema against the database that the migrations make. They differ in what Prisma cannot say, and in nothing
// else: every such difference stands in prisma/expected-differences.sql, with the reason above it. Compares
// prisma/schema.prisma, or the file that is given as argument, and ends with 1 where they disagree.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const pathOf = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));

const schemaFile = process.argv[2] ?? pathOf("prisma/schema.prisma");
const expectedFile = "prisma/expected-differences.sql";

/** Statements one by one, each with the comment that stands right above it. */
function statementsOf(sql) {
  const blocks = sql.split(/\n\s*\n/).map((block) => block.trim());
  return blocks.flatMap((block) => {
    const lines = block.split("\n");
    const text = lines.filter((line) => !line.startsWith("--")).join(" ");
    const reason = lines.filter((line) => line.startsWith("--")).join("\n");
    return text
      .split(/;(?=\s|$)/)
      .map((statement) => statement.replace(/\s+/g, " ").trim())
      .filter((statement) => statement !== "")
      .map((statement) => ({ statement, reason }));
  });
}

/** Words alone: how a text is broken into lines says nothing. */
const wordsOf = (text) => text.replace(/\s+/g, " ").trim();

/** What is wrong with the function by which the log keeps who sees a change, against the declarations. */
async function audienceProblems(database) {
  require("reflect-metadata");
  const { catalogue } = require("../dist/catalogue.js");
  const { audienceFunction, audienceStatement } = require("../dist/database/declare/visibility.js");
  const text = "SELECT prosrc FROM pg_proc WHERE proname = 'record_audience'";
  const [found] = await database.query({ text, values: [] });
  const declared = audienceFunction(catalogue.records);
  if (wordsOf(found.prosrc) === wordsOf(declared)) return [];
  return [
    `record_audience() in the migrations is not what the declarations say. A migration must make it:\n${audienceStatement(catalogue.records)}`,
  ];
}

/** What Prisma would run on the migrated database to make it what the schema says, and what is wrong with its functions. */
async function differencesFrom(schema) {
  const { openEmbeddedBackend } = require("../dist/database/embedded-backend.js");
  const { migrate } = require("../dist/database/migrate.js");
  const { openSchemaEngine } = require("../dist/database/schema-engine.js");
  const database = await openEmbeddedBackend({});
  try {
    await migrate(database, pathOf("prisma/migrations"));
    const engine = await openSchemaEngine(database.adapter, schema);
    const files = [{ path: "schema.prisma", content: schema }];
    const { stdout } = await engine.diff({
      // With a driver adapter this tag means the adapter's own database.
      from: { tag: "schemaDatasource", files, configDir: "" },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    engine.free();
    return {
      statements: statementsOf(stdout ?? "").map(({ statement }) => statement),
      audiences: await audienceProblems(database),
    };
  } finally {
    await database.close();
  }
}

function disagreements(found, expected) {
  const listed = new Set(expected.map(({ statement }) => statement));
  return [
    ...found
      .filter((statement) => !listed.has(statement))
      .map((statement) => `not expected: to get from the migrations to the schema takes\n    ${statement};`),
    ...expected
      .filter(({ statement }) => !found.includes(statement))
      .map(({ statement }) => `no longer there, take it out of ${expectedFile}:\n    ${statement};`),
    ...expected
      .filter(({ reason }) => reason === "")
      .map(
        ({ statement }) => `has no comment above it in ${expectedFile} that says why it is meant:\n    ${statement};`,
      ),
  ];
}

try {
  execFileSync(process.execPath, [pathOf("scripts/prisma.mjs"), "validate", "--schema", schemaFile], { stdio: "pipe" });
} catch (error) {
  console.error(`${schemaFile} is not valid:\n${error.stderr}`);
  process.exit(1);
}
const expected = statementsOf(readFileSync(pathOf(expectedFile), "utf8"));
const { statements, audiences } = await differencesFrom(readFileSync(schemaFile, "utf8"));
const problems = [...disagreements(statements, expected), ...audiences];
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  console.error("Write a migration for what the schema says, or correct the schema.");
  process.exitCode = 1;
} else {
  console.log(`Schema and migrated database differ in the ${expected.length} ways that are meant, and in no other.`);
}
