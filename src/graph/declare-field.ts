// type-graphql's decorators are plain functions: called from here, they make types and fields out of declarations.
// Its metadata store is global and read once, when the schema is built.
import type { GraphQLScalarType } from "graphql";
import {
  Arg,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  Query,
  Resolver,
  Root,
  type ClassType,
} from "type-graphql";
import type { RequestContext } from "./context";
import type { Asked, FieldPrice } from "./prices/asked";

/** What type-graphql takes as a type: a class, a registered enum or union, a scalar. */
export type GraphType = ClassType | GraphQLScalarType | object;

export interface FieldDeclaration {
  /** the type; in an array, a list of it whose items are never null */
  type: () => GraphType | [GraphType];
  description: string;
  /** true, or "items" where only the items of the list may be null */
  nullable?: boolean | "items" | undefined;
  args?: readonly ArgDeclaration[];
  /** how many objects it answers with, for the cost of a query */
  listSize?: ListSize;
  /** what it takes beside its answer; left out, a statement for a root field and nothing for others */
  price?: FieldPrice;
}

/** How many objects a field may answer with: as many as first or last say, a usual number, or what else there is to know. */
export type ListSize = "page" | number | ((asked: Pick<Asked, "args" | "sizes">) => number);

export interface ArgDeclaration {
  name: string;
  type: () => GraphType | [GraphType];
  description: string;
  /** arguments are optional unless said so */
  required?: boolean;
  defaultValue?: unknown;
}

type Args = Readonly<Record<string, unknown>>;
export type ResolveRoot = (args: Args, context: RequestContext) => unknown;
export type ResolveField<Source> = (source: Source, args: Args, context: RequestContext) => unknown;

/** What an operation's cost is told from, see operation-cost.ts. */
export interface FieldCost extends Pick<FieldDeclaration, "listSize" | "price"> {
  /** worked out by a function, and no property of the object */
  resolved: boolean;
}

const costs = new Map<string, FieldCost>();

/** The costs of all declared fields that are no plain properties, by "Type.field". */
export function declaredCosts(): ReadonlyMap<string, FieldCost> {
  return costs;
}

function declareCost(field: string, { listSize, price }: Pick<FieldDeclaration, "listSize" | "price">): void {
  costs.set(field, {
    resolved: true,
    ...(listSize === undefined ? {} : { listSize }),
    ...(price === undefined ? {} : { price }),
  });
}

// type-graphql reads an array as a list.
function returning(declaration: Pick<FieldDeclaration, "type">): () => ClassType {
  return declaration.type as () => ClassType;
}

/** A plain property of an object or input type. */
export function addProperty(target: ClassType, name: string, declaration: FieldDeclaration): void {
  Field(returning(declaration), {
    description: declaration.description,
    nullable: declaration.nullable ?? false,
    simple: true,
  })(target.prototype, name);
}

/** Makes a class the input type of which exactly one field is given. type-graphql knows no @oneOf: the built type gets it, see schema.ts. */
export function oneOfInput(target: ClassType, name: string, description: string): void {
  InputType(name, { description })(target);
  Extensions({ oneOf: true })(target);
}

/** An input type's property with a default. */
export function addInput(target: ClassType, declaration: ArgDeclaration): void {
  Field(returning(declaration), {
    description: declaration.description,
    nullable: declaration.required !== true,
    defaultValue: declaration.defaultValue,
  })(target.prototype, declaration.name);
}

/** A field of an object type that is resolved by a function. */
export function addField<Source>(
  typeName: string,
  target: () => ClassType,
  name: string,
  declaration: FieldDeclaration,
  resolve: ResolveField<Source>,
): void {
  const args = declaration.args ?? [];
  class Fields {}
  Object.defineProperty(Fields.prototype, name, {
    value: (source: Source, context: RequestContext, ...values: unknown[]) =>
      resolve(source, named(args, values), context),
  });
  Resolver(target)(Fields);
  FieldResolver(returning(declaration), {
    description: declaration.description,
    nullable: declaration.nullable ?? false,
  })(Fields.prototype, name, {});
  Root()(Fields.prototype, name, 0);
  Ctx()(Fields.prototype, name, 1);
  addArgs(Fields, name, args, 2);
  declareCost(`${typeName}.${name}`, declaration);
}

/** A root field of Query. */
export function addQuery(name: string, declaration: FieldDeclaration, resolve: ResolveRoot): void {
  addRoot("Query", Query, name, declaration, resolve);
}

/** A root field of Mutation. graphql-js runs those of one operation one after the other. */
export function addMutation(name: string, declaration: FieldDeclaration, resolve: ResolveRoot): void {
  addRoot("Mutation", Mutation, name, declaration, resolve);
}

function addRoot(
  root: "Query" | "Mutation",
  decorate: typeof Query,
  name: string,
  declaration: FieldDeclaration,
  resolve: ResolveRoot,
): void {
  const args = declaration.args ?? [];
  class Roots {}
  Object.defineProperty(Roots.prototype, name, {
    value: (context: RequestContext, ...values: unknown[]) => resolve(named(args, values), context),
  });
  Resolver()(Roots);
  decorate(returning(declaration), {
    description: declaration.description,
    nullable: declaration.nullable ?? false,
  })(Roots.prototype, name, {});
  Ctx()(Roots.prototype, name, 0);
  addArgs(Roots, name, args, 1);
  declareCost(`${root}.${name}`, declaration);
}

function addArgs(target: ClassType, field: string, args: readonly ArgDeclaration[], from: number): void {
  args.forEach((arg, i) => {
    Arg(arg.name, returning(arg), {
      description: arg.description,
      nullable: arg.required !== true,
      defaultValue: arg.defaultValue,
    })(target.prototype, field, from + i);
  });
}

function named(args: readonly ArgDeclaration[], values: readonly unknown[]): Args {
  return Object.fromEntries(args.map((arg, i) => [arg.name, values[i]]));
}
