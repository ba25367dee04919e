// Example queries: one file each in examples/, with a head of comment lines that say where and how the query is listed.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { GraphQLError, Kind, parse } from "graphql";

export interface Example {
  readonly group: string;
  readonly title: string;
  readonly description: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const FILE_NAME = /^\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*\.graphql$/;
const HEAD_LINE = /^#\s*([A-Za-z]+):\s*(.*?)\s*$/;
const REQUIRED = ["group", "title", "description"] as const;
const KEYS: readonly string[] = [...REQUIRED, "variables"];

/**
 * Reads one example. Its head is `# group: …`, `# title: …`, `# description: …` and, where the query has variables,
 * `# variables: {json}`, in any order; the rest is the query.
 *
 * @throws Error whose message begins with `fileName`, when the head or the query is malformed.
 */
export function parseExample(fileName: string, text: string): Example {
  const { head, query } = splitHead(fileName, text);
  const [group, title, description] = REQUIRED.map((key) => {
    const value = head.get(key);
    if (!value) throw new Error(`${fileName} must have a line "# ${key}: …" in its head.`);
    return value;
  }) as [string, string, string];
  assertOneOperation(fileName, query);
  const variables = head.get("variables");
  return {
    group,
    title,
    description,
    query,
    ...(variables === undefined ? {} : { variables: parseVariables(fileName, variables) }),
  };
}

/**
 * Reads every `.graphql` file of a directory, in the order of their names.
 *
 * @throws Error that names the directory or the file, when one cannot be read, is malformed, is not named
 * `NN-slug.graphql`, or repeats a title of its group.
 */
export async function readExamples(directory: string): Promise<Example[]> {
  const fileNames = (await readdir(directory)).filter((name) => name.endsWith(".graphql")).sort();
  const examples: Example[] = [];
  for (const fileName of fileNames) {
    if (!FILE_NAME.test(fileName)) {
      throw new Error(`${fileName} must be named like "01-a-city.graphql": two digits, then lower-case words.`);
    }
    const example = parseExample(fileName, await readFile(path.join(directory, fileName), "utf8"));
    if (examples.some(({ group, title }) => group === example.group && title === example.title)) {
      throw new Error(`${fileName} repeats the title "${example.title}" in the group ${example.group}.`);
    }
    examples.push(example);
  }
  return examples;
}

function splitHead(fileName: string, text: string): { head: Map<string, string>; query: string } {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const head = new Map<string, string>();
  let length = 0;
  for (const line of lines) {
    if (!line.startsWith("#")) break;
    length += 1;
    const [, key, value] = HEAD_LINE.exec(line) ?? [];
    if (key === undefined || value === undefined || !KEYS.includes(key)) {
      throw new Error(
        `${fileName}, line ${length}: expected "# key: value" with a key out of ${KEYS.join(", ")}, but got "${line}".`,
      );
    }
    if (head.has(key)) throw new Error(`${fileName}, line ${length}: "${key}" is given twice.`);
    head.set(key, value);
  }
  return { head, query: lines.slice(length).join("\n").trim() };
}

function assertOneOperation(fileName: string, query: string): void {
  if (query === "") throw new Error(`${fileName} must have a query after its head.`);
  try {
    const operations = parse(query).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operations.length !== 1) throw new Error(`${fileName} must have one operation, but got ${operations.length}.`);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const where = error.locations?.[0];
    throw new Error(`${fileName}: ${error.message}${where ? ` (line ${where.line} of the query)` : ""}`, {
      cause: error,
    });
  }
}

function parseVariables(fileName: string, json: string): Record<string, unknown> {
  let variables: unknown;
  try {
    variables = JSON.parse(json);
  } catch (error) {
    throw new Error(`${fileName}: variables must be JSON on one line, but got ${json}`, { cause: error });
  }
  if (typeof variables !== "object" || variables === null || Array.isArray(variables)) {
    throw new Error(`${fileName}: variables must be a JSON object, but got ${json}`);
  }
  return variables as Record<string, unknown>;
}
