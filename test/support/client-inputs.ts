// What the makers of clients have from this project: the schema, the example queries, and what its scalars are in JSON.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import scalars from "./scalars.json";

const PROJECT = join(__dirname, "..", "..");
const EXAMPLES_FOLDER = join(PROJECT, "examples");

export const SCHEMA = readFileSync(join(PROJECT, "schema.graphql"), "utf8");

/** The TypeScript type of each custom scalar; the strict settings of either tool refuse one that is not here. */
export const SCALARS: Readonly<Record<string, string>> = scalars;

export interface DocumentFile {
  file: string;
  text: string;
}

export const EXAMPLES: readonly DocumentFile[] = readdirSync(EXAMPLES_FOLDER)
  .filter((file) => file.endsWith(".graphql"))
  .sort()
  .map((file) => ({ file, text: readFileSync(join(EXAMPLES_FOLDER, file), "utf8") }));

/** What a client writes: one mutation of each kind, with what its input may hold. */
export const WRITES: readonly DocumentFile[] = [
  {
    file: "make-a-project.graphql",
    text: `mutation MakeAProject($input: CreateProjectInput!) {
      createProject(input: $input) { revision userErrors { code message path } project { id slug goals { number } } }
    }`,
  },
  {
    file: "change-a-project.graphql",
    text: `mutation ChangeAProject($id: ID!, $revision: Revision!, $goals: [SustainableDevelopmentGoalRef!]!) {
      updateProject(input: { by: { id: $id }, ifRevision: $revision, summary: null, goals: { add: $goals } }) {
        revision
        userErrors { code path }
        project { id revision summary }
      }
    }`,
  },
  {
    file: "start-a-project.graphql",
    text: `mutation StartAProject($input: StartProjectInput!) {
      startProject(input: $input) { userErrors { code } project { id status } }
    }`,
  },
  {
    file: "delete-a-project.graphql",
    text: `mutation DeleteAProject($input: DeleteRecordInput!) {
      deleteProject(input: $input) { deletedId userErrors { code path } referrers { id } }
    }`,
  },
];

/** The schema with something else in place of each match. */
export function altered(pattern: RegExp, replacement: string): string {
  const text = SCHEMA.replace(pattern, replacement);
  if (text === SCHEMA) throw new Error(`the schema has no ${pattern.source} to plant a fault in`);
  return text;
}
