// Every part of the schema is described in words: lists what is not, and ends with 1 when there is any. Reads
// schema.graphql, or the file that is given as argument.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, isIntrospectionType, isSpecifiedDirective, isSpecifiedScalarType } from "graphql";

/** Shorter than this says nothing that the name does not. */
const LETTERS_AT_LEAST = 10;

const file = process.argv[2] ?? fileURLToPath(new URL("../schema.graphql", import.meta.url));

/** Everything that carries a description, as `Type.field(arg:)` with its description. */
function* describedParts(schema) {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield [type.name, type.description];
    const members = "getFields" in type ? Object.values(type.getFields()) : "getValues" in type ? type.getValues() : [];
    for (const member of members) {
      yield [`${type.name}.${member.name}`, member.description];
      for (const arg of member.args ?? []) yield [`${type.name}.${member.name}(${arg.name}:)`, arg.description];
    }
  }
  for (const directive of schema.getDirectives()) {
    if (isSpecifiedDirective(directive)) continue;
    yield [`@${directive.name}`, directive.description];
    for (const arg of directive.args) yield [`@${directive.name}(${arg.name}:)`, arg.description];
  }
}

const parts = [...describedParts(buildSchema(readFileSync(file, "utf8")))];
const missing = parts.filter(([, description]) => (description ?? "").trim().length < LETTERS_AT_LEAST);
if (missing.length > 0) {
  for (const [name] of missing) console.error(name);
  console.error(
    `${missing.length} of ${parts.length} parts of the schema lack a description of ${LETTERS_AT_LEAST} letters or more.`,
  );
  process.exitCode = 1;
} else {
  console.log(`All ${parts.length} parts of the schema are described.`);
}
