// What projects add to the graph.
import type { Room } from "../database/declare/catalogue";
import { opportunityResponse, responseRelations } from "./opportunity-response.record";
import { responseVerbs, responseWrites } from "./opportunity-response.verbs";
import { opportunity, opportunityRelations } from "./opportunity.record";
import { opportunityVerbs, opportunityWrites } from "./opportunity.verbs";
import { participationRelations, projectParticipation } from "./project-participation.record";
import { participationVerbs, participationWrites } from "./project-participation.verbs";
import { project, projectRelations } from "./project.record";
import { projectVerbs, projectWrites } from "./project.verbs";
import { ProjectFields } from "./project.type";

export const projects: Room = {
  records: [opportunity, opportunityResponse, project, projectParticipation],
  relations: [...opportunityRelations, ...responseRelations, ...projectRelations, ...participationRelations],
  rules: [opportunityWrites, responseWrites, projectWrites, participationWrites],
  verbs: [...opportunityVerbs, ...responseVerbs, ...projectVerbs, ...participationVerbs],
  resolvers: [ProjectFields],
};
