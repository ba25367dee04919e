// check:format: what Prettier would write otherwise is refused.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getFileInfo } from "prettier";
import { PROJECT, runNode } from "./project-copy";

const PRETTIER = "node_modules/prettier/bin/prettier.cjs";
const WELL_FORMED = 'export const greeting = "a line of code, as Prettier writes it";\n';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ccg-format-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function check(text: string): Promise<ReturnType<typeof runNode>> {
  const file = join(folder, "planted.ts");
  await writeFile(file, text);
  return runNode(PRETTIER, ["--config", ".prettierrc.json", "--check", file], PROJECT);
}

describe("check:format", () => {
  it("passes what Prettier writes, lines of 120 letters too", async () => {
    expect(await check(WELL_FORMED + `export const line = "${"x".repeat(96)}";\n`)).toMatchObject({ status: 0 });
  });

  it("names a file that is written otherwise", async () => {
    const { status, output } = await check(WELL_FORMED.replaceAll('"', "'"));
    expect(status).toBe(1);
    expect(output).toContain("planted.ts");
  });

  it.each(["src/main.ts", "test/gates/format.test.ts", "scripts/jest.mjs", "package.json", "README.md", "rooms.cjs"])(
    "looks at %s",
    async (file) => {
      const info = await getFileInfo(join(PROJECT, file), { ignorePath: join(PROJECT, ".prettierignore") });
      expect(info).toMatchObject({ ignored: false, inferredParser: expect.any(String) });
    },
  );
});
