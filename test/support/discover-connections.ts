// The connections that a schema offers, found by introspection, so that a new one is tested without being named here.
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";
import type { Ask, PagedConnection } from "./read-all-pages";

export async function readSchema(ask: Ask): Promise<GraphQLSchema> {
  return buildClientSchema((await ask(getIntrospectionQuery())).data as IntrospectionQuery);
}

/** Connections of Query and of every type that node(id) leads to, as far as they need no argument but a page's size. */
export function discoverConnections(schema: GraphQLSchema): PagedConnection[] {
  const node = schema.getType("Node");
  const nodeTypes = isInterfaceType(node) ? schema.getPossibleTypes(node) : [];
  const query = schema.getQueryType();
  return [...connectionsOn(query, undefined), ...nodeTypes.flatMap((type) => connectionsOn(type, type.name))];
}

function connectionsOn(type: GraphQLNamedType | null | undefined, parentType: string | undefined): PagedConnection[] {
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const nodeType = nodeTypeOf(field);
    if (nodeType === undefined || field.args.some(isRequiredArgument)) return [];
    const order = field.args.find((argument) => argument.name === "orderBy");
    const orderInput = order && getNamedType(order.type);
    const orderFields = isInputObjectType(orderInput) ? getNamedType(orderInput.getFields().field?.type) : undefined;
    return [
      {
        title: parentType === undefined ? field.name : `${parentType}.${field.name}`,
        parentType,
        field: field.name,
        nodeType,
        orderType: orderInput?.name,
        orderFields: isEnumType(orderFields) ? orderFields.getValues().map((value) => value.name) : [],
        located: isInputObjectType(orderInput) && orderInput.getFields().from !== undefined,
      },
    ];
  });
}

function nodeTypeOf(field: GraphQLField<unknown, unknown>): string | undefined {
  const connection = getNamedType(field.type);
  if (!isObjectType(connection) || !connection.name.endsWith("Connection")) return undefined;
  const edge = getNamedType(connection.getFields().edges?.type);
  if (!isObjectType(edge)) return undefined;
  const node = getNamedType(edge.getFields().node?.type);
  return node && "getFields" in node && "id" in node.getFields() ? node.name : undefined;
}
