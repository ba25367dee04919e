// The filter of suggestions: what a request gives, and what the pass over all partners takes.
import { Field, InputType } from "type-graphql";
import type { RequestContext } from "../../graph/context";
import { CountryCodeScalar } from "../../graph/scalars";
import { givenConditions, idsOfFields, Region } from "./collaboration-filter";
import type { SuggestionFilterValues } from "../graph/suggestions/question";

@InputType("SuggestionFilter", {
  description: "Who may be suggested. A condition that is left out lets everybody through, an empty list nobody.",
})
export class SuggestionFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Only Creative Cities of one of these fields today, by slug.",
  })
  creativeFields?: string[] | null;

  @Field(() => [CountryCodeScalar], { nullable: true, description: "Only partners in one of these countries." })
  countries?: string[] | null;

  @Field(() => [Region], { nullable: true, description: "Only partners in one of these regions." })
  regions?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Only partners in the Global South, as Country.globalSouth has it; false: only those elsewhere.",
  })
  globalSouth?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Whether those are suggested too who already worked together with the one that asks.",
  })
  includeExisting?: boolean | null;
}

/**
 * The values of a filter, with ids for slugs.
 * @throws BAD_USER_INPUT for null, and for a field that there is not
 */
export async function suggestionFilterValues(
  context: RequestContext,
  given: SuggestionFilter | null | undefined,
): Promise<SuggestionFilterValues> {
  const { creativeFields, ...rest } = givenConditions(given);
  if (creativeFields === undefined) return rest;
  return { ...rest, creativeFields: await idsOfFields(context, creativeFields) };
}
