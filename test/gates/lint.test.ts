// check:lint, with the project's own rules: each fault is planted in the text of a file of src/, so that types and the
// borders of that place apply.
import { ESLint } from "eslint";
import { PROJECT } from "./project-copy";

const eslint = new ESLint({ cwd: PROJECT });

async function problemsOf(file: string, text: string): Promise<string[]> {
  const results = await eslint.lintText(text, { filePath: file });
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId ?? "-"}: ${message}`));
}

const SOUND = `
export async function one(): Promise<number> {
  return Promise.resolve(1);
}
`;

const ONLY_CONFIGURATION = "Only src/configuration.ts reads the environment.";
const ONLY_DATABASE = "Only src/database/ knows Prisma and the SQL drivers.";
const NO_GRAPHQL = "GraphQL stays out of the kernel, the database and the rules (*.rules.ts).";

describe("check:lint", () => {
  it("passes sound code", async () => {
    expect(await problemsOf("src/kernel/clock.ts", SOUND)).toEqual([]);
  });

  it.each([
    [
      "a promise that nobody waits for",
      "src/kernel/clock.ts",
      `${SOUND}export function start(): void {\n  one();\n}\n`,
      "@typescript-eslint/no-floating-promises: Promises must be awaited",
    ],
    [
      "a variable that nobody uses",
      "src/kernel/clock.ts",
      `${SOUND}const unused = 1;\n`,
      "@typescript-eslint/no-unused-vars: 'unused' is assigned a value but never used.",
    ],
    [
      "a type imported as a value",
      "src/kernel/cursors.ts",
      'import { Clock } from "./clock";\nexport const clock: Clock = () => new Date();\n',
      "@typescript-eslint/consistent-type-imports: All imports in the declaration are only used as types.",
    ],
    [
      "a switch that forgets a case",
      "src/kernel/clock.ts",
      'export function turn(way: "left" | "right"): void {\n  switch (way) {\n    case "left":\n      break;\n  }\n}\n',
      '@typescript-eslint/switch-exhaustiveness-check: Switch is not exhaustive. Cases not matched: "right"',
    ],
    [
      "an answer without a type, where tests know the types of answers",
      "test/api/registry/mission-figures.test.ts",
      'import type { TestApi } from "../../support/api";\nexport async function read(api: TestApi): Promise<void> {\n  expect((await api.untypedData("{ revision }")).revision).toBe("1");\n}\n',
      "@typescript-eslint/no-unsafe-member-access: Unsafe member access .revision on an `any` value.",
    ],
    ["a default export", "src/kernel/clock.ts", "export default 1;\n", "no-restricted-syntax: Export by name"],
    [
      "a default export by another way",
      "src/kernel/clock.ts",
      "const one = 1;\nexport { one as default };\n",
      "no-restricted-syntax: Export by name",
    ],
    [
      "rows of any type in a room of nouns",
      "src/statistics/coverage.ts",
      'import type { RecordRow } from "../database/read/row";\nexport type Row = RecordRow;\n',
      "Rows of a record type are RowOf<Model>",
    ],
    ["process.env in a room", "src/http/server.ts", "export const port = process.env.PORT;\n", ONLY_CONFIGURATION],
    ["process.env in main", "src/main.ts", "export const { env } = process;\n", ONLY_CONFIGURATION],
    [
      "the environment by import",
      "src/http/server.ts",
      'import { env } from "node:process";\nexport const port = env.PORT;\n',
      ONLY_CONFIGURATION,
    ],
    [
      "GraphQL in the kernel",
      "src/kernel/clock.ts",
      'import { Kind } from "graphql";\nexport const kind = Kind.NAME;\n',
      NO_GRAPHQL,
    ],
    [
      "a type of GraphQL in the kernel",
      "src/kernel/clock.ts",
      'import type { ClassType } from "type-graphql";\nexport type C = ClassType;\n',
      NO_GRAPHQL,
    ],
    [
      "a part of GraphQL in the database",
      "src/database/database.ts",
      'export { GraphQLError } from "graphql/error";\n',
      NO_GRAPHQL,
    ],
    [
      "GraphQL in the database when it runs",
      "src/database/database.ts",
      'export const server = async (): Promise<unknown> => import("@apollo/server");\n',
      NO_GRAPHQL,
    ],
    [
      "Prisma in the kernel",
      "src/kernel/clock.ts",
      'import { PrismaClient } from "@prisma/client";\nexport const client = PrismaClient;\n',
      ONLY_DATABASE,
    ],
    [
      "a second Prisma Client",
      "src/database/database.ts",
      'export { PrismaClient } from "./generated/client";\n',
      "Prisma Client is leased: src/database/client/.",
    ],
    [
      "a driver in a room",
      "src/registry/room.ts",
      'import type { Client } from "pg";\nexport type C = Client;\n',
      ONLY_DATABASE,
    ],
    [
      "an embedded database beside the rooms",
      "src/installation.ts",
      'export const open = async (): Promise<unknown> => import("@electric-sql/pglite/live");\n',
      ONLY_DATABASE,
    ],
    [
      "SQL that is made of text",
      "src/database/read/page.ts",
      'export { raw } from "sql-template-tag";\n',
      "Only src/database/sql.ts makes SQL out of text.",
    ],
    [
      "SQL that the generator makes of text",
      "bench/generate/insert.ts",
      'export { raw } from "sql-template-tag";\n',
      "Only src/database/sql.ts makes SQL out of text.",
    ],
    ["a driver in the configuration", "src/configuration.ts", 'export { Client } from "pg";\n', ONLY_DATABASE],
    ["a name that a script does not know", "scripts/jest.mjs", "nowhere();\n", "no-undef: 'nowhere' is not defined."],
    [
      "an exception that excuses nothing",
      "src/kernel/clock.ts",
      `// eslint-disable-next-line no-console${SOUND}`,
      "Unused eslint-disable directive",
    ],
  ])("refuses %s", async (_fault, file, text, message) => {
    expect(await problemsOf(file, text)).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
  });

  it("refuses GraphQL in the rules of a room", async () => {
    const { rules } = (await eslint.calculateConfigForFile("src/registry/designation.rules.ts")) as ESLintRules;
    expect(JSON.stringify(rules["no-restricted-imports"])).toContain(NO_GRAPHQL);
  });

  it.each([
    ["the configuration reads the environment", "src/configuration.ts", "export const port = process.env.PORT;\n"],
    ["tests read the environment", "test/support/test-database.ts", "export const port = process.env.PORT;\n"],
    ["the client is made", "src/database/client/prisma.ts", 'export { PrismaClient } from "../generated/client";\n'],
    ["the database imports its drivers", "src/database/database.ts", 'export { Client } from "pg";\n'],
    ["a room speaks GraphQL", "src/registry/room.ts", 'export { ObjectType } from "type-graphql";\n'],
    [
      "a room writes SQL",
      "src/registry/room.ts",
      'import sql from "sql-template-tag";\nexport const one = sql`SELECT 1`;\n',
    ],
    ["one file makes SQL of text", "src/database/sql.ts", 'export { raw } from "sql-template-tag";\n'],
    ["types are made of empty classes", "src/registry/room.ts", "export class Filter {}\n"],
  ])("lets pass that %s", async (_case, file, text) => {
    expect(await problemsOf(file, text)).toEqual([]);
  });
});

interface ESLintRules {
  rules: Readonly<Record<string, unknown>>;
}
