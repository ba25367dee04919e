// What the registry adds to the graph.
import type { Room } from "../database/declare/catalogue";
import { applicationCall } from "./application-call.record";
import { application, applicationRelations } from "./application.record";
import { applicationCommands, applicationWrites } from "./application.commands";
import { city, countryCities, memberOn, reportDueWithin } from "./city.record";
import { CityFields } from "./city.type";
import { country } from "./country.record";
import { creativeField } from "./creative-field.record";
import { designationRound } from "./designation-round.record";
import { designation, designationRelations } from "./designation.record";
import { designationCommands } from "./designation.commands";
import { goal } from "./goal.record";
import { meeting, meetingRelations } from "./meeting.record";
import { dueWithin, monitoringReport, reportRelations } from "./monitoring-report.record";
import { plannedActionWrites, reportCommands, reportWrites } from "./monitoring-report.commands";
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
  commands: [...applicationCommands, ...designationCommands, ...reportCommands],
  resolvers: [CityFields],
};
