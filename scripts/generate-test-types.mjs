// Generates the types of what tests ask the API for, from schema.graphql and the tests themselves: of each text in gql(`…`), and of
// what .does("mutation", input, "selection") sends (test/support/actors.ts). Fails where the schema does not have what is selected.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { preset } from "@graphql-codegen/client-preset";
import { codegen } from "@graphql-codegen/core";
import { Kind, parse, Source } from "graphql";
import ts from "typescript";

const PROJECT = join(import.meta.dirname, "..");
const TESTS = join(PROJECT, "test");
const GENERATED = join(TESTS, "generated");
const SETTINGS = { strictScalars: true, enumsAsTypes: true, useTypeImports: true, skipTypename: true };

/** The texts that a file asks with, each with the place where it is written. */
function textsIn(file) {
  const source = ts.createSourceFile(file, readFileSync(join(TESTS, file), "utf8"), ts.ScriptTarget.Latest);
  const placeOf = (node) => `test/${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
  const writtenOut = (node) => {
    if (ts.isStringLiteralLike(node)) return node.text;
    throw new Error(`${placeOf(node)}: types can only be made for a text that is written out here, without holes`);
  };
  const found = [];
  const visit = (node) => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node)) return;
    const { expression: called, arguments: given } = node;
    if (ts.isIdentifier(called) && called.text === "gql") {
      found.push({ place: placeOf(node), text: writtenOut(given[0]) });
    }
    if (ts.isPropertyAccessExpression(called) && called.name.text === "does") {
      found.push({ place: placeOf(node), text: sentBy(writtenOut(given[0]), writtenOut(given[2])) });
    }
  };
  visit(source);
  return found;
}

/** What Actor.does sends. */
function sentBy(mutation, selection) {
  const input = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const outcome = "revision userErrors { code message path }";
  return `mutation ($input: ${input}!) { done: ${mutation}(input: $input) { ${outcome} ${selection} } }`;
}

/** A document whose operation has this name, because types are called by it. */
function named(name, { place, text }) {
  const document = parse(new Source(text, place));
  const [operation, ...others] = document.definitions;
  if (operation.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${place}: the operation comes first`);
  const definitions = [{ ...operation, name: { kind: Kind.NAME, value: name } }, ...others];
  return { location: place, rawSDL: text, document: { ...document, definitions }, operation: operation.operation };
}

const files = readdirSync(TESTS, { recursive: true }).filter((file) => file.endsWith(".ts"));
const texts = new Map(files.sort().flatMap((file) => textsIn(file).map((found) => [found.text, found])));
const documents = [...texts.values()].map((found, i) => named(`Asked${i + 1}`, found));

const outputs = await preset.buildGeneratesSection({
  baseOutputDir: "generated/",
  presetConfig: { fragmentMasking: false },
  config: { ...SETTINGS, scalars: JSON.parse(readFileSync(join(TESTS, "support", "scalars.json"), "utf8")) },
  schema: parse(readFileSync(join(PROJECT, "schema.graphql"), "utf8")),
  documents,
  plugins: [],
  pluginMap: {},
});
const output = outputs.find(({ filename }) => filename === "generated/graphql.ts");
const types = await codegen({
  ...output,
  plugins: output.plugins.filter((plugin) => !("typed-document-node" in plugin)),
});
const rows = documents.map(({ rawSDL, operation }, i) => {
  const type = `Asked${i + 1}${operation === "mutation" ? "Mutation" : "Query"}`;
  return `  ${JSON.stringify(rawSDL)}: { result: ${type}; variables: ${type}Variables };\n`;
});

mkdirSync(GENERATED, { recursive: true });
const table = `/** What each text answers with, and the variables that it takes. */\nexport interface Documents {\n${rows.join("")}}\n`;
writeFileSync(join(GENERATED, "documents.ts"), `${types}\n${table}`);
