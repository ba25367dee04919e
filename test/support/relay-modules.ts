// Documents as Relay wants them: each in a module of its own, whose name begins the name of all that it declares.
import {
  buildSchema,
  isObjectType,
  isRequiredArgument,
  Kind,
  parse,
  print,
  visit,
  type GraphQLField,
  type GraphQLObjectType,
  type NameNode,
} from "graphql";
import type { DocumentFile } from "./client-inputs";

export interface RelayModule {
  name: string;
  documents: readonly string[];
}

export interface ExampleModule extends RelayModule {
  operation: string;
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * `query ACity` becomes `query ACityQuery` in the module ACity, and a fragment Place beside it ACity_Place. Its spreads
 * get the alias that Relay wants of those which may not match.
 */
export function moduleOfExample({ file, text }: DocumentFile): ExampleModule {
  const document = parse(text);
  const found = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (found?.name === undefined) throw new Error(`${file} must have an operation with a name`);
  const kind = capitalized(found.operation);
  const name = found.name.value.replace(new RegExp(`${kind}$`), "");
  const operation = name + kind;
  const renamed = visit(document, {
    OperationDefinition: (node) => ({ ...node, name: nameNode(operation) }),
    FragmentDefinition: (node) => ({ ...node, name: nameNode(`${name}_${node.name.value}`) }),
    FragmentSpread: (node) => ({
      ...node,
      name: nameNode(`${name}_${node.name.value}`),
      directives: [...(node.directives ?? []), { kind: Kind.DIRECTIVE, name: nameNode("alias") }],
    }),
  });
  return { name, operation, documents: renamed.definitions.map(print) };
}

const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });

/** For each type with lists in pages, a module with a fragment for each of them, as for usePaginationFragment. */
export function modulesOfLists(sdl: string): RelayModule[] {
  return (
    Object.values(buildSchema(sdl).getTypeMap())
      .filter(isObjectType)
      // What has no id of its own cannot be asked for again: its lists are paged through the record that they belong to.
      .filter((type) => type.name === "Query" || type.getInterfaces().some(({ name }) => name === "Node"))
      .map((type) => ({
        name: `${type.name}Lists`,
        documents: Object.values(type.getFields())
          .filter(({ args }) => args.some(({ name }) => name === "after"))
          .map((list) => paginationFragment(type, list)),
      }))
      .filter(({ documents }) => documents.length > 0)
  );
}

function paginationFragment(type: GraphQLObjectType, { name, args }: GraphQLField<unknown, unknown>): string {
  const required = args.filter(isRequiredArgument);
  const variables = required.map((arg) => `${arg.name}: { type: "${String(arg.type)}" }`);
  const given = required.map((arg) => `${arg.name}: $${arg.name}`);
  const fragment = `${type.name}Lists_${name}`;
  return `
    fragment ${fragment} on ${type.name}
    @refetchable(queryName: "${type.name}Lists${capitalized(name)}Query")
    @argumentDefinitions(${[...variables, 'first: { type: "Int", defaultValue: 10 }', 'after: { type: "String" }'].join()}) {
      ${name}(${[...given, "first: $first", "after: $after"].join()}) @connection(key: "${fragment}") {
        edges { node { __typename } }
      }
    }`;
}
