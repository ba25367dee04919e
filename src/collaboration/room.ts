// What collaboration adds to the graph: no records of its own, but what follows from those of the rooms before.
import type { Room } from "../database/declare/catalogue";
import { addCentrality } from "./api/centrality.type";
import { addCollaborators } from "./api/collaborators.type";
import { addGraphs } from "./api/graph.type";
import { addPaths } from "./api/paths.type";
import { addSuggestionModel } from "./api/suggestion-model.type";
import { addSuggestions } from "./api/suggestions.type";

export const collaboration: Room = {
  records: [],
  relations: [],
  roots: () => {
    addCollaborators();
    addPaths();
    addGraphs();
    addCentrality();
    addSuggestions();
    addSuggestionModel();
  },
};
