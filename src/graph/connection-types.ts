// Connection and edge types: one pair for the pages of a type, and one for each relation whose edges have columns.
import { Int, ObjectType, type ClassType } from "type-graphql";
import type { RecordType } from "../database/declare/record-type";
import type { JoinedRelation } from "../database/declare/relation";
import { upperFirst } from "../kernel/names";
import { graphTypeOf } from "./comparators";
import { addProperty, type GraphType } from "./declare-field";
import { objectOf } from "./record-objects";
import { PageInfo } from "./shared-types";

const plain = new Map<RecordType, ClassType>();

export function connectionOf(type: RecordType): ClassType {
  const known = plain.get(type);
  if (known !== undefined) return known;
  const connection = connectionType(type.name, `A page of ${type.plural}.`, () => objectOf(type)).connection;
  plain.set(type, connection);
  return connection;
}

/** The connection of a relation: the type's own, unless the relation's rows have columns to show. */
export function relationConnection(relation: JoinedRelation): ClassType {
  const columns = Object.entries(relation.join.edge);
  if (columns.length === 0) return connectionOf(relation.to);
  const name = `${relation.from.name}${upperFirst(singular(relation.name))}`;
  const types = connectionType(name, `A page of the ${relation.name} of a ${relation.from.name}.`, () =>
    objectOf(relation.to),
  );
  for (const [column, declared] of columns) {
    const graphType = graphTypeOf(declared);
    addProperty(types.edge, column, {
      type: () => graphType,
      nullable: declared.nullable,
      description: declared.description,
    });
  }
  return types.connection;
}

// `networks` of a City gives CityNetworkConnection. Irregular plurals do not occur among relations with edges.
function singular(plural: string): string {
  return plural.replace(/ies$/, "y").replace(/s$/, "");
}

/**
 * @param name without "Connection" and "Edge"
 * @param Edge a class with what the edges have beside the node, whose fields are plain
 */
export function connectionType(
  name: string,
  description: string,
  node: () => GraphType,
  Edge: ClassType = class {},
): { connection: ClassType; edge: ClassType } {
  ObjectType(`${name}Edge`, {
    simpleResolvers: true,
    description: `One row of a ${name}Connection, with its place in the list.`,
  })(Edge);
  addProperty(Edge, "cursor", { type: () => String, description: "The row's place: pass it as `after` or `before`." });
  addProperty(Edge, "node", { type: node, description: "The row's record." });

  class Page {}
  ObjectType(`${name}Connection`, { description })(Page);
  addProperty(Page, "edges", { type: () => [Edge], description: "The rows of the page with their places." });
  addProperty(Page, "nodes", { type: () => [node()], description: "The records of the page alone." });
  addProperty(Page, "pageInfo", { type: () => PageInfo, description: "Whether there is more on either side." });
  addProperty(Page, "totalCount", {
    type: () => Int,
    description: "How many rows the whole list has. Counted only when it is selected.",
  });
  return { connection: Page, edge: Edge };
}
