// The types that grouped counts are shown as: groups, their keys and the values of these.
import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../graph/context";
import { Cost } from "../graph/prices/field-cost";
import type { Dimension, Labels } from "./dimension";
import { InLanguage, labelOf } from "./labels";

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
class StatisticValue {
  @Field(() => String, { description: "The value for programs: a code, a slug, a number, a word of an enum." })
  value!: string;
}

@Resolver(() => StatisticValue)
export class StatisticValueFields {
  @FieldResolver(() => String, { description: "The value for people." })
  label(
    @Root() { labels, value }: LabelledValue,
    @InLanguage() language: string | null,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    return labelOf(labels, value, language, context);
  }
}

@ObjectType("StatisticKey", {
  simpleResolvers: true,
  description: "What the records of a group have in common in one dimension.",
})
class StatisticKey {}

@ObjectType("StatisticGroup", {
  simpleResolvers: true,
  description: "How many records have the same values in the dimensions that were asked for.",
})
export class StatisticGroup {
  @Field(() => [StatisticKey], {
    description: "One for each dimension, in the order in which they were asked for.",
  })
  @Cost({ listSize: 2 })
  keys!: KeySource[];

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

@Resolver(() => StatisticKey)
export class StatisticKeyFields {
  @FieldResolver(() => String, { description: "Which dimension, by its word in groupBy." })
  dimension(@Root() { dimension }: KeySource): string {
    return dimension.name;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: `The value for programs, such as PL, music, ACTIVE or 2019; where records have several together, all of them with ${BETWEEN} between. Null where there is none, or it is not known.`,
  })
  key(@Root() { values }: KeySource): string | null {
    return values.length === 0 ? null : values.join(BETWEEN);
  }

  @FieldResolver(() => String, { description: "The key for people, also where it is null." })
  async label(
    @Root() { dimension, values, isRest }: KeySource,
    @InLanguage() language: string | null,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    if (isRest) return REST;
    if (values.length === 0) return dimension.without;
    const labels = await Promise.all(values.map((value) => labelOf(dimension.labels, value, language, context)));
    return labels.join(` ${BETWEEN} `);
  }

  @FieldResolver(() => [StatisticValue], {
    description:
      "The values one by one: several where records have several together, none where there is none or it is not known.",
  })
  @Cost({ listSize: 2 })
  values(@Root() { dimension, values }: KeySource): LabelledValue[] {
    return values.map((value) => ({ value, labels: dimension.labels }));
  }
}
