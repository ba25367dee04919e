// What collaboration adds to the graph: no records of its own, but what follows from those of the rooms before.
import type { Room } from "../database/declare/catalogue";
import { centralityFields, MeasuresRoot } from "./centrality.type";
import { collaboratorsFields } from "./collaborators.type";
import { GraphRoots } from "./graph.type";
import { EvidenceField } from "./link.type";
import { CollaborationPaths } from "./paths.type";
import { SuggestionModelRoot } from "./suggestions/suggestion-model.type";
import { OpportunityMatches, ReasonFields, SuggestedPartners } from "./suggestions/suggestions.type";

export const collaboration: Room = {
  records: [],
  relations: [],
  resolvers: [
    ...collaboratorsFields,
    EvidenceField,
    CollaborationPaths,
    GraphRoots,
    ...centralityFields,
    MeasuresRoot,
    SuggestedPartners,
    OpportunityMatches,
    ReasonFields,
    SuggestionModelRoot,
  ],
};
