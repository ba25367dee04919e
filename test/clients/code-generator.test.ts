// GraphQL Code Generator's preset for clients, with strict settings, makes types of the schema and the examples that
// compile, and that the code of a client is checked by.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSchema, isScalarType, isSpecifiedScalarType, parse } from "graphql";
import { copyProject, runNode, type ProjectCopy } from "../gates/project-copy";
import { EXAMPLES, SCALARS, SCHEMA, WRITES, type DocumentFile } from "../support/client-inputs";

const SETTINGS = {
  strictScalars: true,
  scalars: SCALARS,
  useTypeImports: true,
  enumsAsTypes: true,
  nonOptionalTypename: true,
  immutableTypes: true,
};

const COMPILER_OPTIONS = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  target: "es2023",
  module: "preserve",
  moduleResolution: "bundler",
  types: [],
};

const CLIENT = `
import type { DocumentTypeDecoration, ResultOf } from "@graphql-typed-document-node/core";
import { ChangeAProjectDocument, MakeAProjectDocument, MembersOnADayDocument, type MembershipRole } from "./made/graphql";

declare function ask<Result, Variables>(
  document: DocumentTypeDecoration<Result, Variables>,
  variables: Variables,
): Promise<Result>;

export async function membersOf(day: string): Promise<ReadonlyMap<string, string>> {
  const { cities } = await ask(MembersOnADayDocument, { day });
  const { cities: rest } = await ask(MembersOnADayDocument, { day, after: cities.pageInfo.endCursor });
  return new Map([...cities.nodes, ...rest.nodes].map(({ slug, country }) => [slug, country.name]));
}

export async function makeProject(slug: string): Promise<string | undefined> {
  const input = { slug, title: "A Project", goals: [{ number: 11 }], meeting: { number: 12 }, idempotencyKey: slug };
  const { createProject } = await ask(MakeAProjectDocument, { input });
  const [error] = createProject.userErrors;
  if (error?.code === "NOT_UNIQUE") return error.path.join(".");
  return createProject.project?.id;
}

export const change = ask(ChangeAProjectDocument, { id: "project_1", revision: "7", goals: [{ number: 4 }] });
// @ts-expect-error: a reference that says in two ways which record is meant
export const twice = ask(ChangeAProjectDocument, { id: "project_1", revision: "7", goals: [{ number: 4, id: "goal_1" }] });
// @ts-expect-error: an input without what must be in it
export const untitled = ask(MakeAProjectDocument, { input: { slug: "untitled" } });
export const role: MembershipRole = "LEAD";
export const nameOf = (city: ResultOf<typeof MembersOnADayDocument>["cities"]["nodes"][number]): string => city.name;

// @ts-expect-error: a variable that must be given
export const incomplete = ask(MembersOnADayDocument, {});
// @ts-expect-error: a variable of the wrong type
export const wrong = ask(MembersOnADayDocument, { day: 2018 });
export async function mayorOf(day: string): Promise<unknown> {
  const { cities } = await ask(MembersOnADayDocument, { day });
  // @ts-expect-error: a field that the query did not select
  return cities.nodes[0]?.mayor;
}
`;

/** The files that it makes, by their paths; all of them lie in made/. */
async function generate(
  documents: readonly DocumentFile[],
  { schema = SCHEMA, settings = {} }: { schema?: string; settings?: object } = {},
): Promise<Map<string, string>> {
  const [{ codegen }, { preset }] = await Promise.all([
    import("@graphql-codegen/core"),
    import("@graphql-codegen/client-preset"),
  ]);
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: "made/",
    presetConfig: {},
    config: { ...SETTINGS, ...settings },
    schema: parse(schema),
    documents: documents.map(({ file, text }) => ({ location: file, rawSDL: text, document: parse(text) })),
    plugins: [],
    pluginMap: {},
  });
  return new Map(await Promise.all(outputs.map(async (output) => [output.filename, await codegen(output)] as const)));
}

describe("GraphQL Code Generator", () => {
  let project: ProjectCopy;
  beforeAll(async () => {
    project = await copyProject([]);
  });
  afterAll(() => project.remove());

  it.each([
    ["syntax trees", "documentNode"],
    ["strings", "string"],
  ])("makes documents as %s that a strict client compiles with", async (_form, documentMode) => {
    const made = await generate([...EXAMPLES, ...WRITES], { settings: { documentMode } });
    const documents = made.get("made/graphql.ts")!.match(/^export const \w+Document\b/gm);
    expect(documents).toHaveLength(EXAMPLES.length + WRITES.length);
    await mkdir(join(project.folder, "made"), { recursive: true });
    for (const [path, content] of made) await writeFile(join(project.folder, path), content);
    await writeFile(join(project.folder, "client.ts"), CLIENT);
    await writeFile(
      join(project.folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ["client.ts", ...made.keys()] }),
    );
    expect(runNode("node_modules/typescript/bin/tsc", ["--noEmit"], project.folder)).toEqual({ status: 0, output: "" });
  });

  it("is told what every scalar of the schema is", () => {
    const scalars = Object.values(buildSchema(SCHEMA).getTypeMap()).filter(isScalarType);
    const own = scalars.filter((type) => !isSpecifiedScalarType(type)).map(({ name }) => name);
    expect(own.sort()).toEqual(Object.keys(SCALARS).sort());
  });

  it("would fail for an example that selects a field which is not there", async () => {
    const text = 'query Planted { city(by: { slug: "krakow" }) { mayor } }';
    await expect(generate([...EXAMPLES, { file: "99-planted.graphql", text }])).rejects.toThrow(
      'Cannot query field "mayor" on type "City"',
    );
  });

  it("would fail for two examples of one name", async () => {
    const planted = [
      { file: "98-planted.graphql", text: "query Planted { revision }" },
      { file: "99-planted.graphql", text: "query Planted { viewer { role } }" },
    ];
    await expect(generate(planted)).rejects.toThrow("99-planted.graphql");
  });

  it("would fail for a scalar that nobody said the type of", async () => {
    const schema = `${SCHEMA}\nscalar Weight\nextend type City { weight: Weight }\n`;
    const text = 'query Planted { city(by: { slug: "krakow" }) { weight } }';
    await expect(generate([{ file: "99-planted.graphql", text }], { schema })).rejects.toThrow("Weight");
  });
});
