// type-graphql's decorators are plain functions: called from here, they make types and fields out of declarations. What is written by
// hand is written as classes that carry the same decorators. Its metadata store is global and read once, when the schema is built.
import type { GraphQLScalarType } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  Query,
  Resolver,
  Root,
  type ArgOptions,
  type ClassType,
} from "type-graphql";
import type { RequestContext } from "./context";
import { Cost, type FieldCost } from "./prices/field-cost";

/** What type-graphql takes as a type: a class, a registered enum or union, a scalar. */
export type GraphType = ClassType | GraphQLScalarType | object;

export interface FieldDeclaration<Given = unknown> extends FieldCost {
  /** the type; in an array, a list of it whose items are never null */
  type: () => GraphType | [GraphType];
  description: string;
  nullable?: boolean | undefined;
  /** its only argument, whose value the resolver takes: it is read faster than a class of arguments, which long lists of names feel */
  arg?: ArgDeclaration;
  /** the class of its arguments, an object of which the resolver takes */
  args?: ClassType<Given & object>;
}

export interface ArgDeclaration {
  name: string;
  type: () => GraphType | [GraphType];
  description: string;
  /** arguments are optional unless said so */
  required?: boolean;
  defaultValue?: unknown;
}

export type ResolveRoot<Given> = (given: Given, context: RequestContext) => unknown;
export type ResolveField<Source, Given> = (source: Source, given: Given, context: RequestContext) => unknown;

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

/** A decorator: an input type of which exactly one field is given. type-graphql knows no @oneOf: the built type gets it, see schema.ts. */
export function OneOfInput(name: string, description: string): (target: ClassType) => void {
  return (target) => {
    InputType(name, { description })(target);
    Extensions({ oneOf: true })(target);
  };
}

/** A property of an input type, or an argument. */
export function addInput(target: ClassType, declaration: ArgDeclaration): void {
  Field(returning(declaration), inputOptions(declaration))(target.prototype, declaration.name);
}

function inputOptions({ description, required, defaultValue }: ArgDeclaration): ArgOptions {
  return { description, nullable: required !== true, defaultValue };
}

const made: ClassType[] = [];

/** The resolver classes of all fields that were made here: the schema is built from them and from those that are written by hand. */
export function madeResolvers(): readonly ClassType[] {
  return made;
}

/** A field of an object type that is resolved by a function. */
export function addField<Source, Given>(
  target: () => ClassType | (abstract new () => object),
  name: string,
  declaration: FieldDeclaration<Given>,
  resolve: ResolveField<Source, Given>,
): void {
  class Fields {}
  Object.defineProperty(Fields.prototype, name, {
    value: (source: Source, context: RequestContext, given: Given) => resolve(source, given, context),
  });
  Resolver(target)(Fields);
  FieldResolver(returning(declaration), {
    description: declaration.description,
    nullable: declaration.nullable ?? false,
  })(Fields.prototype, name, {});
  Root()(Fields.prototype, name, 0);
  addContextAndArgs(Fields, name, declaration, 1);
  made.push(Fields);
}

/** A root field of Query. */
export function addQuery<Given>(name: string, declaration: FieldDeclaration<Given>, resolve: ResolveRoot<Given>): void {
  addRoot(Query, name, declaration, resolve);
}

/** A root field of Mutation. graphql-js runs those of one operation one after the other. */
export function addMutation<Given>(
  name: string,
  declaration: FieldDeclaration<Given>,
  resolve: ResolveRoot<Given>,
): void {
  addRoot(Mutation, name, declaration, resolve);
}

function addRoot<Given>(
  decorate: typeof Query,
  name: string,
  declaration: FieldDeclaration<Given>,
  resolve: ResolveRoot<Given>,
): void {
  class Roots {}
  Object.defineProperty(Roots.prototype, name, {
    value: (context: RequestContext, given: Given) => resolve(given, context),
  });
  Resolver()(Roots);
  decorate(returning(declaration), {
    description: declaration.description,
    nullable: declaration.nullable ?? false,
  })(Roots.prototype, name, {});
  addContextAndArgs(Roots, name, declaration, 0);
  made.push(Roots);
}

function addContextAndArgs<Given>(
  target: ClassType,
  name: string,
  { arg, args, listSize, price }: FieldDeclaration<Given>,
  from: number,
): void {
  Ctx()(target.prototype, name, from);
  if (args !== undefined) Args(() => args)(target.prototype, name, from + 1);
  if (arg !== undefined) Arg(arg.name, returning(arg), inputOptions(arg))(target.prototype, name, from + 1);
  if (listSize !== undefined || price !== undefined) Cost({ listSize, price })(target.prototype, name);
}
