// What an operation may ask for, counted before it runs: its cost (list sizes multiply), its depth, its aliases.
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { ApiError } from "../kernel/errors";
import { PAGE_SIZE_AT_MOST, PAGE_SIZE_BY_DEFAULT } from "./connection";
import type { FieldCost } from "./declare-field";

export const DEPTH_AT_MOST = 30;
export const ALIASES_AT_MOST = 200;
export const TOKENS_AT_MOST = 3_000;
/** How many aliases one in an introspection counts for. */
const INTROSPECTION_ALIAS_WEIGHT = 20;

/** An object costs 1, a leaf a tenth, and a root field the statement that it takes. */
const OBJECT_COST = 1;
const LEAF_COST = 0.1;
const ROOT_COST = 10;
/** A write holds the one lock that all writers queue for. */
const WRITE_COST = 1_000;

export interface OperationSize {
  cost: number;
  depth: number;
  aliases: number;
}

type Variables = Readonly<Record<string, unknown>>;

/** @throws ApiError QUERY_TOO_COMPLEX, with the limit and what was asked for */
export function refuseTooLarge(size: OperationSize, costLimit: number): void {
  const refuse = (reason: string, what: string, limit: number, got: number): never => {
    throw new ApiError("QUERY_TOO_COMPLEX", `${what} at most ${limit}, but this one has ${Math.ceil(got)}`, reason);
  };
  if (size.aliases > ALIASES_AT_MOST)
    refuse("ALIASES", "an operation may have aliases:", ALIASES_AT_MOST, size.aliases);
  if (size.depth > DEPTH_AT_MOST) refuse("DEPTH", "an operation may be nested", DEPTH_AT_MOST, size.depth);
  if (size.cost > costLimit) refuse("COST", "an operation may cost", costLimit, size.cost);
}

/** The size of an operation in a valid document. A fragment is measured once for each place that lists differ in. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  costs: ReadonlyMap<string, FieldCost>,
): OperationSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const meter = new Meter(schema, fragments, { ...defaultsOf(operation), ...variables }, costs);
  const root = schema.getRootType(operation.operation);
  return root ? meter.selections(operation.selectionSet, root) : { cost: 0, depth: 0, aliases: 0 };
}

/** The values of the variables that a request may leave out. */
function defaultsOf(operation: OperationDefinitionNode): Variables {
  const given = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  );
  return Object.fromEntries(given);
}

class Meter {
  // A fragment has one type condition, so one size: without this memory, fragments that spread each other twice
  // would take exponential time.
  private readonly measured = new Map<string, OperationSize>();
  private readonly introspectionAliases = new Map<string, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Variables,
    private readonly costs: ReadonlyMap<string, FieldCost>,
  ) {}

  selections(set: SelectionSetNode, type: GraphQLNamedType): OperationSize {
    const sum: OperationSize = { cost: 0, depth: 0, aliases: 0 };
    for (const selection of set.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? this.field(selection, type)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.selections(selection.selectionSet, this.conditionType(selection.typeCondition?.name.value) ?? type)
            : this.fragment(selection.name.value);
      sum.cost += size.cost;
      sum.depth = Math.max(sum.depth, size.depth);
      sum.aliases += size.aliases;
    }
    return sum;
  }

  private fragment(name: string): OperationSize {
    const known = this.measured.get(name);
    if (known !== undefined) return known;
    const definition = this.fragments.get(name);
    const type = this.conditionType(definition?.typeCondition.name.value);
    const size =
      definition && type ? this.selections(definition.selectionSet, type) : { cost: 0, depth: 0, aliases: 0 };
    this.measured.set(name, size);
    return size;
  }

  private conditionType(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }

  private field(field: FieldNode, parent: GraphQLNamedType): OperationSize {
    const aliases = field.alias === undefined ? 0 : 1;
    // Introspection is bounded by graphql-js's own rule (MaxIntrospectionDepthRule) and answered from memory, but each
    // alias in it may ask for the whole schema once more.
    if (field.name.value === "__typename") return { cost: LEAF_COST, depth: 1, aliases };
    if (field.name.value.startsWith("__")) {
      const repeated = aliases + this.aliasesWithin(field.selectionSet);
      return { cost: LEAF_COST, depth: 1, aliases: repeated * INTROSPECTION_ALIAS_WEIGHT };
    }
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
    const type = definition && getNamedType(definition.type);
    const byDefault =
      parent === this.schema.getMutationType() ? WRITE_COST : parent === this.schema.getQueryType() ? ROOT_COST : 0;
    const ownCost = this.declared(field, parent)?.ownCost ?? byDefault;
    if (type === undefined || !isCompositeType(type) || field.selectionSet === undefined) {
      return { cost: ownCost + LEAF_COST, depth: 1, aliases };
    }
    const inner = this.selections(field.selectionSet, type);
    return {
      cost: ownCost + OBJECT_COST + this.rows(field, parent) * inner.cost,
      depth: inner.depth + 1,
      aliases: aliases + inner.aliases,
    };
  }

  private aliasesWithin(set: SelectionSetNode | undefined): number {
    let sum = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) sum += this.aliasesWithinFragment(selection.name.value);
      else sum += this.aliasesWithin(selection.selectionSet);
      if (selection.kind === Kind.FIELD && selection.alias !== undefined) sum += 1;
    }
    return sum;
  }

  private aliasesWithinFragment(name: string): number {
    const known = this.introspectionAliases.get(name);
    if (known !== undefined) return known;
    const aliases = this.aliasesWithin(this.fragments.get(name)?.selectionSet);
    this.introspectionAliases.set(name, aliases);
    return aliases;
  }

  private rows(field: FieldNode, parent: GraphQLNamedType): number {
    const size = this.declared(field, parent)?.listSize;
    if (size === undefined) return 1;
    const ids = this.argument(field, "ids");
    if (Array.isArray(ids)) return Math.min(ids.length, PAGE_SIZE_AT_MOST);
    if (size !== "page") return size;
    const asked = this.argument(field, "first") ?? this.argument(field, "last");
    // A wrong size is refused later, with its own message.
    return typeof asked === "number" ? Math.min(Math.max(asked, 1), PAGE_SIZE_AT_MOST) : PAGE_SIZE_BY_DEFAULT;
  }

  /** What is declared of a field, on its type or on an interface of that. */
  private declared(field: FieldNode, parent: GraphQLNamedType): FieldCost | undefined {
    const interfaces = isObjectType(parent) || isInterfaceType(parent) ? parent.getInterfaces() : [];
    for (const { name } of [parent, ...interfaces]) {
      const cost = this.costs.get(`${name}.${field.name.value}`);
      if (cost !== undefined) return cost;
    }
    return undefined;
  }

  private argument(field: FieldNode, name: string): unknown {
    const node = field.arguments?.find((argument) => argument.name.value === name);
    return node === undefined ? undefined : valueFromASTUntyped(node.value, this.variables);
  }
}
