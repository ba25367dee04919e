// What the knowledge of the cities adds to the graph.
import type { Room } from "../database/declare/catalogue";
import { expertMission, missionRelations } from "./expert-mission.record";
import { missionCommands, missionWrites } from "./expert-mission.commands";
import { expert, expertRelations } from "./expert.record";
import { collectionRelations, practiceCollection } from "./practice-collection.record";
import { practice, practiceRelations } from "./practice.record";
import { practiceCommands, practiceWrites } from "./practice.commands";
import { publicationContribution, publicationRelations } from "./publication-contribution.record";
import { publication } from "./publication.record";

export const knowledge: Room = {
  records: [practiceCollection, practice, expert, expertMission, publication, publicationContribution],
  relations: [
    ...collectionRelations,
    ...practiceRelations,
    ...expertRelations,
    ...missionRelations,
    ...publicationRelations,
  ],
  rules: [practiceWrites, missionWrites],
  commands: [...practiceCommands, ...missionCommands],
};
