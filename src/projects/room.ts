// What projects add to the graph.
import type { Room } from "../database/declare/catalogue";
import { opportunityResponse, responseRelations } from "./opportunity-response.record";
import { opportunity, opportunityRelations } from "./opportunity.record";
import { participationRelations, projectParticipation } from "./project-participation.record";
import { project, projectRelations } from "./project.record";
import { ProjectFields } from "./project.type";

export const projects: Room = {
  records: [opportunity, opportunityResponse, project, projectParticipation],
  relations: [...opportunityRelations, ...responseRelations, ...projectRelations, ...participationRelations],
  resolvers: [ProjectFields],
};
