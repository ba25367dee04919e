// What the registry adds to the graph.
import type { Room } from "../database/declare/catalogue";
import { applicationCall } from "./application-call.record";
import { application, applicationRelations } from "./application.record";
import { applicationVerbs, applicationWrites } from "./application.verbs";
import { city, countryCities, memberOn, reportDueWithin } from "./city.record";
import { CityFields } from "./city.type";
import { country } from "./country.record";
import { creativeField } from "./creative-field.record";
import { designationRound } from "./designation-round.record";
import { designation, designationRelations } from "./designation.record";
import { designationVerbs } from "./designation.verbs";
import { goal } from "./goal.record";
import { meeting, meetingRelations } from "./meeting.record";
import { dueWithin, monitoringReport, reportRelations } from "./monitoring-report.record";
import { plannedActionWrites, reportVerbs, reportWrites } from "./monitoring-report.verbs";
import { plannedAction, plannedActionRelations } from "./planned-action.record";

export const registry: Room = {
  records: [
    country,
    creativeField,
    city,
    designationRound,
    applicationCall,
    designation,
    application,
    monitoringReport,
    goal,
    plannedAction,
    meeting,
  ],
  relations: [
    countryCities,
    ...designationRelations,
    ...applicationRelations,
    ...reportRelations,
    ...plannedActionRelations,
    ...meetingRelations,
  ],
  conditions: [memberOn, reportDueWithin, dueWithin],
  rules: [applicationWrites, reportWrites, plannedActionWrites],
  verbs: [...applicationVerbs, ...designationVerbs, ...reportVerbs],
  resolvers: [CityFields],
};
