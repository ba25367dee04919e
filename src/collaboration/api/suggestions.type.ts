// City.suggestedPartners and Opportunity.matches: whom to work with next, and why.
import sql from "sql-template-tag";
import { Args, ArgsType, Ctx, Field, FieldResolver, Float, ObjectType, Resolver, Root } from "type-graphql";
import { rowsAs } from "../../database/read/columns";
import type { RowOf } from "../../database/read/row";
import type { City, Opportunity } from "../../database/rows";
import type { RequestContext } from "../../graph/context";
import { enumOf } from "../../graph/enums";
import { Cost, type FieldCost } from "../../graph/prices/field-cost";
import { objectOf, RecordInterface, unionOf } from "../../graph/record-objects";
import { partner } from "../../networks/organization.record";
import { opportunityResponse } from "../../projects/opportunity-response.record";
import { opportunity } from "../../projects/opportunity.record";
import { city } from "../../registry/city.record";
import type { AnyRecord } from "./any-record";
import { Bounded } from "./bounds";
import { suggestionsPrice } from "./prices";
import { profilesOf } from "../graph/suggestions/current-profiles";
import type { Profiles } from "../graph/suggestions/profiles";
import { questionOfCity, questionOfOffer, type Offer, type Question } from "../graph/suggestions/question";
import { EVIDENCE_AT_MOST, Reasons, type PlainReason, type PlainSuggestion } from "../graph/suggestions/reasons";
import { Scores } from "../graph/suggestions/scores";
import { reasonSentence } from "./reason-sentences";
import { suggest } from "../graph/suggestions/suggest";
import { SuggestionFilter, suggestionFilterValues } from "./suggestion-filter";
import { suggestionReasonKind } from "./reason-kinds";

/** The records of a reason's evidence are read with those of all others: what is left for each. */
const EVIDENCE_PRICE = 2 * EVIDENCE_AT_MOST;
const REASONS_USUALLY = 4;

const ReasonKind = enumOf(suggestionReasonKind);

@ObjectType("SuggestionReason", { simpleResolvers: true, description: "What speaks for a suggested partner." })
class SuggestionReason {
  @Field(() => ReasonKind, { description: "What sort of reason it is." })
  kind!: PlainReason["kind"];

  @Field(() => Float, { description: "What it adds to the score." })
  weight!: number;
}

/** A reason with the records of its two sides. */
interface ReasonView extends PlainReason {
  asker: AnyRecord;
  partner: AnyRecord;
}

@ObjectType("PartnerSuggestion", {
  simpleResolvers: true,
  description:
    "Somebody to work with next, and why. It is made from what everybody may see when it is asked for; docs/suggestions.md says how.",
})
class PartnerSuggestion {
  @Field(() => unionOf(partner), { description: "Who is suggested." })
  partner!: AnyRecord;

  @Field(() => Float, {
    description:
      "How much speaks for it: the sum of the weights of the reasons. It compares answers to one question only.",
  })
  score!: number;

  @Field(() => [SuggestionReason], { description: "Why, what weighs most first." })
  @Cost({ listSize: REASONS_USUALLY })
  reasons!: ReasonView[];
}

@Resolver(() => SuggestionReason)
export class ReasonFields {
  @FieldResolver(() => String, { description: "The reason as a sentence, in English." })
  @Cost({ price: ({ times }) => times * EVIDENCE_PRICE })
  async text(@Root() reason: ReasonView, @Ctx() context: RequestContext): Promise<string> {
    return reasonSentence(reason, reason, await evidenceOf(context, reason));
  }

  @FieldResolver(() => [RecordInterface], {
    description: `The records that it rests on, ${EVIDENCE_AT_MOST} at most: partners, networks, projects, fields, goals, a country. What says most comes first.`,
  })
  @Cost({ listSize: EVIDENCE_AT_MOST, price: ({ times }) => times * EVIDENCE_PRICE })
  evidence(@Root() reason: ReasonView, @Ctx() context: RequestContext): Promise<AnyRecord[]> {
    return evidenceOf(context, reason);
  }
}

@ArgsType()
class SuggestionArgs {
  @Bounded({ least: 1, most: 50, byDefault: 10 }, "How many at most,")
  first!: number;

  @Field(() => SuggestionFilter, { nullable: true, description: "Who may be suggested." })
  filter?: SuggestionFilter | null;
}

const SUGGESTIONS_COST: FieldCost = {
  listSize: "page",
  price: ({ times, sizes }) => times * suggestionsPrice(sizes),
};

@Resolver(() => objectOf(city))
export class SuggestedPartners {
  @FieldResolver(() => [PartnerSuggestion], {
    description:
      "Whom to work with next: members of the Creative Cities Network that did not work together with it yet, the best first, each with the reasons. docs/suggestions.md says what weighs how much.",
  })
  @Cost(SUGGESTIONS_COST)
  suggestedPartners(
    @Root() row: RowOf<City>,
    @Args(() => SuggestionArgs) args: SuggestionArgs,
    @Ctx() context: RequestContext,
  ): Promise<PartnerSuggestion[]> {
    return suggestionsTo(context, row, args, questionOfCity);
  }
}

@Resolver(() => objectOf(opportunity))
export class OpportunityMatches {
  @FieldResolver(() => [PartnerSuggestion], {
    description:
      "Who could answer, the best first, each with the reasons: those that fit what is wished for and the one that posted it. Cities that are members of the Creative Cities Network; networks and organizations where they are sought. Left out is who posted it, and of those who answered whoever the caller may see.",
  })
  @Cost(SUGGESTIONS_COST)
  async matches(
    @Root() row: RowOf<Opportunity>,
    @Args(() => SuggestionArgs) args: SuggestionArgs,
    @Ctx() context: RequestContext,
  ): Promise<PartnerSuggestion[]> {
    const poster = await context.records.currentById.load(row.postedById);
    return poster === undefined ? [] : suggestionsTo(context, poster, args, await offerAsks(context, row));
  }
}

type Asks = (profiles: Profiles, asker: number, filter: Question["filter"]) => Question;

async function offerAsks(context: RequestContext, row: RowOf<Opportunity>): Promise<Asks> {
  const [offer, responders] = await Promise.all([
    context.load(offerByOpportunityId, row.id),
    context.load(respondersByOpportunityId, row.id),
  ]);
  const given: Offer = { ...offer, seeking: row.seeking, areasOfAction: row.areasOfAction };
  return (profiles, asker, filter) => {
    const leftOut = new Set(responders.map((id) => profiles.graph.partners.find(id)));
    return questionOfOffer(profiles, asker, given, filter, leftOut);
  };
}

/** The suggestions to one asker. Many of a page are computed one after the other, and others have their turns between them. */
async function suggestionsTo(
  context: RequestContext,
  asker: AnyRecord,
  { first, filter: given }: SuggestionArgs,
  asks: Asks,
): Promise<PartnerSuggestion[]> {
  const filter = await suggestionFilterValues(context, given);
  const found = await context.services.collaboration.walkInSteps(context, function* (snapshot) {
    const profiles = yield* profilesOf(snapshot, context.read.today);
    const number = profiles.graph.partners.find(asker.id);
    if (number === -1) return [];
    const question = asks(profiles, number, filter);
    const scores = new Scores(profiles, question);
    const reasons = new Reasons(profiles, question, scores);
    return (yield* suggest(profiles, question, first, scores)).map((suggestion) => reasons.of(suggestion));
  });
  return viewsOf(context, asker, found);
}

/** Those who are still there. */
async function viewsOf(
  context: RequestContext,
  asker: AnyRecord,
  found: readonly PlainSuggestion[],
): Promise<PartnerSuggestion[]> {
  const partners = await Promise.all(found.map(({ partnerId }) => context.records.currentById.load(partnerId)));
  return found.flatMap(({ score, reasons }, i) => {
    const row = partners[i];
    if (row === undefined) return [];
    return [{ partner: row, score, reasons: reasons.map((reason) => ({ ...reason, asker, partner: row })) }];
  });
}

async function evidenceOf(context: RequestContext, { evidence }: PlainReason): Promise<AnyRecord[]> {
  const rows = await Promise.all(evidence.map((id) => context.records.currentById.load(id)));
  return rows.filter((row) => row !== undefined);
}

async function offerByOpportunityId(
  { database }: RequestContext,
  ids: readonly string[],
): Promise<Pick<Offer, "creativeFields" | "goals">[]> {
  const rows = await database.query<{ id: string; creativeFields: string[]; goals: string[] }>(sql`
    SELECT asked.id,
      ARRAY(SELECT creative_field_id::text FROM opportunity_creative_field part WHERE part.record_id = asked.id) AS "creativeFields",
      ARRAY(SELECT goal_id::text FROM opportunity_goal part WHERE part.record_id = asked.id) AS goals
    FROM unnest(${ids}::uuid[]) AS asked(id)`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? { creativeFields: [], goals: [] });
}

// As the caller sees them: who answered is nobody else's business, and a list that somebody is missing from would tell.
async function respondersByOpportunityId(
  { database, read }: RequestContext,
  ids: readonly string[],
): Promise<string[][]> {
  const rows = await database.query<{ id: string; responder: string }>(sql`
    SELECT t.opportunity_id AS id, t.responder_id AS responder FROM ${rowsAs(opportunityResponse, "t", read)}
    WHERE t.opportunity_id = ANY (${ids}::uuid[])`);
  return ids.map((id) => rows.filter((row) => row.id === id).map(({ responder }) => responder));
}
