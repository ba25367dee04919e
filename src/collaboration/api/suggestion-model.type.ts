// The root field suggestionModel: how well suggestions would have foretold the newest projects, beside two plainer models.
import { Ctx, Field, Float, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../graph/context";
import { enumOf } from "../../graph/enums";
import { Cost } from "../../graph/prices/field-cost";
import { DateScalar, RevisionScalar } from "../../graph/scalars";
import type { Evaluated } from "../background/current-evaluation";
import { SUGGESTION_MODELS, type SuggestionModelName } from "../graph/suggestions/evaluation";

/** Hundreds of questions are asked of the graph; but once for each state of it, whoever asks. */
const EVALUATION_PRICE = 10_000;

const ModelKind = enumOf({
  name: "SuggestionModelKind",
  description: "A way to say who should work together next.",
  values: SUGGESTION_MODELS,
});

@ObjectType("SuggestionModelFigures", {
  simpleResolvers: true,
  description: "How well one model foretold the partners that cities found in the hidden projects.",
})
class SuggestionModelFigures {
  @Field(() => ModelKind, { description: "The model." })
  model!: SuggestionModelName;

  @Field(() => Float, {
    nullable: true,
    description:
      "In what part of the questions one of the first ten answers was right, from 0 to 1; null where nothing could be asked.",
  })
  hitRateAt10!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "The mean, over all questions, of 1 by the place of the first right answer, from 0 to 1; null where nothing could be asked.",
  })
  meanReciprocalRank!: number | null;
}

@ObjectType("SuggestionModel", {
  simpleResolvers: true,
  description:
    "How well suggestions foretell: the newest projects are hidden, each whole, and each of their cities is asked whom it should work with. A right answer is a city of the same project that it had not worked with before. docs/suggestions.md says more.",
})
class SuggestionModel {
  @Field(() => RevisionScalar, { description: "The revision of the graph that it was computed from." })
  revision!: string;

  @Field(() => DateScalar, { description: "The day on which it was computed." })
  evaluatedOn!: string;

  @Field(() => Int, {
    description:
      "How many projects were hidden: the newest fifth, and those that began on the same day as the last of these.",
  })
  hiddenProjects!: number;

  @Field(() => Int, { description: "How many questions were asked: of small datasets all, else some evenly spread." })
  questions!: number;

  @Field(() => [SuggestionModelFigures], { description: "Each model with its figures." })
  rows!: SuggestionModelFigures[];
}

@Resolver()
export class SuggestionModelRoot {
  @Query(() => SuggestionModel, {
    description:
      "How well the suggestions of partners would have foretold the newest projects, beside two plainer models. It is computed when it is first asked for, and kept until links change.",
  })
  @Cost({ price: () => EVALUATION_PRICE })
  suggestionModel(@Ctx() context: RequestContext): Promise<Evaluated> {
    const { collaboration } = context.services;
    return collaboration.evaluation.of(collaboration.newest(context), context.read.today);
  }
}
