// The filter of everything that is asked about links: what a request gives, and what the walks over the graph take.
import { Field, Float, InputType } from "type-graphql";
import { enumeration } from "../../database/declare/column";
import type { RequestContext } from "../../graph/context";
import { enumOf } from "../../graph/enums";
import { CountryCodeScalar, DateScalar } from "../../graph/scalars";
import { badInput } from "../../kernel/errors";
import { region } from "../../registry/country.record";
import { creativeField } from "../../registry/creative-field.record";
import type { LinkKindName } from "../graph/affiliation-kinds";
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

@InputType("CollaborationFilter", {
  description:
    "Which links count. Partners that do not fulfil it are not there: they are no collaborators, and no path leads through them; those that the question itself names always are. A condition that is left out lets everything through, an empty list nothing.",
})
export class CollaborationFilter {
  @Field(() => [LinkKind], { nullable: true, description: "Only links by things of these kinds." })
  kinds?: LinkKindName[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      "What was shared on this day. Left out, memberships and agreements count that are in force today, and projects, practices, missions and meetings of any time; null: all of any time.",
  })
  validOn?: string | null;

  @Field(() => [PartnerType], { nullable: true, description: "Only partners of these types." })
  partnerTypes?: (keyof typeof TYPE_NAMES)[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Only cities designated in one of these fields, by slug, on the day; today where none is given.",
  })
  creativeFields?: string[] | null;

  @Field(() => [CountryCodeScalar], {
    nullable: true,
    description: "Only partners in one of these countries: cities, and organizations by the city of their seat.",
  })
  countries?: string[] | null;

  @Field(() => [Region], { nullable: true, description: "Only partners in one of these regions." })
  regions?: string[] | null;

  @Field(() => Float, {
    nullable: true,
    description: "Only links of at least this strength, counted within the filter; 0 or more.",
  })
  minStrength?: number | null;
}

/** The argument `filter` of everything that is asked about links. */
export function LinkFilter(): PropertyDecorator {
  return Field(() => CollaborationFilter, { nullable: true, description: "Which links count; left out, all." });
}

/** As many values as one `in` of other filters takes. */
const VALUES_AT_MOST = 500;

/** What is given of a filter, without the null that says nothing. */
export type Given<Filter, Nullable extends keyof Filter> = {
  [Name in keyof Filter]?: Exclude<Filter[Name], undefined | (Name extends Nullable ? never : null)>;
};

/**
 * What a filter of this room gives, without what it leaves out.
 * @param mayBeNull conditions to which null says something
 * @throws BAD_USER_INPUT for null elsewhere, and for lists that are too long
 */
export function givenConditions<Filter extends object, Nullable extends keyof Filter = never>(
  given: Filter | null | undefined,
  ...mayBeNull: readonly Nullable[]
): Given<Filter, Nullable> {
  const conditions = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  for (const [name, value] of conditions) {
    if (value === null && !mayBeNull.some((one) => one === name)) {
      throw badInput("NULL_IN_FILTER", `"${name}" must not be null: leave it out`);
    }
    if (Array.isArray(value) && value.length > VALUES_AT_MOST) {
      throw badInput("FILTER_TOO_LARGE", `"${name}" may hold ${VALUES_AT_MOST} values at most`);
    }
  }
  return Object.fromEntries(conditions) as Given<Filter, Nullable>;
}

/**
 * The values of a filter, with ids for slugs.
 * @throws BAD_USER_INPUT for null where it means nothing, for a strength below 0, and for a field that there is not
 */
export async function filterValues(
  context: RequestContext,
  given: CollaborationFilter | null | undefined,
): Promise<FilterValues> {
  const { partnerTypes, creativeFields, ...rest } = givenConditions(given, "validOn");
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
