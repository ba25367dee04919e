// Whatever is put where text is expected, the answer is data or a refusal, and never a fault of the server's own.
import "reflect-metadata";
import fc from "fast-check";
import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isLeafType,
  isEnumType,
  type GraphQLArgument,
  type GraphQLInputType,
} from "graphql";
import { catalogue } from "../../src/catalogue";
import { schemaOf } from "../../src/graph/schema";
import { startApi, type TestApi } from "../support/api";
import { asSecretariat } from "../support/viewers";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
});
afterAll(() => api.close());

const schema = schemaOf(catalogue);
const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).filter((field) => field.args.length > 0);

const junkText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 250 }),
  // Halves of surrogate pairs, controls and what means something to SQL, LIKE, regular expressions and dates.
  fc
    .array(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      { maxLength: 10 },
    )
    .map((units) => units.join("")),
  fc.constantFrom(
    "",
    "%",
    "_",
    "\\",
    "\\%",
    "'",
    '"',
    "';--",
    "{",
    "}",
    "{a,b}",
    "NULL",
    "$1",
    "(",
    "[",
    ".*",
    "infinity",
    "-infinity",
    "NaN",
    "2018",
    "2018-02-30",
    "0001-01-01",
    "9999-12-31",
    "krakow",
    "PL",
    "ß",
    "İ",
    "ﬁ",
    "½",
    "\u0130\u0307",
    "１２３",
    "city_AAAAAAAAAAAAAAAAAAAAAA",
    "WyJ4Il0",
  ),
);

const junkNumber = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1, 100, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1e308, 5e-324),
);

/** A value that an input type accepts, or nearly. */
function junkOf(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return junkOf(type.ofType, depth);
  if (isListType(type)) return fc.array(junkOf(type.ofType, depth + 1), { maxLength: depth > 3 ? 0 : 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name));
  if (isInputObjectType(type)) return junkObject(type.getFields(), type.isOneOf, depth);
  if (["Int", "Float"].includes(type.name)) return junkNumber;
  if (type.name === "Boolean") return fc.boolean();
  if (type.name === "Date")
    return fc
      .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
  return junkText;
}

function junkObject(
  fields: Record<string, { type: GraphQLInputType }>,
  oneOf: boolean,
  depth: number,
): fc.Arbitrary<unknown> {
  const entries = Object.entries(fields).filter(([, { type }]) => depth < 4 || isLeafType(getNamedType(type)));
  if (entries.length === 0) return fc.constant({});
  const needed = entries.filter(([, { type }]) => isNonNullType(type));
  return fc
    .subarray(entries, { minLength: 1, maxLength: oneOf ? 1 : Math.min(3, entries.length) })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries(new Map([...needed, ...chosen].map(([name, { type }]) => [name, junkOf(type, depth + 1)]))),
      ),
    );
}

function document(field: (typeof roots)[number], args: readonly GraphQLArgument[]): string {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ");
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const type = getNamedType(field.type);
  const isConnection = isObjectType(type) && type.getFields().pageInfo !== undefined;
  const selection = isConnection
    ? "{ totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage } }"
    : "{ __typename }";
  return `query (${declared}) { ${field.name}(${passed}) ${isLeafType(type) ? "" : selection} }`;
}

describe.each(roots.map((field) => [field.name, field] as const))("%s", (_name, field) => {
  it("answers any junk with data or a refusal", async () => {
    const property = fc.asyncProperty(
      fc.subarray([...field.args.filter((arg) => !isNonNullType(arg.type))]).chain((chosen) => {
        const args = [...field.args.filter((arg) => isNonNullType(arg.type)), ...chosen];
        const values = fc.record(Object.fromEntries(args.map((arg) => [arg.name, junkOf(arg.type, 0)])));
        return values.map((variables) => ({ args, variables }));
      }),
      async ({ args, variables }) => {
        fc.pre(args.length > 0);
        const { status, errors } = await api.askUntyped(document(field, args), variables);
        expect(status).toBeLessThan(500);
        for (const { extensions } of errors ?? []) {
          expect(["BAD_USER_INPUT", "QUERY_TOO_COMPLEX"]).toContain(extensions.code);
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});
