// How partners stand in the graph of links: the field centrality, and the measures of the whole.
import { Ctx, Field, FieldResolver, Float, Int, ObjectType, Query, Resolver, Root, type ClassType } from "type-graphql";
import type { RecordType } from "../../database/declare/record-type";
import type { RequestContext } from "../../graph/context";
import { Cost } from "../../graph/prices/field-cost";
import { objectOf } from "../../graph/record-objects";
import { RevisionScalar } from "../../graph/scalars";
import { partner } from "../../networks/organization.record";
import type { Measured } from "../background/current-measures";
import type { AnyRecord } from "./any-record";

/** Computed once for all who ask, in a thread of its own: what one of them has to bear of it. */
const MEASURES_PRICE = 1_000;

const REVISION =
  "The revision of the graph that it was computed from. While a change is being computed, that of the graph before.";

@ObjectType("Centrality", {
  simpleResolvers: true,
  description:
    "How a partner stands in the graph of all links, without a filter: memberships and agreements of today, and what was done together at any time. docs/measures.md says what each number means.",
})
class Centrality {
  @Field(() => Int, { description: "How many partners it is linked to." })
  degree!: number;

  @Field(() => Float, {
    description: "The sum of the strengths of its links: about as many as the things that it shares with anybody.",
  })
  weightedDegree!: number;

  @Field(() => Float, {
    description:
      "Its PageRank (Brin and Page, 1998), by links and their strengths: how much it is linked to those who are much linked themselves. The sum over all partners is 1.",
  })
  pageRank!: number;

  @Field(() => Int, {
    description:
      "The number of its community: partners that are linked more among each other than with others, found by the Louvain method (Blondel and others, 2008). 0 is the largest. Numbers may change whenever the graph does; of one graph, every server process gives the same.",
  })
  community!: number;

  @Field(() => RevisionScalar, { description: REVISION })
  revision!: string;
}

@ObjectType("CollaborationMeasures", {
  simpleResolvers: true,
  description: "The graph of all links in figures.",
})
class CollaborationMeasures {
  @Field(() => Int, { description: "How many partners there are: cities, networks and organizations." })
  partners!: number;

  @Field(() => Int, { description: "How many of them are linked to somebody." })
  linkedPartners!: number;

  @Field(() => Int, { description: "How many pairs of partners are linked." })
  links!: number;

  @Field(() => Int, { description: "How many communities there are; everybody without a link is one of their own." })
  communities!: number;

  @Field(() => Float, {
    description:
      "How much more the links lie within communities than by chance (Newman and Girvan, 2004): 0 as by chance, at most 1.",
  })
  modularity!: number;

  @Field(() => RevisionScalar, { description: REVISION })
  revision!: string;
}

@Resolver()
export class MeasuresRoot {
  @Query(() => CollaborationMeasures, {
    description: "The graph of all links in figures: how large it is, and how it falls into communities.",
  })
  @Cost({ price: () => MEASURES_PRICE })
  async collaborationMeasures(@Ctx() context: RequestContext): Promise<CollaborationMeasures> {
    const { measures, revision } = await measured(context);
    return {
      partners: measures.degrees.length,
      linkedPartners: measures.linkedPartnerCount,
      links: measures.linkCount,
      communities: measures.communityCount,
      modularity: measures.modularity,
      revision,
    };
  }
}

function centralityFieldOn(type: RecordType): ClassType {
  @Resolver(() => objectOf(type))
  class CentralityField {
    @FieldResolver(() => Centrality, { description: "How it stands in the graph of all links." })
    @Cost({ price: () => MEASURES_PRICE })
    async centrality(@Root() { id }: AnyRecord, @Ctx() context: RequestContext): Promise<Centrality> {
      return centralityOf(id, await context.load(measuredOnce, ""));
    }
  }
  return CentralityField;
}

/** The field centrality, on each type of partners. */
export const centralityFields = partner.members().map(centralityFieldOn);

function measured(context: RequestContext): Promise<Measured> {
  const collaboration = context.services.collaboration;
  return collaboration.measures.of(collaboration.newest(context), context.read.today);
}

/** A partner that came after the graph was measured is linked to nobody there, and is a community of its own after all others. */
function centralityOf(partnerId: string, { measures, placeOf, revision }: Measured): Centrality {
  const place = placeOf(partnerId);
  return {
    degree: measures.degrees[place] ?? 0,
    weightedDegree: measures.weightedDegrees[place] ?? 0,
    pageRank: measures.pageRanks[place] ?? 0,
    community: measures.community[place] ?? measures.communityCount,
    revision,
  };
}

/** The same measures for the whole answer. */
async function measuredOnce(context: RequestContext, keys: readonly string[]): Promise<Measured[]> {
  const once = await measured(context);
  return keys.map(() => once);
}
