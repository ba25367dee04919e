// What an introspection takes: as much as it answers. It is counted over the schema itself, each part of it once for each selection, so
// that a document that goes round in it is counted without going round.
import {
  getNamedType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";

/** Three times what they take: an introspection is fast, and its answer long. */
const OBJECT = 0.4;
const LEAF = 0.25;

export class IntrospectionPrice {
  private readonly known = new Map<SelectionSetNode, Map<unknown, number>>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** @param typeName of `__type` the name that is asked for; undefined for `__schema` */
  of(field: FieldNode, typeName: unknown): number {
    if (field.selectionSet === undefined) return LEAF;
    const isSchema = field.name.value === SchemaMetaFieldDef.name;
    const source = isSchema ? this.schema : this.schema.getType(String(typeName));
    const type = getNamedType((isSchema ? SchemaMetaFieldDef : TypeMetaFieldDef).type);
    return source === undefined || !isObjectType(type)
      ? LEAF
      : OBJECT + this.selections(field.selectionSet, type, source);
  }

  private selections(set: SelectionSetNode, type: GraphQLObjectType, source: unknown): number {
    const counted = this.known.get(set) ?? new Map<unknown, number>();
    this.known.set(set, counted);
    const known = counted.get(source);
    if (known !== undefined) return known;
    let sum = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) sum += this.field(selection, type, source);
      else {
        const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
        if (inner !== undefined) sum += this.selections(inner.selectionSet, type, source);
      }
    }
    counted.set(source, sum);
    return sum;
  }

  private field(field: FieldNode, type: GraphQLObjectType, source: unknown): number {
    const definition = type.getFields()[field.name.value];
    if (definition === undefined || field.selectionSet === undefined) return LEAF;
    const of = getNamedType(definition.type);
    if (!isObjectType(of)) return LEAF;
    // graphql-js answers introspection with functions of these two alone; what is deprecated is counted in any case.
    const info = { schema: this.schema } as GraphQLResolveInfo;
    const value: unknown = definition.resolve
      ? definition.resolve(source, { includeDeprecated: true }, undefined, info)
      : (source as Record<string, unknown>)[definition.name];
    if (value === null || value === undefined) return LEAF;
    const set = field.selectionSet;
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.reduce((sum: number, item) => sum + OBJECT + this.selections(set, of, item), LEAF);
  }
}
