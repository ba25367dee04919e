// The types that grouped counts are shown as: groups, their keys and the values of these.
import { Field, Int, ObjectType } from "type-graphql";
import type { RequestContext } from "../graph/context";
import { addField, type ArgDeclaration } from "../graph/declare-field";
import { Language } from "../graph/enums";
import type { Dimension, Labels } from "./dimension";
import { labelOf, languageIn } from "./labels";

export const LANGUAGE_ARG: ArgDeclaration = {
  name: "language",
  type: () => Language,
  description: "The language wished for; what has no name in it is called as in English.",
  defaultValue: "EN",
};

/** A value with what it is called by. */
export interface LabelledValue {
  value: string;
  labels: Labels;
}

/** A key as its fields are resolved from. */
export interface KeySource {
  dimension: Dimension;
  values: readonly string[];
  isRest: boolean;
}

@ObjectType("StatisticValue", {
  simpleResolvers: true,
  description: "One value of a dimension, such as the creative field music.",
})
export class StatisticValue {
  @Field(() => String, { description: "The value for programs: a code, a slug, a number, a word of an enum." })
  value!: string;
}

@ObjectType("StatisticKey", {
  simpleResolvers: true,
  description: "What the records of a group have in common in one dimension.",
})
export class StatisticKey {}

@ObjectType("StatisticGroup", {
  simpleResolvers: true,
  description: "How many records have the same values in the dimensions that were asked for.",
})
export class StatisticGroup {
  @Field(() => Int, { description: "How many records are in the group." })
  count!: number;

  @Field(() => Boolean, {
    description:
      "True for the last group of an answer that had no room for all: what the smaller ones hold together. Its keys have no values.",
  })
  isRest!: boolean;
}

/** What is between several values of one key. Slugs, numbers and words of enums, which alone come severally, have none in them. */
const BETWEEN = "+";
const REST = "All others";

addField<{ keys: KeySource[] }>(
  "StatisticGroup",
  () => StatisticGroup,
  "keys",
  {
    type: () => [StatisticKey],
    description: "One for each dimension, in the order in which they were asked for.",
    listSize: 2,
  },
  ({ keys }) => keys,
);

addField<LabelledValue>(
  "StatisticValue",
  () => StatisticValue,
  "label",
  { type: () => String, description: "The value for people.", args: [LANGUAGE_ARG] },
  ({ labels, value }, args, context) => labelOf(labels, value, languageIn(args), context),
);

addField<KeySource>(
  "StatisticKey",
  () => StatisticKey,
  "dimension",
  { type: () => String, description: "Which dimension, by its word in groupBy." },
  ({ dimension }) => dimension.name,
);

addField<KeySource>(
  "StatisticKey",
  () => StatisticKey,
  "key",
  {
    type: () => String,
    nullable: true,
    description: `The value for programs, such as PL, music, ACTIVE or 2019; where records have several together, all of them with ${BETWEEN} between. Null where there is none, or it is not known.`,
  },
  ({ values }) => (values.length === 0 ? null : values.join(BETWEEN)),
);

addField<KeySource>(
  "StatisticKey",
  () => StatisticKey,
  "label",
  { type: () => String, description: "The key for people, also where it is null.", args: [LANGUAGE_ARG] },
  async ({ dimension, values, isRest }, args, context: RequestContext) => {
    if (isRest) return REST;
    if (values.length === 0) return dimension.without;
    const language = languageIn(args);
    const labels = await Promise.all(values.map((value) => labelOf(dimension.labels, value, language, context)));
    return labels.join(` ${BETWEEN} `);
  },
);

addField<KeySource>(
  "StatisticKey",
  () => StatisticKey,
  "values",
  {
    type: () => [StatisticValue],
    description:
      "The values one by one: several where records have several together, none where there is none or it is not known.",
    listSize: 2,
  },
  ({ dimension, values }): LabelledValue[] => values.map((value) => ({ value, labels: dimension.labels })),
);
