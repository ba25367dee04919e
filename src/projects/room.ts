// What projects add to the graph.
import type { Room } from "../database/declare/catalogue";
import { opportunityResponse, responseRelations } from "./opportunity-response.record";
import { responseCommands, responseWrites } from "./opportunity-response.commands";
import { opportunity, opportunityRelations } from "./opportunity.record";
import { opportunityCommands, opportunityWrites } from "./opportunity.commands";
import { participationRelations, projectParticipation } from "./project-participation.record";
import { participationCommands, participationWrites } from "./project-participation.commands";
import { project, projectRelations } from "./project.record";
import { projectCommands, projectWrites } from "./project.commands";
import { ProjectFields } from "./project.type";

export const projects: Room = {
  records: [opportunity, opportunityResponse, project, projectParticipation],
  relations: [...opportunityRelations, ...responseRelations, ...projectRelations, ...participationRelations],
  rules: [opportunityWrites, responseWrites, projectWrites, participationWrites],
  commands: [...opportunityCommands, ...responseCommands, ...projectCommands, ...participationCommands],
  resolvers: [ProjectFields],
};
