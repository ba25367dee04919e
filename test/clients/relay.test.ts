// Relay's compiler takes the schema: with the examples, and with what Relay itself presumes of nodes and connections.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyProject, runNode, type ProjectCopy, type Outcome } from "../gates/project-copy";
import { altered, EXAMPLES, SCALARS, SCHEMA, WRITES } from "../support/client-inputs";
import { moduleOfExample, modulesOfLists, type RelayModule } from "../support/relay-modules";

const SETTINGS = {
  src: "./src",
  schema: "./schema.graphql",
  artifactDirectory: "./artifacts",
  language: "typescript",
  eagerEsModules: true,
  noFutureProofEnums: true,
  requireCustomScalarTypes: true,
  customScalarTypes: SCALARS,
};

let project: ProjectCopy;
beforeAll(async () => {
  project = await copyProject([]);
  await writeFile(join(project.folder, "relay.config.json"), JSON.stringify(SETTINGS));
});
afterAll(() => project.remove());

interface Compiled extends Outcome {
  /** names without `.graphql.ts` */
  artifacts: string[];
}

async function compile(schema: string, modules: readonly RelayModule[]): Promise<Compiled> {
  const [source, artifacts] = [join(project.folder, "src"), join(project.folder, "artifacts")];
  for (const folder of [source, artifacts]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  }
  await writeFile(join(project.folder, "schema.graphql"), schema);
  for (const { name, documents } of modules) {
    const tagged = documents.map((document) => `graphql\`${document}\`;\n`);
    await writeFile(join(source, `${name}.ts`), `import { graphql } from "relay-runtime";\n${tagged.join("")}`);
  }
  const outcome = runNode("node_modules/relay-compiler/cli.js", ["--noWatchman"], project.folder);
  const names = (await readdir(artifacts)).map((file) => file.replace(/\.graphql\.ts$/, ""));
  return { ...outcome, artifacts: names.sort() };
}

/** A page of a city, with a list of the city's own and one of the root, each of which goes on by itself. */
const CITY_PAGE: RelayModule = {
  name: "CityPage",
  documents: [
    `query CityPageQuery($id: ID!) {
      node(id: $id) { ...CityPage_networks @alias }
      ...CityPage_cities @arguments(country: "PL")
    }`,
    `fragment CityPage_networks on City
    @refetchable(queryName: "CityPageNetworksQuery")
    @argumentDefinitions(first: { type: "Int", defaultValue: 5 }, after: { type: "String" }) {
      name
      networks(first: $first, after: $after) @connection(key: "CityPage_networks") {
        totalCount
        edges { since role node { name } }
      }
    }`,
    `fragment CityPage_cities on Query
    @refetchable(queryName: "CityPageCitiesQuery")
    @argumentDefinitions(
      country: { type: "CountryCode!" }
      last: { type: "Int", defaultValue: 5 }
      before: { type: "String" }
    ) {
      cities(filter: { country: { code: { eq: $country } } }, last: $last, before: $before)
        @connection(key: "CityPage_cities", filters: ["filter"]) {
        edges { node { name } }
      }
    }`,
  ],
};

const examples = EXAMPLES.map(moduleOfExample);

describe("Relay's compiler", () => {
  it("makes an artifact of each example", async () => {
    const { status, output, artifacts } = await compile(SCHEMA, examples);
    expect(output).not.toMatch(/error|warn/i);
    expect(status).toBe(0);
    const operations = new Set(examples.map(({ operation }) => operation));
    expect(operations.size).toBe(EXAMPLES.length);
    expect(artifacts).toEqual(expect.arrayContaining([...operations]));
  });

  it("makes an artifact of what a client writes", async () => {
    const { status, output, artifacts } = await compile(SCHEMA, WRITES.map(moduleOfExample));
    expect(output).not.toMatch(/error|warn/i);
    expect(status).toBe(0);
    expect(artifacts).toEqual(expect.arrayContaining(["ChangeAProjectMutation", "MakeAProjectMutation"]));
  });

  it("makes queries for further pages of a record's list and of the root's", async () => {
    const { output, artifacts } = await compile(SCHEMA, [CITY_PAGE]);
    expect(output).toContain("Compilation completed.");
    expect(artifacts).toEqual([
      "CityPageCitiesQuery",
      "CityPageNetworksQuery",
      "CityPageQuery",
      "CityPage_cities",
      "CityPage_networks",
    ]);
    const query = await readFile(join(project.folder, "artifacts/CityPageNetworksQuery.graphql.ts"), "utf8");
    expect(query).toContain("node(id: $id)");
    expect(query).toContain("pageInfo {\\n      endCursor\\n      hasNextPage");
  });

  it("takes every list of the schema for a connection that can be gone through in pages", async () => {
    const lists = modulesOfLists(SCHEMA);
    const { status, output, artifacts } = await compile(SCHEMA, lists);
    expect(output).toContain("Compilation completed.");
    expect(status).toBe(0);
    const documents = lists.flatMap((module) => module.documents);
    expect(documents.length).toBeGreaterThan(20);
    expect(artifacts).toHaveLength(2 * documents.length);
  });

  it.each([
    ["a field of an example is called something else", /^ {2}memberSince\b/gm, "  joinedOn", examples, "memberSince"],
    ["pages have no last cursor", /^ {2}endCursor: String$/m, "  lastCursor: String", [CITY_PAGE], "endCursor"],
    ["a page does not say whether more follows", /^ {2}hasNextPage: /m, "  more: ", [CITY_PAGE], "hasNextPage"],
    ["the root finds no record by its id", /^ {2}node\(/m, "  record(", modulesOfLists(SCHEMA), "refetchable"],
    ["a scalar is new", /\bPartialDate\b/g, "VagueDate", examples, "VagueDate"],
  ])("would fail where %s", async (_fault, pattern, replacement, modules, named) => {
    const { status, output } = await compile(altered(pattern, replacement), modules);
    expect(output).toContain(named);
    expect(status).not.toBe(0);
  });
});

describe("an example as a module of Relay's", () => {
  const moduleOf = (text: string) => moduleOfExample({ file: "planted.graphql", text });

  it.each([
    ["query ACity { revision }", "ACity", "ACityQuery"],
    ["query ACityQuery { revision }", "ACity", "ACityQuery"],
    ["mutation MoveACity { move }", "MoveACity", "MoveACityMutation"],
    ["subscription Changes { changes }", "Changes", "ChangesSubscription"],
  ])("%s is named for it", (text, name, operation) => {
    const module = moduleOf(text);
    expect(module).toMatchObject({ name, operation });
    expect(module.documents).toEqual([expect.stringContaining(` ${operation} {`)]);
  });

  it("has fragments that are named for it too, and may be of another type", async () => {
    const planted = moduleOf('query Any { node(id: "x") { ...Place } } fragment Place on City { name }');
    const { output, artifacts } = await compile(SCHEMA, [planted]);
    expect(output).toContain("Compilation completed.");
    expect(artifacts).toEqual(["AnyQuery", "Any_Place"]);
  });

  it("must have a name", () => {
    expect(() => moduleOf("{ revision }")).toThrow("planted.graphql");
  });
});
