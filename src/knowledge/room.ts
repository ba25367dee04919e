// What the knowledge of the cities adds to the graph.
import type { Room } from "../database/declare/catalogue";
import { collectionRelations, practiceCollection } from "./practice-collection.record";
import { practice, practiceRelations } from "./practice.record";

export const knowledge: Room = {
  records: [practiceCollection, practice],
  relations: [...collectionRelations, ...practiceRelations],
};
