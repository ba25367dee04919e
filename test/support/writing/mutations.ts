// The mutations of the schema, found by introspection, so that a new one is tested without being named.
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredInputField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLSchema,
} from "graphql";

/** Fields of inputs that say how to write, not what. */
const HOW = ["by", "ifRevision", "idempotencyKey"];

export interface Mutation {
  name: string;
  description: string;
  input: GraphQLInputObjectType;
  /** "created" and so on for what every type has; a command is what only some have */
  kind: "create" | "update" | "delete" | "command";
  /** the type of the record that it is done to, or that it makes; for keys, ApiKey */
  on: string;
  /** it is done to a record that stands there, under its `by` */
  hasTarget: boolean;
  /** the payload's field that holds the record; undefined where nothing is left to show */
  shows: string | undefined;
  /** the type of what it shows */
  shownType: string | undefined;
  /** what is written, without `by` and the two keys */
  fields: readonly GraphQLInputField[];
}

export function mutationsOf(schema: GraphQLSchema): Mutation[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ name, description, args, type }) => {
    const [input] = args.map((arg) => getNamedType(arg.type));
    const payload = getNamedType(type);
    if (args.length !== 1 || !isInputObjectType(input) || !isObjectType(payload)) {
      throw new Error(`${name} does not take one input and answer with a payload`);
    }
    const shown = Object.values(payload.getFields()).find((field) => isObjectType(getNullableType(field.type)));
    const by = input.getFields().by;
    const kind = kindOf(schema, name);
    const ofType = by === undefined ? undefined : getNamedType(by.type).name.replace(/Ref$/, "");
    return {
      name,
      description: description ?? "",
      input,
      kind,
      on: kind === "command" ? (ofType ?? "ApiKey") : name.slice(kind.length),
      hasTarget: by !== undefined,
      shows: shown?.name,
      shownType: shown && getNamedType(shown.type).name,
      fields: Object.values(input.getFields()).filter((field) => !HOW.includes(field.name)),
    };
  });
}

function kindOf(schema: GraphQLSchema, name: string): Mutation["kind"] {
  const [, kind, type] = /^(create|update|delete)([A-Z]\w*)$/.exec(name) ?? [];
  return kind !== undefined && isObjectType(schema.getType(type ?? "")) ? (kind as Mutation["kind"]) : "command";
}

export const required = (mutation: Mutation): GraphQLInputField[] => mutation.fields.filter(isRequiredInputField);

/** The name of a field's type, without what is around it. */
export const typeName = (field: GraphQLInputField): string => getNamedType(field.type).name;

export const isList = (field: GraphQLInputField): boolean => isListType(getNullableType(field.type));

/** One mutation, asked for with its outcome and some fields of what it shows. */
export function documentOf(mutation: Mutation, selection = "id"): string {
  const shown =
    mutation.shows === undefined ? "" : `shown: ${mutation.shows} { ${mutation.on === "ApiKey" ? "name" : selection} }`;
  const deleted = mutation.kind === "delete" ? "deletedId referrers { id }" : "";
  return `mutation ($input: ${mutation.input.name}!) {
    done: ${mutation.name}(input: $input) { revision userErrors { code message path } ${shown} ${deleted} }
  }`;
}
