// The filter of everything that is asked about links: what a request gives, and what the walks over the graph take.
import { Float, InputType } from "type-graphql";
import { enumeration } from "../../database/declare/column";
import type { RequestContext } from "../../graph/context";
import { addInput, type ArgDeclaration } from "../../graph/declare-field";
import { enumOf } from "../../graph/enums";
import { CountryCodeScalar, DateScalar } from "../../graph/scalars";
import { badInput } from "../../kernel/errors";
import { region } from "../../registry/country.record";
import { creativeField } from "../../registry/creative-field.record";
import type { PartnerTypeName } from "../graph/memory/traits";
import type { FilterValues } from "../graph/selection";
import { linkKind } from "../kinds";

const TYPE_NAMES = { CITY: "City", NETWORK: "Network", ORGANIZATION: "Organization" } as const satisfies Record<
  string,
  PartnerTypeName
>;

const partnerType = enumeration("PartnerType", "What sort of partner somebody is.", {
  CITY: "A city, whether or not it is a member of the Creative Cities Network.",
  NETWORK: "A network, the Creative Cities Network among them.",
  ORGANIZATION: "A public, private or civil-society partner, or one of academia.",
} satisfies Record<keyof typeof TYPE_NAMES, string>);

export const LinkKind = enumOf(linkKind);
const PartnerType = enumOf(partnerType);
export const Region = enumOf(region);

class CollaborationFilterInput {}
InputType("CollaborationFilter", {
  description:
    "Which links count. Partners that do not fulfil it are not there: they are no collaborators, and no path leads through them; those that the question itself names always are. A condition that is left out lets everything through, an empty list nothing.",
})(CollaborationFilterInput);

const FIELDS: readonly ArgDeclaration[] = [
  { name: "kinds", type: () => [LinkKind], description: "Only links by things of these kinds." },
  {
    name: "validOn",
    type: () => DateScalar,
    description:
      "What was shared on this day. Left out, memberships and agreements count that are in force today, and projects, practices, missions and meetings of any time; null: all of any time.",
  },
  { name: "partnerTypes", type: () => [PartnerType], description: "Only partners of these types." },
  {
    name: "creativeFields",
    type: () => [String],
    description: "Only cities designated in one of these fields, by slug, on the day; today where none is given.",
  },
  {
    name: "countries",
    type: () => [CountryCodeScalar],
    description: "Only partners in one of these countries: cities, and organizations by the city of their seat.",
  },
  { name: "regions", type: () => [Region], description: "Only partners in one of these regions." },
  {
    name: "minStrength",
    type: () => Float,
    description: "Only links of at least this strength, counted within the filter; 0 or more.",
  },
];
for (const field of FIELDS) addInput(CollaborationFilterInput, field);

/** The argument `filter` of everything that is asked about links. */
export const FILTER_ARG: ArgDeclaration = {
  name: "filter",
  type: () => CollaborationFilterInput,
  description: "Which links count; left out, all.",
};

/** As many values as one `in` of other filters takes. */
const VALUES_AT_MOST = 500;

/**
 * What a filter of this room gives, without what it leaves out.
 * @param mayBeNull conditions to which null says something
 * @throws BAD_USER_INPUT for null elsewhere, and for lists that are too long
 */
export function givenConditions(given: unknown, mayBeNull: readonly string[] = []): Readonly<Record<string, unknown>> {
  const entries = Object.entries((given ?? {}) as Readonly<Record<string, unknown>>);
  const conditions = entries.filter(([, value]) => value !== undefined);
  for (const [name, value] of conditions) {
    if (value === null && !mayBeNull.includes(name)) {
      throw badInput("NULL_IN_FILTER", `"${name}" must not be null: leave it out`);
    }
    if (Array.isArray(value) && value.length > VALUES_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `"${name}" may hold ${VALUES_AT_MOST} values at most`);
    }
  }
  return Object.fromEntries(conditions);
}

type Given = Partial<Omit<FilterValues, "partnerTypes">> & { partnerTypes?: readonly (keyof typeof TYPE_NAMES)[] };

/**
 * The values of a filter, with ids for slugs.
 * @throws BAD_USER_INPUT for null where it means nothing, for a strength below 0, and for a field that there is not
 */
export async function filterValues(context: RequestContext, given: unknown): Promise<FilterValues> {
  const filter = givenConditions(given, ["validOn"]) as Given;
  const { partnerTypes, creativeFields, ...rest } = filter;
  if (rest.minStrength !== undefined && rest.minStrength < 0) {
    throw badInput("OUT_OF_BOUNDS", `minStrength must be 0 or more, but got ${rest.minStrength}`);
  }
  return {
    ...rest,
    ...(partnerTypes === undefined ? {} : { partnerTypes: partnerTypes.map((type) => TYPE_NAMES[type]) }),
    ...(creativeFields === undefined ? {} : { creativeFields: await idsOfFields(context, creativeFields) }),
  };
}

/** @throws BAD_USER_INPUT for a slug that no field has */
export function idsOfFields({ records }: RequestContext, slugs: readonly string[]): Promise<string[]> {
  return Promise.all(
    [...new Set(slugs)].map(async (slug) => {
      const field = await records.byUniqueColumn(creativeField, "slug", slug);
      if (field === undefined) throw badInput("NO_SUCH_FIELD", `no creative field is called "${slug}"`);
      return field.id;
    }),
  );
}
