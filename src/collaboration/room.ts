// What collaboration adds to the graph: no records of its own, but what follows from those of the rooms before.
import type { Room } from "../database/declare/catalogue";
import { addCentrality } from "./centrality.type";
import { addCollaborators } from "./collaborators.type";
import { addGraphs } from "./graph.type";
import { addPaths } from "./paths.type";
import { addSuggestionModel } from "./suggestions/suggestion-model.type";
import { addSuggestions } from "./suggestions/suggestions.type";

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
