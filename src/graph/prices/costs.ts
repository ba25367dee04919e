// What costs are told from beside the operation.
import { isAbstractType, isInterfaceType, type GraphQLSchema } from "graphql";
import type { Catalogue } from "../../database/declare/catalogue";
import type { Sizes } from "../../database/read/sizes";

export interface Costs {
  catalogue: Catalogue;
  /** the types whose objects are read from rows of their own, and the interfaces and unions of these */
  records: ReadonlySet<string>;
  sizes: Sizes;
}

/** The types whose objects are read from rows of their own, and the interfaces and unions of these. */
export function recordTypesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const record = schema.getType("Record");
  if (!isInterfaceType(record)) throw new Error("the schema has no interface Record");
  const objects = new Set(schema.getPossibleTypes(record).map(({ name }) => name));
  const abstract = Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .filter((type) => schema.getPossibleTypes(type).some(({ name }) => objects.has(name)));
  return new Set([...objects, ...abstract.map(({ name }) => name)]);
}
