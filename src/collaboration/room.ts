// What collaboration adds to the graph: no records of its own, but what follows from those of the rooms before.
import type { Room } from "../database/declare/catalogue";
import { centralityFields, MeasuresRoot } from "./api/centrality.type";
import { collaboratorsFields } from "./api/collaborators.type";
import { GraphRoots } from "./api/graph.type";
import { EvidenceField } from "./api/link.type";
import { CollaborationPaths } from "./api/paths.type";
import { SuggestionModelRoot } from "./api/suggestion-model.type";
import { OpportunityMatches, ReasonFields, SuggestedPartners } from "./api/suggestions.type";

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
