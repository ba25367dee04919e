// How partners stand in the graph of links: the field centrality, and the measures of the whole.
import { Float, Int, ObjectType } from "type-graphql";
import type { RecordRow } from "../../database/read/row";
import type { RequestContext } from "../../graph/context";
import { addField, addProperty, addQuery } from "../../graph/declare-field";
import { objectOf } from "../../graph/record-objects";
import { RevisionScalar } from "../../graph/scalars";
import { partner } from "../../networks/organization.record";
import { collaborationOf } from "../collaboration";
import { NOT_THERE, type Measured } from "../background/current-measures";

/** Computed once for all who ask, in a thread of its own: what one of them has to bear of it. */
const MEASURES_PRICE = 1_000;

const REVISION =
  "The revision of the graph that it was computed from. While a change is being computed, that of the graph before.";

class Centrality {}
class CollaborationMeasures {}

export function addCentrality(): void {
  ObjectType("Centrality", {
    simpleResolvers: true,
    description:
      "How a partner stands in the graph of all links, without a filter: memberships and agreements of today, and what was done together at any time. docs/measures.md says what each number means.",
  })(Centrality);
  addProperty(Centrality, "degree", { type: () => Int, description: "How many partners it is linked to." });
  addProperty(Centrality, "weightedDegree", {
    type: () => Float,
    description: "The sum of the strengths of its links: about as many as the things that it shares with anybody.",
  });
  addProperty(Centrality, "pageRank", {
    type: () => Float,
    description:
      "Its PageRank (Brin and Page, 1998), by links and their strengths: how much it is linked to those who are much linked themselves. The sum over all partners is 1.",
  });
  addProperty(Centrality, "community", {
    type: () => Int,
    description:
      "The number of its community: partners that are linked more among each other than with others, found by the Louvain method (Blondel and others, 2008). 0 is the largest. Numbers may change whenever the graph does; of one graph, every server process gives the same.",
  });
  addProperty(Centrality, "revision", { type: () => RevisionScalar, description: REVISION });
  for (const type of partner.members()) {
    addField<RecordRow>(
      type.name,
      () => objectOf(type),
      "centrality",
      {
        type: () => Centrality,
        description: "How it stands in the graph of all links.",
        price: () => MEASURES_PRICE,
      },
      centrality,
    );
  }
  addMeasures();
}

function addMeasures(): void {
  ObjectType("CollaborationMeasures", {
    simpleResolvers: true,
    description: "The graph of all links in figures.",
  })(CollaborationMeasures);
  const fields: readonly [string, object, string][] = [
    ["partners", Int, "How many partners there are: cities, networks and organizations."],
    ["linkedPartners", Int, "How many of them are linked to somebody."],
    ["links", Int, "How many pairs of partners are linked."],
    ["communities", Int, "How many communities there are; everybody without a link is one of their own."],
    [
      "modularity",
      Float,
      "How much more the links lie within communities than by chance (Newman and Girvan, 2004): 0 as by chance, at most 1.",
    ],
    ["revision", RevisionScalar, REVISION],
  ];
  for (const [name, type, description] of fields) {
    addProperty(CollaborationMeasures, name, { type: () => type, description });
  }
  addQuery(
    "collaborationMeasures",
    {
      type: () => CollaborationMeasures,
      description: "The graph of all links in figures: how large it is, and how it falls into communities.",
      price: () => MEASURES_PRICE,
    },
    async (_args, context) => {
      const { measures, revision } = await measured(context);
      return {
        partners: measures.degrees.length,
        linkedPartners: measures.linkedPartnerCount,
        links: measures.linkCount,
        communities: measures.communityCount,
        modularity: measures.modularity,
        revision,
      };
    },
  );
}

function measured(context: RequestContext): Promise<Measured> {
  const collaboration = collaborationOf(context);
  return collaboration.measures.of(() => collaboration.at(context), context.read.today);
}

async function centrality(row: RecordRow, _args: unknown, context: RequestContext): Promise<object> {
  const { measures, placeOf, revision } = await context.load(measuredOnce, "");
  const place = placeOf(row.id);
  // It came after the graph that was measured: it is linked to nobody there, and is a community of its own after all others.
  if (place === NOT_THERE) {
    return { degree: 0, weightedDegree: 0, pageRank: 0, community: measures.communityCount, revision };
  }
  return {
    degree: measures.degrees[place],
    weightedDegree: measures.weightedDegrees[place],
    pageRank: measures.pageRanks[place],
    community: measures.community[place],
    revision,
  };
}

/** The same measures for the whole answer. */
async function measuredOnce(context: RequestContext, keys: readonly string[]): Promise<Measured[]> {
  const once = await measured(context);
  return keys.map(() => once);
}
