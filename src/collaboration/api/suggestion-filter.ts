// The filter of suggestions: what a request gives, and what the pass over all partners takes.
import { InputType } from "type-graphql";
import type { RequestContext } from "../../graph/context";
import { addInput, type ArgDeclaration } from "../../graph/declare-field";
import { CountryCodeScalar } from "../../graph/scalars";
import { givenConditions, idsOfFields, Region } from "./collaboration-filter";
import type { SuggestionFilterValues } from "../graph/suggestions/question";

class SuggestionFilterInput {}
InputType("SuggestionFilter", {
  description: "Who may be suggested. A condition that is left out lets everybody through, an empty list nobody.",
})(SuggestionFilterInput);

const FIELDS: readonly ArgDeclaration[] = [
  {
    name: "creativeFields",
    type: () => [String],
    description: "Only Creative Cities of one of these fields today, by slug.",
  },
  { name: "countries", type: () => [CountryCodeScalar], description: "Only partners in one of these countries." },
  { name: "regions", type: () => [Region], description: "Only partners in one of these regions." },
  {
    name: "globalSouth",
    type: () => Boolean,
    description: "Only partners in the Global South, as Country.globalSouth has it; false: only those elsewhere.",
  },
  {
    name: "includeExisting",
    type: () => Boolean,
    description: "Whether those are suggested too who already worked together with the one that asks.",
    defaultValue: false,
  },
];
for (const field of FIELDS) addInput(SuggestionFilterInput, field);

export const SUGGESTION_FILTER_ARG: ArgDeclaration = {
  name: "filter",
  type: () => SuggestionFilterInput,
  description: "Who may be suggested.",
};

/**
 * The values of a filter, with ids for slugs.
 * @throws BAD_USER_INPUT for null, and for a field that there is not
 */
export async function suggestionFilterValues(context: RequestContext, given: unknown): Promise<SuggestionFilterValues> {
  const values = givenConditions(given) as SuggestionFilterValues;
  const { creativeFields, ...rest } = values;
  if (creativeFields === undefined) return rest;
  return { ...rest, creativeFields: await idsOfFields(context, creativeFields) };
}
