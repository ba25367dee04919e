// What the registry adds to the graph.
import type { Room } from "../database/declare/catalogue";
import { goal } from "./goal.record";
import { meeting, meetingRelations } from "./meeting.record";
import { city, countryCities, memberOn } from "./city.record";
import { CityFields } from "./city.type";
import { country } from "./country.record";
import { creativeField } from "./creative-field.record";
import { designationRound } from "./designation-round.record";
import { designation, designationRelations } from "./designation.record";

export const registry: Room = {
  records: [country, creativeField, city, designationRound, designation, goal, meeting],
  relations: [countryCities, ...designationRelations, ...meetingRelations],
  conditions: [memberOn],
  resolvers: [CityFields],
};
