// "Add a record type" in CONTRIBUTING.md, followed to the letter in a copy of the project: its blocks are written and its commands are
// run, and what comes of it is type-checked, loaded, and asked over HTTP.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { postGraphql, type UntypedAnswer } from "../support/api";
import { bearing } from "../support/keys";
import { killServers, ServerProcess } from "../support/server-process";
import { copyProject, PROJECT, runNode, type ProjectCopy } from "./project-copy";

const PARTS = [
  "src",
  "bench/generate",
  "scripts",
  "examples",
  "docs",
  "prisma",
  "test/support/rows-of-every-type.ts",
  "data/countries.csv",
  "data/cities.csv",
  "package.json",
  "prisma.config.ts",
  "schema.graphql",
  "tsconfig.json",
  ".swcrc",
];
const COPY_MS = 180_000;

interface Block {
  language: string;
  /** what it is written to; a block of commands has none */
  file: string;
  text: string;
}

async function blocksOf(heading: string): Promise<Block[]> {
  const text = await readFile(join(PROJECT, "CONTRIBUTING.md"), "utf8");
  const [, section = ""] = new RegExp(`^## ${heading}$(.*?)^## `, "ms").exec(text) ?? [];
  return [...section.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
    ([, language = "", file = "", block = ""]) => ({
      language,
      file,
      text: block,
    }),
  );
}

/** The hunks of a diff, each as it was and as it is to be. */
function hunksOf(diff: string): { before: string; after: string }[] {
  const without = (lines: readonly string[], sign: string): string =>
    lines.flatMap((line) => (line.startsWith(sign) ? [] : [`${line.slice(1)}\n`])).join("");
  return diff.split(/^@@\n/m).map((hunk) => {
    const lines = hunk.trimEnd().split("\n");
    return { before: without(lines, "+"), after: without(lines, "-") };
  });
}

async function follow({ language, file, text }: Block, folder: string): Promise<void> {
  const path = join(folder, file);
  if (language === "sh") {
    execFileSync("sh", ["-e", "-c", text], { cwd: folder, stdio: "pipe" });
  } else if (language === "diff") {
    let changed = await readFile(path, "utf8");
    for (const { before, after } of hunksOf(text)) {
      if (changed.split(before).length !== 2)
        throw new Error(`CONTRIBUTING.md: ${file} does not have once:\n${before}`);
      changed = changed.replace(before, () => after);
    }
    await writeFile(path, changed);
  } else {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, text);
  }
}

let copy: ProjectCopy;
let blocks: Block[];
beforeAll(async () => {
  blocks = await blocksOf("Add a record type");
  copy = await copyProject(PARTS);
  for (const block of blocks) await follow(block, copy.folder);
}, COPY_MS);
afterEach(killServers);
afterAll(() => copy.remove());

const ccg = (...words: string[]): string => {
  const { status, output } = runNode("dist/cli.js", words, copy.folder, { DATA_DIR: join(copy.folder, "filled") });
  if (status !== 0) throw new Error(output);
  return output.trim();
};

it("names what is to be written and run, and nothing that is there already", () => {
  const made = blocks.filter(({ file }) => file !== "" && !existsSync(join(PROJECT, file)));
  expect(made.map(({ file }) => file)).toEqual([
    "prisma/migrations/20270101090000_residencies/migration.sql",
    "src/knowledge/residency.record.ts",
    "data/residencies.csv",
  ]);
  expect(blocks.flatMap(({ language, text }) => (language === "sh" ? text.trimEnd().split("\n") : []))).toContain(
    "npm run fix:rights",
  );
});

it("fails where a diff tells of lines that are not there, or more than once", async () => {
  const change = (text: string): Promise<void> => follow({ language: "diff", file: "package.json", text }, copy.folder);
  await expect(change(' "name": "nothing",\n+"kind": "none",\n')).rejects.toThrow("package.json does not have once:");
  await expect(change(' "\n+"\n')).rejects.toThrow("package.json does not have once:");
});

it("gives a declaration that is type-checked against its model", async () => {
  const project = join(copy.folder, "planted.json");
  await writeFile(
    project,
    JSON.stringify({ extends: "./tsconfig.json", include: [], files: ["src/knowledge/residency.record.ts"] }),
  );
  const compile = () => runNode("node_modules/typescript/bin/tsc", ["--noEmit", "-p", project], copy.folder);
  expect(compile()).toEqual({ status: 0, output: "" });
});

it("gives a database that is what the model and the audiences say", () => {
  const { status, output } = runNode("scripts/check-database.mjs", [], copy.folder);
  expect(output).toMatch(/^Schema and migrated database differ in the \d+ ways that are meant, and in no other\.\n$/);
  expect(status).toBe(0);
});

it("says in the schema and in the rights what is new", async () => {
  const added = async (file: string): Promise<string[]> => {
    const old = new Set((await readFile(join(PROJECT, file), "utf8")).split("\n"));
    return (await readFile(join(copy.folder, file), "utf8")).split("\n").filter((line) => !old.has(line));
  };
  expect(await added("schema.graphql")).toContain("type Residency implements Node & Record {");
  expect((await added("docs/rights.md")).map((line) => line.replace(/ +/g, " "))).toEqual([
    "| Residency | `city` |",
    "| `createResidency` | the one that the record belongs to (its authority) |",
    "| `updateResidency` | the one that the record belongs to (its authority) |",
    "| `deleteResidency` | the one that the record belongs to (its authority) |",
    "| `Residency.slug` | once it is said |",
    "| Residency | those whose `state` is `DRAFT` | `city` |",
  ]);
});

it(
  "gives records that are loaded, read, searched, written, and hidden from whom they are not for",
  async () => {
    expect(ccg("load")).toMatch(/^residencies\.csv: 2 residencies$/m);
    const [krakow, york] = ["krakow", "york"].map(
      (city) => /ccg_\S+/.exec(ccg("key", "create", "--name", city, "--role", "CITY", "--city", city))?.[0],
    );
    const server = new ServerProcess(join(copy.folder, "dist", "main.js"), { DATA_DIR: join(copy.folder, "filled") });
    const url = await server.url();
    const ask = (query: string, token?: string): Promise<UntypedAnswer> =>
      postGraphql(url, { query }, token === undefined ? {} : bearing(token));
    const data = async (query: string, token?: string): Promise<unknown> => {
      const { data: found, errors } = await ask(query, token);
      expect(errors).toBeUndefined();
      return found as unknown;
    };

    const list = "{ residencies { totalCount nodes { slug startsOn city { slug } sources { title } } } }";
    const writers = {
      slug: "writers-house",
      startsOn: "2027-03",
      city: { slug: "krakow" },
      sources: [{ title: "Of the city" }],
    };
    const studio = { ...writers, slug: "secret-studio", startsOn: null };
    expect(await data(list)).toEqual({ residencies: { totalCount: 1, nodes: [writers] } });
    expect(await data(list, york)).toEqual({ residencies: { totalCount: 1, nodes: [writers] } });
    expect(await data(list, krakow)).toEqual({ residencies: { totalCount: 2, nodes: [writers, studio] } });

    const ofCities = "{ cities(filter: { residencies: { some: { state: { eq: DRAFT } } } }) { nodes { slug } } }";
    expect(await data(ofCities)).toEqual({ cities: { nodes: [] } });
    expect(await data(ofCities, krakow)).toEqual({ cities: { nodes: [{ slug: "krakow" }] } });

    const search = '{ search(query: "secret studio", types: [RESIDENCY]) { nodes { __typename } } }';
    expect(await data(search)).toEqual({ search: { nodes: [] } });
    expect(await data(search, krakow)).toEqual({ search: { nodes: [{ __typename: "Residency" }] } });

    const publish = `mutation { updateResidency(input: { by: { slug: "secret-studio" }, state: PUBLISHED }) {
      residency { state } userErrors { code } } }`;
    expect((await ask(publish)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect(await data(publish, york)).toEqual({
      updateResidency: { residency: null, userErrors: [{ code: "NOT_FOUND" }] },
    });
    expect(await data(list)).toMatchObject({ residencies: { totalCount: 1 } });
    expect(await data(publish, krakow)).toEqual({
      updateResidency: { residency: { state: "PUBLISHED" }, userErrors: [] },
    });
    expect(await data(list)).toMatchObject({ residencies: { totalCount: 2 } });
    expect((await ask(publish, york)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    await server.stop();
  },
  COPY_MS,
);
