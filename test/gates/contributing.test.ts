// What the documentation points at is there: paths in backticks, and links to other files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { PROJECT } from "./project-copy";

/** Made by a build or a start, so not in a fresh clone. */
const MADE = ["node_modules", "dist", ".data", "src/database/generated", "test/generated"];
const NOT_LISTED = new Set(["node_modules", "dist", ".data", ".git"]);

const FILE_NAME = /\.(ts|tsx|js|mjs|cjs|json|md|graphql|prisma|sql|csv|toml|html)$/;
const PATH = /^(\.\/)?[\w.*<>-]+(\/[\w.*<>-]+)*\/?$/;

const files = readdirSync(PROJECT, { withFileTypes: true })
  .filter((entry) => !NOT_LISTED.has(entry.name))
  .flatMap((entry) =>
    entry.isDirectory() ? [entry.name, ...listBelow(entry.name).map((path) => join(entry.name, path))] : [entry.name],
  );

function listBelow(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" });
}

function looksLikePath(text: string): boolean {
  if (!PATH.test(text)) return false;
  if (FILE_NAME.test(text)) return true;
  return text.includes("/") && (text.endsWith("/") || existsSync(join(PROJECT, text.split("/")[0]!)));
}

/** A path from the root, or its last part where that is enough to find it; `*` and `<noun>` stand for any name. */
function exists(path: string): boolean {
  const wanted = normalize(path).replace(/\/$/, "");
  if (MADE.some((made) => wanted === made || wanted.startsWith(`${made}/`))) return true;
  const pattern = wanted
    .split(/\*+|<[\w-]+>/)
    .map((part) => part.replace(/[.\\]/g, "\\$&"))
    .join("[^/]+");
  const ending = new RegExp(`(^|/)${pattern}$`);
  return files.some((file) => ending.test(file));
}

/** What a document points at and is not there. */
function wrongPaths(document: string, text: string): string[] {
  const prose = text.replace(/^```.*?^```/gms, "");
  const quoted = [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!).filter(looksLikePath);
  const linked = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map((match) => match[1]!)
    .filter((target) => !/^[a-z]+:/.test(target));
  return [
    ...quoted.filter((path) => !exists(path)),
    ...linked.filter((target) => !existsSync(join(PROJECT, dirname(document), target))),
  ];
}

const documents = files.filter((file) => /^(CONTRIBUTING|README)\.md$|^docs\/.*\.md$/.test(file));

describe("the documentation", () => {
  it("has its first page and its guide for contributors", () => {
    expect(documents).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md"]));
  });

  it.each(documents)("%s points at nothing that is not there", (document) => {
    expect(wrongPaths(document, readFileSync(join(PROJECT, document), "utf8"))).toEqual([]);
  });

  it("would show a wrong path", () => {
    const text = [
      "`src/kernel/clok.ts` `src/kernell/` `scr/main.ts` `roms.cjs` `src/kernel/clock` `test/*.nothing.ts`",
      "[the guide](../CONTRIBUTIN.md) [limits](limit.md#cost)",
    ].join("\n");
    expect(wrongPaths("docs/planted.md", text)).toEqual([
      "src/kernel/clok.ts",
      "src/kernell/",
      "scr/main.ts",
      "roms.cjs",
      "src/kernel/clock",
      "test/*.nothing.ts",
      "../CONTRIBUTIN.md",
      "limit.md",
    ]);
  });

  it("takes other words in backticks for no paths", () => {
    const text = [
      "`src/kernel/clock.ts` `./rooms.cjs` `src/` `kernel/` `<noun>.record.ts` `src/*/room.ts` `dist/main.js` `.ci/run`",
      "`application/json` `/health/live` `City.name` `and/or` `npm run check` `@apollo/server` `0.0.0.0` `4.5`",
      "```\nsrc/nothing.ts `src/nothing.ts`\n```",
      "[site](https://example.org/a.md) [here](#here) [code](../src/main.ts)",
    ].join("\n");
    expect(wrongPaths("docs/planted.md", text)).toEqual([]);
  });
});
