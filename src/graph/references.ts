// How an input says which record it means: by exactly one of its id, a unique column, or a key in another registry. The same in
// queries and mutations.
import { ID, type ClassType } from "type-graphql";
import type { Column } from "../database/declare/column";
import type { RecordType, RecordUnion, Reference } from "../database/declare/record-type";
import { memberField } from "../database/declare/record-type";
import type { RecordRow, RowOf } from "../database/read/row";
import { badInput } from "../kernel/errors";
import { decodeId } from "../kernel/ids";
import { graphTypeOf } from "./comparators";
import { addInput, OneOfInput } from "./declare-field";
import type { RecordLoaders } from "./record-loaders";
import { ExternalIdInput } from "./shared-types";

/** One of its fields is there, which graphql-js sees to. */
export type ReferenceInput = Readonly<Record<string, unknown>>;

const references = new Map<RecordType | RecordUnion, ClassType>();

/** The columns that identify a record of the type alone. */
function uniqueColumns(type: RecordType): [string, Column][] {
  return Object.entries(type.columns).filter(([, column]) => column.unique);
}

export function refOf(type: RecordType): ClassType {
  const known = references.get(type);
  if (known !== undefined) return known;
  const input = newRef(type, type.name);
  addInput(input, { name: "id", type: () => ID, description: "By its id." });
  for (const [name, column] of uniqueColumns(type)) {
    const graphType = graphTypeOf(column);
    addInput(input, { name, type: () => graphType, description: `By its ${name}.` });
  }
  addExternalId(input);
  return input;
}

/** A record of any of several types; slugs say which type they are of. */
export function unionRefOf(union: RecordUnion): ClassType {
  const known = references.get(union);
  if (known !== undefined) return known;
  const input = newRef(union, union.name);
  addInput(input, { name: "id", type: () => ID, description: "By its id." });
  for (const member of union.members()) {
    addInput(input, {
      name: memberField(member),
      type: () => String,
      description: `The ${member.name} with this slug.`,
    });
  }
  addExternalId(input);
  return input;
}

/** The input for what a reference column names. */
export function referenceInputOf(reference: Reference): ClassType {
  return reference.anyOf === undefined ? refOf(reference.to()) : unionRefOf(reference.anyOf);
}

function newRef(of: RecordType | RecordUnion, name: string): ClassType {
  class ReferenceTo {}
  references.set(of, ReferenceTo);
  OneOfInput(`${name}Ref`, `Says which ${name} is meant, in exactly one way.`)(ReferenceTo);
  return ReferenceTo;
}

function addExternalId(input: ClassType): void {
  addInput(input, { name: "externalId", type: () => ExternalIdInput, description: "By a key in another registry." });
}

/** The record that is meant, if there is one that the caller may see. @throws BAD_USER_INPUT for an id of another type */
export async function findReferred<Model>(
  records: RecordLoaders,
  type: RecordType<Model>,
  by: ReferenceInput,
): Promise<RowOf<Model> | undefined> {
  // Each way looks among the records of this type alone.
  return (await findByWay(records, type, by)) as RowOf<Model> | undefined;
}

function findByWay(records: RecordLoaders, type: RecordType, by: ReferenceInput): Promise<RecordRow | undefined> {
  const [way, value] = givenWay(by);
  if (way === "id") return byId(records, [type], value as string);
  if (way === "externalId") return records.byExternalId(type, value as { scheme: string; value: string });
  return records.byUniqueColumn(type, way, String(value));
}

export async function findReferredOfUnion(
  records: RecordLoaders,
  union: RecordUnion,
  by: ReferenceInput,
): Promise<RecordRow | undefined> {
  const [way, value] = givenWay(by);
  if (way === "id") return byId(records, union.members(), value as string);
  for (const member of union.members()) {
    if (way === memberField(member)) return records.byUniqueColumn(member, "slug", value as string);
    if (way !== "externalId") continue;
    const found = await records.byExternalId(member, value as { scheme: string; value: string });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a reference column may name, by what an input says. */
export function findByReference(
  records: RecordLoaders,
  reference: Reference,
  by: ReferenceInput,
): Promise<RecordRow | undefined> {
  return reference.anyOf === undefined
    ? findReferred(records, reference.to(), by)
    : findReferredOfUnion(records, reference.anyOf, by);
}

function givenWay(by: ReferenceInput): [string, unknown] {
  const given = Object.entries(by).find(([, value]) => value !== undefined && value !== null);
  if (given === undefined) throw new Error("graphql-js lets a @oneOf input pass without a field");
  return given;
}

async function byId(records: RecordLoaders, types: readonly RecordType[], id: string): Promise<RecordRow | undefined> {
  const { tag, uuid } = decodeId(id);
  if (!types.some((type) => type.tag === tag)) {
    const wanted = types.map((type) => type.name).join(", a ");
    throw badInput("WRONG_ID_TYPE", `this must be the id of a ${wanted}, but "${id}" is one of another type`);
  }
  const row = await records.currentById.load(uuid);
  return types.some((type) => type.name === row?.__typename && type.tag === tag) ? row : undefined;
}
