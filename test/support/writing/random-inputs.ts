// Inputs of mutations, made up by their types: what a caller may send, right or wrong, drawn from what stands in the database so
// that much of it meets something.
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from "graphql";
import fc, { type Arbitrary } from "fast-check";

/** What values are drawn from. */
export interface Pools {
  /** global ids of records, by the names of their types */
  ids: Readonly<Record<string, readonly string[]>>;
  externalIds: readonly { scheme: string; value: string }[];
  names: readonly { language: string | null; name: string }[];
  sources: readonly object[];
  slugs: readonly string[];
}

/** One to three of an input's fields. @param left names of fields that are left out */
export function someFieldsOf(type: GraphQLInputObjectType, pools: Pools, left: readonly string[]): Arbitrary<object> {
  const fields = Object.values(type.getFields()).filter(({ name }) => !left.includes(name));
  return fc
    .subarray(fields, { minLength: Math.min(1, fields.length), maxLength: Math.min(3, fields.length) })
    .chain((some) =>
      fc.record(Object.fromEntries(some.map((field) => [field.name, valueOf(field.type, field.name, pools)]))),
    );
}

function valueOf(type: GraphQLInputType, name: string, pools: Pools): Arbitrary<unknown> {
  const given = notNull(type, name, pools);
  return isNonNullType(type) ? given : fc.option(given, { freq: 9 });
}

function notNull(type: GraphQLInputType, name: string, pools: Pools): Arbitrary<unknown> {
  const bare = getNullableType(type);
  if (isListType(bare)) return fc.array(notNull(bare.ofType, name, pools), { maxLength: 3 });
  const named = getNamedType(type);
  if (isEnumType(named)) return fc.constantFrom(...named.getValues().map((value) => value.name));
  if (named.name.endsWith("Ref")) return referenceTo(named.name.slice(0, -"Ref".length), pools);
  if (isInputObjectType(named) && named.name.endsWith("ListChange")) return listChange(named, pools);
  return PARTS[named.name]?.(pools) ?? scalar(named.name, name, pools);
}

function referenceTo(type: string, { ids, externalIds }: Pools): Arbitrary<object> {
  const known = type === "Partner" ? ["City", "Network", "Organization"].flatMap((one) => ids[one] ?? []) : ids[type];
  const byId = fc.constantFrom(...(known ?? [])).map((id) => ({ id }));
  return fc.oneof(
    { weight: 9, arbitrary: byId },
    fc.constantFrom(...externalIds).map((externalId) => ({ externalId })),
  );
}

function listChange(type: GraphQLInputObjectType, pools: Pools): Arbitrary<object> {
  return fc.oneof(
    ...Object.values(type.getFields()).map((field) =>
      notNull(field.type, field.name, pools).map((items) => ({ [field.name]: items })),
    ),
  );
}

const PARTS: Readonly<Record<string, (pools: Pools) => Arbitrary<object>>> = {
  ExternalIdInput: ({ externalIds }) => fc.constantFrom(...externalIds),
  LocalizedNameInput: ({ names }) => fc.constantFrom(...names),
  SourceInput: ({ sources }) => fc.constantFrom(...sources),
  GeoPointInput: () =>
    fc.record({ latitude: fc.integer({ min: -90, max: 90 }), longitude: fc.integer({ min: -180, max: 180 }) }),
};

function scalar(type: string, name: string, { slugs }: Pools): Arbitrary<unknown> {
  switch (type) {
    case "Int":
      return fc.integer({ min: 0, max: 3_000 });
    case "Boolean":
      return fc.boolean();
    case "Date":
      return fc.constantFrom("2026-11-19", "2026-11-20", "2027-01-15", "2030-12-31");
    case "PartialDate":
      return fc.constantFrom("1999", "2026-11-19", "2026-11-20", "2027-02", "2031");
    case "URL":
      return fc.constantFrom("https://one.example.org/", "https://other.example.org/");
    default:
      if (name === "languages") return fc.constantFrom("fr", "pt-BR");
      if (name === "slug")
        return fc.oneof(
          fc.nat().map((n) => `random-${n}`),
          fc.constantFrom(...slugs),
        );
      return fc.constantFrom("Paris", "UNESCO", "Anything", "Something else");
  }
}
