// What the knowledge of the cities adds to the graph.
import type { Room } from "../database/declare/catalogue";
import { expertMission, missionRelations } from "./expert-mission.record";
import { missionVerbs, missionWrites } from "./expert-mission.verbs";
import { expert, expertRelations } from "./expert.record";
import { collectionRelations, practiceCollection } from "./practice-collection.record";
import { practice, practiceRelations } from "./practice.record";
import { practiceVerbs, practiceWrites } from "./practice.verbs";
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
  verbs: [...practiceVerbs, ...missionVerbs],
};
