// The reference knows nothing of the code that it is compared with: what both had from one source would never differ.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = join(__dirname, "../../support/reference");

/** What a source imports, whichever way. */
function importsOf(source: string): string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*\(?\s*["']([^"']+)["']/g)].map(
    ([, path]) => path ?? "",
  );
}

it("finds imports of each sort", () => {
  const source = `import "a"; import b, { c } from '../../src/b'; await import("d"); require("e"); export * from "f";`;
  expect(importsOf(source)).toEqual(["a", "../../src/b", "d", "e", "f"]);
});

it("imports nothing but its own files", async () => {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const imports = importsOf(await readFile(join(FOLDER, file), "utf8"));
    for (const path of imports) expect({ file, path }).toEqual({ file, path: expect.stringMatching(/^\.\/[a-z-]+$/) });
  }
});
