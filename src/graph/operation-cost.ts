// What an operation may ask for, counted before it runs: what it takes (see prices/units.ts), its depth, its aliases.
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { ApiError } from "../kernel/errors";
import { PAGE_SIZE_AT_MOST } from "./connection";
import type { Costs } from "./prices/costs";
import { IntrospectionPrice } from "./prices/introspection-price";
import { declaredCost, type FieldCost } from "./prices/field-cost";
import { pageSizeOf } from "./prices/page-size";
import { ANSWER, STATEMENT, WRITE } from "./prices/units";

export const DEPTH_AT_MOST = 30;
export const ALIASES_AT_MOST = 200;
export const TOKENS_AT_MOST = 3_000;

/** Of a list that nothing is declared of: the names of a record, the partners on a path. */
const ITEMS_USUALLY = 5;
/**
 * Fields that are counted at most: fragments that spread each other are counted once for each number of objects that they are asked
 * of, and there can be as many such numbers as there are ways through them.
 */
const FIELDS_COUNTED_AT_MOST = 20_000;

export interface OperationSize {
  /** in units of 10 microseconds of CPU */
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

/** The size of an operation in a valid document. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  costs: Costs,
): OperationSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const meter = new Meter(schema, fragments, { ...defaultsOf(operation), ...variables }, costs);
  const root = schema.getRootType(operation.operation);
  return root ? meter.selections(operation.selectionSet, { type: root, times: 1, items: ITEMS_USUALLY }) : NOTHING;
}

const NOTHING: OperationSize = { cost: 0, depth: 0, aliases: 0 };

/** The values of the variables that a request may leave out. */
function defaultsOf(operation: OperationDefinitionNode): Variables {
  const given = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  );
  return Object.fromEntries(given);
}

/** Objects of which fields are asked. */
interface Objects {
  type: GraphQLNamedType;
  times: number;
  /** how many items a list has in each of them whose size is not declared */
  items: number;
}

/** What a selection asks for, and of which type alone, if any. */
interface SelectionSize {
  size: OperationSize;
  only: GraphQLNamedType | undefined;
}

class Meter {
  // A fragment has one type condition, so one size for each number of objects: without this memory, fragments that spread each
  // other twice would take exponential time.
  private readonly measured = new Map<string, OperationSize>();
  private readonly introspection: IntrospectionPrice;
  private counted = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Variables,
    private readonly costs: Costs,
  ) {
    this.introspection = new IntrospectionPrice(schema, fragments);
  }

  selections(set: SelectionSetNode, of: Objects): OperationSize {
    const selections = set.selections.map((selection) => this.selection(selection, of));
    return {
      cost: this.costOf(selections, of),
      depth: Math.max(0, ...selections.map(({ size }) => size.depth)),
      aliases: selections.reduce((sum, { size }) => sum + size.aliases, 0),
    };
  }

  // One object is of one type, so of what is asked of several types it has to answer one; of many objects each may be of another.
  private costOf(selections: readonly SelectionSize[], { type, times }: Objects): number {
    const sumOf = (some: readonly SelectionSize[]): number => some.reduce((sum, { size }) => sum + size.cost, 0);
    if (times > 1 || !isAbstractType(type)) return sumOf(selections);
    const types = this.schema.getPossibleTypes(type);
    return Math.max(...types.map((one) => sumOf(selections.filter((selection) => this.appliesTo(selection, one)))));
  }

  private appliesTo({ only }: SelectionSize, type: GraphQLObjectType): boolean {
    return only === undefined || only === type || (isAbstractType(only) && this.schema.isSubType(only, type));
  }

  private selection(selection: SelectionNode, of: Objects): SelectionSize {
    if (selection.kind === Kind.FIELD) return { size: this.field(selection, of), only: undefined };
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = this.conditioned(of, selection.typeCondition?.name.value);
      return { size: this.selections(selection.selectionSet, inner), only: inner.type };
    }
    const definition = this.fragments.get(selection.name.value);
    if (definition === undefined) return { size: NOTHING, only: undefined };
    const inner = this.conditioned(of, definition.typeCondition.name.value);
    return { size: this.fragment(definition, inner), only: inner.type };
  }

  private fragment(definition: FragmentDefinitionNode, of: Objects): OperationSize {
    const key = `${definition.name.value} ${of.times} ${of.items}`;
    const known = this.measured.get(key);
    if (known !== undefined) return known;
    const size = this.selections(definition.selectionSet, of);
    this.measured.set(key, size);
    return size;
  }

  private conditioned(of: Objects, name: string | undefined): Objects {
    const type = name === undefined ? undefined : this.schema.getType(name);
    return type === undefined ? of : { ...of, type };
  }

  private field(field: FieldNode, of: Objects): OperationSize {
    const aliases = field.alias === undefined ? 0 : 1;
    this.counted += 1;
    if (this.counted > FIELDS_COUNTED_AT_MOST) return { cost: Infinity, depth: 1, aliases };
    const { name } = field;
    if (name.value === "__typename") return { cost: of.times * ANSWER.leaf, depth: 1, aliases };
    // Its depth is bounded by graphql-js's own rule (MaxIntrospectionDepthRule).
    if (name.value.startsWith("__")) {
      return { cost: this.introspection.of(field, this.argumentsOf(field).name), depth: 1, aliases };
    }
    const definition = isObjectType(of.type) || isInterfaceType(of.type) ? of.type.getFields()[name.value] : undefined;
    const type = definition && getNamedType(definition.type);
    const declared = definition === undefined ? {} : declaredCost(definition);
    const own = this.ownPrice(field, of, declared);
    if (definition === undefined || type === undefined || !isCompositeType(type) || !field.selectionSet) {
      // A plain property has no resolver of its own.
      const leaf = definition?.resolve ? ANSWER.resolved : name.value === "cursor" ? ANSWER.cursor : ANSWER.leaf;
      return { cost: own + of.times * leaf, depth: 1, aliases };
    }
    const size = this.itemsOf(field, declared.listSize);
    const isList = isListType(getNullableType(definition.type));
    const objects = of.times * (isList ? (size ?? of.items) : 1);
    const inner = this.selections(field.selectionSet, {
      type,
      times: objects,
      // A page's size is that of the lists in it.
      items: isList ? ITEMS_USUALLY : (size ?? ITEMS_USUALLY),
    });
    const object = this.costs.records.has(type.name) ? ANSWER.record : ANSWER.object;
    return { cost: own + objects * object + inner.cost, depth: inner.depth + 1, aliases: aliases + inner.aliases };
  }

  /** What a field takes beside its answer. */
  private ownPrice(field: FieldNode, { type, times }: Objects, { price }: FieldCost): number {
    const isWrite = type === this.schema.getMutationType();
    const byDefault = isWrite ? WRITE : type === this.schema.getQueryType() ? STATEMENT : 0;
    if (price === undefined) return byDefault * times;
    const selected = new Set<string>();
    this.collectNames(field.selectionSet, selected, new Set());
    const { sizes, catalogue } = this.costs;
    return price({ args: this.argumentsOf(field), times, selected, sizes, catalogue }) + (isWrite ? WRITE : 0);
  }

  private collectNames(set: SelectionSetNode | undefined, names: Set<string>, spread: Set<string>): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.collectNames(selection.selectionSet, names, spread);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        this.collectNames(this.fragments.get(selection.name.value)?.selectionSet, names, spread);
      }
    }
  }

  private itemsOf(field: FieldNode, size: FieldCost["listSize"]): number | undefined {
    if (size === undefined) return undefined;
    const args = this.argumentsOf(field);
    if (typeof size === "function") return size({ args, sizes: this.costs.sizes });
    if (Array.isArray(args.ids)) return Math.min(args.ids.length, PAGE_SIZE_AT_MOST);
    return size === "page" ? pageSizeOf(args) : size;
  }

  private argumentsOf(field: FieldNode): Readonly<Record<string, unknown>> {
    const given = (field.arguments ?? []).map(
      ({ name, value }) => [name.value, valueFromASTUntyped(value, this.variables)] as const,
    );
    return Object.fromEntries(given);
  }
}
