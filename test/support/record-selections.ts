// Selections made from the declarations, so that a test over "every type" takes in new ones by itself.
import "reflect-metadata";
import { getNamedType, isObjectType, isScalarType, isEnumType, isUnionType, type GraphQLField } from "graphql";
import { catalogue } from "../../src/catalogue";
import { referenceField, type RecordType, type Reference } from "../../src/database/declare/record-type";
import { schemaOf } from "../../src/graph/schema";

/** What a connection shows beside its rows. */
export const BESIDE_NODES = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

/** A field that leads from one record to others; to each type of a union there is a way of its own. */
export interface Way {
  field: string;
  /** the field, and for a union the type that is followed */
  title: string;
  to: RecordType;
  kind: "reference" | "list" | "connection";
  /** the field with a selection of what is at its end, and for a connection of what stands beside it */
  select: (size: number, selection: string, beside?: string) => string;
}

export function waysFrom(type: RecordType): Way[] {
  const references = Object.entries(type.references).flatMap(([column, reference]) =>
    waysOfReference(referenceField(column), reference),
  );
  const relations = catalogue.relationsFrom(type).flatMap(({ name, to, shownAs }): Way[] => {
    if (shownAs === "filterOnly") return [];
    if (shownAs === "one") {
      return [
        { field: name, title: name, to, kind: "reference", select: (_size, selection) => `${name} { ${selection} }` },
      ];
    }
    if (shownAs === "list") {
      return [{ field: name, title: name, to, kind: "list", select: (_size, selection) => `${name} { ${selection} }` }];
    }
    return [
      {
        field: name,
        title: name,
        to,
        kind: "connection",
        select: (size, selection, beside = "") => `${name}(first: ${size}) { ${beside} nodes { ${selection} } }`,
      },
    ];
  });
  return [...references, ...relations];
}

/** Ways that can be asked for together: no two of a batch share a field. */
export function inBatches(ways: readonly Way[], size: number): Way[][] {
  const batches: Way[][] = [];
  for (const way of ways) {
    const fitting = batches.find((batch) => batch.length < size && batch.every(({ field }) => field !== way.field));
    if (fitting === undefined) batches.push([way]);
    else fitting.push(way);
  }
  return batches;
}

export const titleOf = (ways: readonly Way[]): string => ways.map(({ title }) => title).join(", ");

function waysOfReference(field: string, { to, anyOf }: Reference): Way[] {
  if (anyOf === undefined) {
    return [
      { field, title: field, to: to(), kind: "reference", select: (_size, selection) => `${field} { ${selection} }` },
    ];
  }
  return anyOf.members().map((member) => ({
    field,
    title: `${field}(${member.name})`,
    to: member,
    kind: "reference",
    select: (_size, selection) => `${field} { __typename ... on ${member.name} { ${selection} } }`,
  }));
}

/** Every field of a record that leads to no other record: columns, head, parts, and what is derived. */
export function ownFields(type: RecordType): string {
  const object = schemaOf(catalogue).getType(type.name);
  if (!isObjectType(object)) throw new Error(`the schema has no object type ${type.name}`);
  const leading = new Set(waysFrom(type).map((way) => way.field));
  return Object.values(object.getFields())
    .filter((field) => !leading.has(field.name) && field.args.every((arg) => arg.defaultValue !== undefined))
    .map(selectField)
    .join(" ");
}

// A name in another language, because the English one is a plain column.
function selectField(field: GraphQLField<unknown, unknown>): string {
  const shown = field.args.some((arg) => arg.name === "language") ? `${field.name}(language: FR)` : field.name;
  const type = getNamedType(field.type);
  if (isScalarType(type) || isEnumType(type)) return shown;
  if (isUnionType(type)) return `${shown} { __typename }`;
  if (!isObjectType(type)) throw new Error(`${field.name} gives a ${type.name}: say here what to select of it`);
  const leaves = Object.values(type.getFields()).filter(({ type: leaf }) => isScalarType(getNamedType(leaf)));
  return `${shown} { ${leaves.map((leaf) => leaf.name).join(" ")} }`;
}
