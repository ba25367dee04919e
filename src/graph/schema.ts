// The whole schema, from the declarations and the rooms' hand-written fields. Once a process: type-graphql's store is global.
import "reflect-metadata";
import { GraphQLInputObjectType, lexicographicSortSchema, printSchema, type GraphQLSchema } from "graphql";
import { buildSchemaSync, getMetadataStorage, type ClassType, type NonEmptyArray } from "type-graphql";
import type { Catalogue } from "../database/declare/catalogue";
import { FilterInputs } from "./filter-inputs";
import { addHistory } from "./history-field";
import { addRecordFields, objectOf, RecordInterface } from "./record-objects";
import { addRelationFields } from "./relation-fields";
import { addRoots } from "./roots";
import { addSearchRoot } from "./search-root";
import { addViewerRoot } from "./viewer-root";
import { addKeys } from "./write/api-keys";
import { addMerges } from "./write/merge-mutations";
import { addRecordMutations } from "./write/record-mutations";
import { addVerbs } from "./write/verb-mutations";

let built: { catalogue: Catalogue; schema: GraphQLSchema } | undefined;

/** @throws when asked for the schema of a second catalogue */
export function schemaOf(catalogue: Catalogue): GraphQLSchema {
  if (built !== undefined) {
    if (built.catalogue !== catalogue) throw new Error("a process has one schema");
    return built.schema;
  }
  const inputs = new FilterInputs(catalogue);
  addRecordFields(catalogue);
  addHistory(() => RecordInterface as unknown as ClassType);
  addRelationFields(catalogue, inputs);
  addRoots(catalogue, inputs);
  addSearchRoot(catalogue);
  addViewerRoot(catalogue);
  addRecordMutations(catalogue);
  addVerbs(catalogue);
  addMerges(catalogue);
  addKeys(catalogue);
  for (const addRoomsRoots of catalogue.roots) addRoomsRoots(inputs);
  const schema = buildSchemaSync({
    resolvers: allResolverClasses(),
    orphanedTypes: catalogue.records.map((type) => objectOf(type)),
    validate: false,
  });
  markOneOf(schema);
  describeRoots(schema);
  built = { catalogue, schema };
  return schema;
}

// Fields made from declarations register classes of their own beside the rooms': the store knows them all.
function allResolverClasses(): NonEmptyArray<new () => object> {
  return getMetadataStorage().resolverClasses.map((metadata) => metadata.target) as unknown as NonEmptyArray<
    new () => object
  >;
}

// As oneOfInput says it; graphql-js takes it from the built type, for SDL, literals and variables alike.
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
