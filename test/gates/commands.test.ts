// Each command has one hand-written test, beside the suites that are made for all mutations: a describe() of its name below test/api/.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RIGHTS } from "../support/rights-document";
import { PROJECT } from "./project-copy";

const COMMANDS = Object.keys(RIGHTS).filter((mutation) => !/^(create|update|delete)[A-Z]/.test(mutation));

function describedBelow(folder: string): string[] {
  const files = readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".test.ts"),
  );
  return files.flatMap((file) => describedIn(readFileSync(join(PROJECT, folder, file), "utf8")));
}

const describedIn = (text: string): string[] =>
  [...text.matchAll(/^describe\("(\w+)", /gm)].map(([, name = ""]) => name);

const withoutOne = (described: readonly string[]): string[] =>
  COMMANDS.filter((command) => described.filter((name) => name === command).length !== 1);

it("each command is described once", () => {
  expect(COMMANDS).toContain("submitApplication");
  expect(withoutOne(describedBelow("test/api"))).toEqual([]);
});

it("would show a command that is described nowhere, or twice", () => {
  const described = describedIn(
    'describe("mergeCities", () => {\ndescribe("leaveNetwork", () => {\ndescribe("mergeCities", () => {',
  );
  expect(withoutOne(described)).toEqual(COMMANDS.filter((command) => command !== "leaveNetwork"));
});
