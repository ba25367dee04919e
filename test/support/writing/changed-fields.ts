// What each field of an update input can be given: values that are right, and values that are not, by its types and by what
// the declarations say of it.
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLInputField,
} from "graphql";
import { catalogue } from "../../../src/catalogue";
import type { Column } from "../../../src/database/declare/column";
import type { RecordType, Reference } from "../../../src/database/declare/record-type";
import { schemaOf } from "../../../src/graph/schema";
import type { MutationCase } from "./mutation-case";
import { typeName } from "./mutations";

const PARTS: Readonly<Record<string, string>> = {
  names: "{ language name }",
  externalIds: "{ scheme value }",
  sources: "{ title url }",
};

/** Columns whose words must be of a kind that their type does not say. */
const WORDS: Readonly<Record<string, readonly [string, string]>> = { languages: ["fr", "pt-BR"] };

export interface ChangedField {
  name: string;
  field: GraphQLInputField;
  isList: boolean;
  column: Column | undefined;
  reference: Reference | undefined;
  /** the type of the records that a list of links leads to */
  linked: RecordType | undefined;
  /** what the output type says: a reference that may be null may also only be hidden, so it is asked of the declaration */
  nullable: boolean;
  /** how it is asked for, by its name */
  selection: string;
}

export function changedFields(mutationCase: MutationCase): ChangedField[] {
  const type = catalogue.getByName(mutationCase.mutation.on);
  const object = schemaOf(catalogue).getType(type.name);
  if (!isObjectType(object)) throw new Error(`${type.name} is no type`);
  return mutationCase.mutation.fields.map((field) => {
    const { name } = field;
    const output = object.getFields()[name];
    if (output === undefined)
      throw new Error(`${type.name} has no field ${name} that shows what ${mutationCase.mutation.name} writes`);
    const reference = type.references[`${name}Id`];
    return {
      name,
      field,
      isList: isListType(getNullableType(output.type)),
      column: type.columns[name],
      reference,
      linked: catalogue.relationsFrom(type).find((relation) => relation.name === name)?.to,
      nullable: reference === undefined ? !isNonNullType(output.type) : reference.nullable,
      selection: selectionOf(name, output.type as Parameters<typeof getNamedType>[0]),
    };
  });
}

function selectionOf(name: string, type: Parameters<typeof getNamedType>[0]): string {
  const named = getNamedType(type);
  if (PARTS[name] !== undefined) return `${name} ${PARTS[name]}`;
  if (named?.name === "GeoPoint") return `${name} { latitude longitude }`;
  const isLeaf = named === undefined || isEnumType(named) || "serialize" in named;
  return isLeaf ? name : `${name} { ... on Node { id } }`;
}

/** Two items that a list may hold, and how the record shows them. */
export async function twoItems(
  mutationCase: MutationCase,
  { name, field }: ChangedField,
): Promise<{ given: unknown[]; shown: unknown[] }> {
  const items = typeName(field).replace(/ListChange$/, "");
  const n = mutationCase.number();
  if (items === "String") {
    const words = WORDS[name] ?? [`Word ${n}`, `Other word ${n}`];
    return { given: [...words], shown: [...words] };
  }
  if (items === "LocalizedName")
    return same([
      { language: "fr", name: `Nom ${n}` },
      { language: null, name: `Name ${n}` },
    ]);
  if (items === "ExternalId")
    return same([
      { scheme: "TESTS", value: `one ${n}` },
      { scheme: "TESTS", value: `two ${n}` },
    ]);
  if (items === "Source")
    return same([
      { title: `One ${n}`, url: null },
      { title: `Two ${n}`, url: "https://two.example.org/" },
    ]);
  const type = schemaOf(catalogue).getType(items);
  if (isEnumType(type))
    return same(
      type
        .getValues()
        .slice(0, 2)
        .map((value) => value.name),
    );
  const ids = await twoRecords(mutationCase, catalogue.getByName(items.replace(/Ref$/, "")));
  return same(ids.map((id) => ({ id })));
}

function same(items: unknown[]): { given: unknown[]; shown: unknown[] } {
  return { given: items, shown: items };
}

async function twoRecords(mutationCase: MutationCase, type: RecordType): Promise<string[]> {
  const { data } = await mutationCase.fixture.query(
    mutationCase.fixture.tokens.secretariat,
    type.roots.many === "list"
      ? `{ all: ${type.plural} { id } }`
      : `{ all: ${type.plural}(first: 2) { nodes { id } } }`,
  );
  const rows = (type.roots.many === "list" ? data.all : data.all.nodes) as { id: string }[];
  return rows.slice(0, 2).map(({ id }) => id);
}
