import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseExample, readExamples } from "../../../src/http/examples";

const HEAD = "# group: Apps\n# title: A city\n# description: One city, by its slug.\n";
const QUERY = "query ACity($slug: String!) {\n  city(by: { slug: $slug }) {\n    name\n  }\n}";

describe("parseExample", () => {
  it("reads the head and the query", () => {
    expect(parseExample("01-a-city.graphql", `${HEAD}${QUERY}\n`)).toEqual({
      group: "Apps",
      title: "A city",
      description: "One city, by its slug.",
      query: QUERY,
    });
  });

  it("reads variables, in any order of the head", () => {
    const example = parseExample("01-a-city.graphql", `# variables: { "slug": "krakow" }\n${HEAD}\n${QUERY}`);
    expect(example.variables).toEqual({ slug: "krakow" });
    expect(example.query).toBe(QUERY);
  });

  it("reads a file with a byte order mark and Windows line ends", () => {
    const example = parseExample("01-a-city.graphql", `\uFEFF${HEAD}${QUERY}\n`.replaceAll("\n", "\r\n"));
    expect(example.query).toBe(QUERY);
  });

  it("keeps comments and colons that are part of the query or of a text", () => {
    const text = HEAD.replace("One city", "One city: krakow") + "\n# note: kept\n{ revision }";
    const example = parseExample("01-a-city.graphql", text);
    expect(example.description).toBe("One city: krakow, by its slug.");
    expect(example.query).toBe("# note: kept\n{ revision }");
  });

  it.each([
    ["no group", HEAD.replace("# group: Apps\n", "") + QUERY, '01.graphql must have a line "# group: …" in its head.'],
    ["an empty title", HEAD.replace("A city", "") + QUERY, '01.graphql must have a line "# title: …" in its head.'],
    ["no head", QUERY, '01.graphql must have a line "# group: …" in its head.'],
    [
      "an unknown key",
      `${HEAD}# author: me\n${QUERY}`,
      '01.graphql, line 4: expected "# key: value" with a key out of group, title, description, variables, but got "# author: me".',
    ],
    [
      "a comment without a key",
      `# hello\n${HEAD}${QUERY}`,
      '01.graphql, line 1: expected "# key: value" with a key out of group, title, description, variables, but got "# hello".',
    ],
    ["a key given twice", `${HEAD}# title: Again\n${QUERY}`, '01.graphql, line 4: "title" is given twice.'],
    ["no query", HEAD, "01.graphql must have a query after its head."],
    [
      "a syntax error",
      `${HEAD}query {\n  city(\n}`,
      '01.graphql: Syntax Error: Expected Name, found "}". (line 3 of the query)',
    ],
    ["two operations", `${HEAD}query A { a } query B { b }`, "01.graphql must have one operation, but got 2."],
    ["only a fragment", `${HEAD}fragment A on City { name }`, "01.graphql must have one operation, but got 0."],
    [
      "variables that are not JSON",
      `${HEAD}# variables: {slug}\n${QUERY}`,
      "01.graphql: variables must be JSON on one line, but got {slug}",
    ],
    [
      "variables that are a list",
      `${HEAD}# variables: [1]\n${QUERY}`,
      "01.graphql: variables must be a JSON object, but got [1]",
    ],
    [
      "variables that are null",
      `${HEAD}# variables: null\n${QUERY}`,
      "01.graphql: variables must be a JSON object, but got null",
    ],
  ])("refuses %s", (_fault, text, message) => {
    expect(() => parseExample("01.graphql", text)).toThrow(expect.objectContaining({ message }));
  });
});

describe("readExamples", () => {
  let directory: string;
  const write = (name: string, text: string) => writeFile(path.join(directory, name), text);

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "examples-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("reads the files in the order of their names and passes over other kinds", async () => {
    await write("02-b.graphql", `${HEAD.replace("A city", "Second")}{ revision }`);
    await write("01-a.graphql", `${HEAD.replace("A city", "First")}{ revision }`);
    await write("README.md", "Examples.");
    expect((await readExamples(directory)).map(({ title }) => title)).toEqual(["First", "Second"]);
  });

  it("names the file that is malformed", async () => {
    await write("01-a.graphql", `${HEAD}{ revision }`);
    await write("02-b.graphql", "{ revision }");
    await expect(readExamples(directory)).rejects.toThrow('02-b.graphql must have a line "# group: …" in its head.');
  });

  it("refuses a file name without its number", async () => {
    await write("a.graphql", `${HEAD}{ revision }`);
    await expect(readExamples(directory)).rejects.toThrow('a.graphql must be named like "01-a-city.graphql"');
  });

  it("refuses a title that its group has already", async () => {
    await write("01-a.graphql", `${HEAD}{ revision }`);
    await write("02-b.graphql", `${HEAD}{ revision }`);
    await expect(readExamples(directory)).rejects.toThrow('02-b.graphql repeats the title "A city" in the group Apps.');
  });

  it("names a directory that is not there", async () => {
    await expect(readExamples(path.join(directory, "absent"))).rejects.toThrow(path.join(directory, "absent"));
  });

  it("reads the examples of this project, in their four groups", async () => {
    const examples = await readExamples("examples");
    expect([...new Set(examples.map(({ group }) => group))]).toEqual([
      "Apps",
      "Networks",
      "Dashboards",
      "Collaboration",
    ]);
  });
});
