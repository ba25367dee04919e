// What projects add to the graph.
import type { Room } from "../database/declare/catalogue";
import { participationRelations, projectParticipation } from "./project-participation.record";
import { project, projectRelations } from "./project.record";
import { ProjectFields } from "./project.type";

export const projects: Room = {
  records: [project, projectParticipation],
  relations: [...projectRelations, ...participationRelations],
  resolvers: [ProjectFields],
};
