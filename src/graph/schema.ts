// The whole schema, from the declarations and from the fields that are written by hand. Once a process: type-graphql's store is global.
import "reflect-metadata";
import { GraphQLInputObjectType, lexicographicSortSchema, printSchema, type GraphQLSchema } from "graphql";
import { buildSchemaSync, type ClassType, type NonEmptyArray } from "type-graphql";
import type { Catalogue } from "../database/declare/catalogue";
import { madeResolvers } from "./declare-field";
import { addFilterFields } from "./filter-inputs";
import { HistoryField, VersionFields } from "./history-field";
import { RecordFields } from "./record-fields";
import { addRecordFields, objectOf } from "./record-objects";
import { addRelationFields } from "./relation-fields";
import { addRoots, SharedRoots } from "./roots";
import { searchRoot } from "./search-root";
import { addViewerScopes, ViewerRoot } from "./viewer-root";
import { addKeyOwners } from "./write/api-key-types";
import { keyFields, KeyRoots, TokenField } from "./write/api-keys";
import { addMerges } from "./write/merge-mutations";
import { addRecordMutations } from "./write/record-mutations";
import { addCommands } from "./write/command-mutations";

/** Something that is made from the declarations of the catalogue. */
interface Contribution {
  name: string;
  make: (catalogue: Catalogue) => void;
}

/** Types name each other by functions that are called when the schema is built: so the order of these means nothing. */
const CONTRIBUTIONS: readonly Contribution[] = [
  { name: "filters of record types", make: addFilterFields },
  { name: "authorities, references, names and derived values of records", make: addRecordFields },
  { name: "relations", make: addRelationFields },
  { name: "roots of record types: one and many", make: addRoots },
  { name: "the records that callers' keys belong to", make: addViewerScopes },
  { name: "the owners of API keys", make: addKeyOwners },
  { name: "create, update and delete of record types", make: addRecordMutations },
  { name: "commands", make: addCommands },
  { name: "merges", make: addMerges },
];

/** All classes with fields of their own: what this room has written by hand, what others have, and what was made. */
function resolversOf(catalogue: Catalogue): NonEmptyArray<ClassType> {
  return [
    SharedRoots,
    RecordFields,
    searchRoot(catalogue),
    ViewerRoot,
    VersionFields,
    HistoryField,
    KeyRoots,
    TokenField,
    ...keyFields,
    ...catalogue.resolvers,
    ...madeResolvers(),
  ];
}

let built: { catalogue: Catalogue; schema: GraphQLSchema } | undefined;

/** @throws when asked for the schema of a second catalogue, or where a contribution cannot be made */
export function schemaOf(catalogue: Catalogue): GraphQLSchema {
  if (built !== undefined) {
    if (built.catalogue !== catalogue) throw new Error("a process has one schema");
    return built.schema;
  }
  for (const { name, make } of CONTRIBUTIONS) {
    try {
      make(catalogue);
    } catch (error) {
      throw new Error(`the schema lacks ${name}`, { cause: error });
    }
  }
  const schema = buildSchemaSync({
    resolvers: resolversOf(catalogue),
    orphanedTypes: catalogue.records.map((type) => objectOf(type)),
    validate: false,
  });
  markOneOf(schema);
  describeRoots(schema);
  built = { catalogue, schema };
  return schema;
}

// As @OneOfInput says it; graphql-js takes it from the built type, for SDL, literals and variables alike.
function markOneOf(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type instanceof GraphQLInputObjectType && type.extensions.oneOf === true) type.isOneOf = true;
  }
}

// type-graphql takes no description for the types that all root fields are on.
function describeRoots(schema: GraphQLSchema): void {
  const query = schema.getQueryType();
  if (query) query.description = "All that can be asked: one record, many records, or anything by its id or its name.";
  const mutation = schema.getMutationType();
  if (mutation) {
    mutation.description =
      "All that can be written, with a key: each takes one input, is done wholly or not at all, and answers with the record, the revision and what is wrong with the input. The mutations of one operation run one after the other, each by itself.";
  }
}

/** The schema's SDL, sorted, as it is committed in schema.graphql and served at /schema.graphql. */
export function sdlOf(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
