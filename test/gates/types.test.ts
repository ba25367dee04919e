// check:types, with the project's own compiler options.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyProject, PROJECT, runNode, type Outcome } from "./project-copy";

const TSC = "node_modules/typescript/bin/tsc";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ccg-types-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function compile(text: string): Promise<Outcome> {
  const project = join(folder, "tsconfig.json");
  await writeFile(join(folder, "planted.ts"), text);
  await writeFile(
    project,
    JSON.stringify({
      extends: join(PROJECT, "tsconfig.json"),
      compilerOptions: { types: [] },
      include: [],
      files: ["planted.ts"],
    }),
  );
  return runNode(TSC, ["--noEmit", "-p", project], PROJECT);
}

describe("check:types", () => {
  it("passes sound code", async () => {
    expect(await compile('export const day: string | undefined = ["2018-12-31"][0];\n')).toEqual({
      status: 0,
      output: "",
    });
  });

  it("names every fault with its file, line and code", async () => {
    const { status, output } = await compile(
      [
        'export const wrong: number = "text";',
        'export const absent: string = ["2018-12-31"][0];',
        "export const exact: { on?: string } = { on: undefined };",
        "const unused = 1;",
        "export function untyped(value) {}",
        "// @ts-expect-error: nothing is wrong in the next line",
        "export const sound = 1;",
      ].join("\n"),
    );
    expect(status).not.toBe(0);
    expect(output.match(/planted\.ts\(\d+,\d+\): error TS\d+/g)).toEqual([
      expect.stringMatching(/\(1,.*TS2322/),
      expect.stringMatching(/\(2,.*TS2322/),
      expect.stringMatching(/\(3,.*TS2375/),
      expect.stringMatching(/\(4,.*TS6133/),
      expect.stringMatching(/\(5,.*TS6133/),
      expect.stringMatching(/\(5,.*TS7006/),
      expect.stringMatching(/\(6,.*TS2578/),
    ]);
  });

  it("looks at src, bench, test and the configuration", () => {
    const { output } = runNode(TSC, ["--listFilesOnly"], PROJECT);
    for (const file of [
      "src/main.ts",
      "src/kernel/clock.ts",
      "bench/generate/cli.ts",
      "test/gates/types.test.ts",
      "prisma.config.ts",
    ]) {
      expect(output).toContain(join(PROJECT, file));
    }
  });

  it.each([
    [
      "a field that the schema does not have",
      "`{ revisoin }`",
      /Cannot query field "revisoin" on type "Query".*test\/api\/planted\.test\.ts:1/s,
    ],
    ["a text with holes", "`{ ${field} }`", /test\/api\/planted\.test\.ts:1: .* without holes/],
  ])("finds %s in what a test asks", async (_what, text, problem) => {
    const copy = await copyProject(["scripts", "schema.graphql", "test/support/scalars.json"]);
    try {
      await mkdir(join(copy.folder, "test", "api"));
      await writeFile(join(copy.folder, "test", "api", "planted.test.ts"), `gql(${text});\n`);
      const { status, output } = runNode("scripts/generate-test-types.mjs", [], copy.folder);
      expect(output).toMatch(problem);
      expect(status).not.toBe(0);
    } finally {
      await copy.remove();
    }
  });
});
